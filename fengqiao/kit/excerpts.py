"""The place in a text where searched words stand, and which of its signs are theirs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fengqiao.kit.bigrams import flat, is_steady

BEFORE = 16  # signs shown before the first word found
SIGNS_KEPT = 10_000
Words = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that was searched for, or one that was not."""

    text: str
    is_found: bool


def count_found(text: str, words: Words) -> int:
    """Count the words that stand in a text in some spelling."""
    missing = [spellings for spellings in words if not any(each in text and is_steady(each) for each in spellings)]
    whole = flat(text) if missing else ""
    return len(words) - sum(not any(spelling in whole for spelling in spellings) for spellings in missing)


def marked(text: str, words: Words) -> list[Piece]:
    """Cut a text where searched words begin and end; put together, the pieces are the text."""
    pieces, at = list[Piece](), 0
    for start, end in _found_in(text, words):
        if start > at:
            pieces.append(Piece(text[at:start], False))
        pieces.append(Piece(text[start:end], True))
        at = end
    return [*pieces, Piece(text[at:], False)] if at < len(text) else pieces


def excerpt(text: str, words: Words, length: int) -> list[Piece]:
    """Give the stretch of a text around the first word found in it, marked; what was left out shows as “…”."""
    found = _found_in(text, words)
    first = found[0][0] if found else 0
    start = max(0, min(first - BEFORE, len(text) - length))
    pieces = marked(text[start : start + length], words)
    before = [Piece("…", False)] if start else []
    return [*before, *pieces, *([Piece("…", False)] if start + length < len(text) else [])]


def _found_in(text: str, words: Words) -> list[tuple[int, int]]:
    """Say from where to where words stand in a text, in order; those that touch each other as one stretch."""
    whole = text.translate(_FLAT)
    came_from = range(len(text)) if _FLAT.uneven.isdisjoint(text) else _came_from(text)
    stretches = list[tuple[int, int]]()
    for start, end in sorted(_places(whole, words)):
        begins, ends = came_from[start], came_from[end - 1] + 1
        if stretches and begins <= stretches[-1][1]:
            stretches[-1] = stretches[-1][0], max(ends, stretches[-1][1])
        else:
            stretches.append((begins, ends))
    return stretches


def _places(whole: str, words: Words) -> Iterator[tuple[int, int]]:
    for spelling in (spelling for spellings in words for spelling in spellings):
        at = whole.find(spelling)
        while at >= 0:
            yield at, at + len(spelling)
            at = whole.find(spelling, at + 1)


def _came_from(text: str) -> list[int]:
    """Tell for each sign of a text made flat from which of its own signs it came: one may become several, or none."""
    return [at for at, sign in enumerate(text) for _narrow in _FLAT[ord(sign)]]


class _Flat(dict[int, str]):
    """Each sign in the form that is compared, found out once; and which signs become several, or none."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, sign: int) -> str:
        narrow = flat(chr(sign))
        if len(narrow) != 1:
            self.uneven.add(chr(sign))
        if len(self) < SIGNS_KEPT:
            self[sign] = narrow
        return narrow


_FLAT = _Flat()
