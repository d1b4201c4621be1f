"""Texts made fit to stand in a page, which most are as they came."""

from html import escape


def escaped(text: str) -> str:
    """Escape a text as `html.escape` does, which goes through it five times also where nothing is to be escaped."""
    if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
        return escape(text)
    return text
