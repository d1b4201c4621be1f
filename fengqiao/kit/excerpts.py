"""The place in a text where searched words stand, and which of its signs are theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from fengqiao.kit.bigrams import flat

BEFORE = 16  # signs shown before the first word found
Words = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that was searched for, or one that was not."""

    text: str
    is_found: bool


def count_found(text: str, words: Words) -> int:
    """Count the words that stand in a text in some spelling."""
    whole = flat(text)
    return sum(any(spelling in whole for spelling in spellings) for spellings in words)


def marked(text: str, words: Words) -> list[Piece]:
    """Cut a text where searched words begin and end; put together, the pieces are the text."""
    found = _found_signs(text, words)
    pieces: list[Piece] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or found[at] != found[start]:
            pieces.append(Piece(text[start:at], found[start]))
            start = at
    return pieces


def excerpt(text: str, words: Words, length: int) -> list[Piece]:
    """Give the stretch of a text around the first word found in it, marked; what was left out shows as “…”."""
    found = _found_signs(text, words)
    first = found.index(True) if True in found else 0
    start = max(0, min(first - BEFORE, len(text) - length))
    pieces = marked(text[start : start + length], words)
    before = [Piece("…", False)] if start else []
    return [*before, *pieces, *([Piece("…", False)] if start + length < len(text) else [])]


def _found_signs(text: str, words: Words) -> list[bool]:
    """Say of each sign of a text whether it belongs to a word; one sign may become several when it is made flat."""
    whole, came_from = "", list[int]()
    for at, sign in enumerate(text):
        narrow = _flat_sign(sign)
        whole += narrow
        came_from += [at] * len(narrow)
    found = [False] * len(text)
    for spelling in (spelling for spellings in words for spelling in spellings):
        at = whole.find(spelling)
        while at >= 0:
            for place in came_from[at : at + len(spelling)]:
                found[place] = True
            at = whole.find(spelling, at + 1)
    return found


_flat_sign = lru_cache(10_000)(flat)  # each sign of each text that is shown
