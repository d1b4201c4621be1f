"""Texts as pairs of neighbouring signs, the way Chinese is searched here.

`flat` and `pairs` must say what the database's `search_flat` and `search_bigrams` say: a test holds them together.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from fengqiao.kit import codes

# Digits, Latin and every block of Han, with 〇 and the few compatibility signs that stay what they are.
NOT_A_SIGN = re.compile("[^0-9a-z\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
STEADY = re.compile("[0-9\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002a6df]+")
DASHES = re.compile("[-\u2010-\u2015\u2212]")
MOST_WORDS = 8
MOST_PAIRS = 40  # of one word: more would not narrow further, and the text itself is compared anyway


def flat(text: str) -> str:
    """Bring a text into the one form that is compared: full-width signs narrow, Latin letters small."""
    return unicodedata.normalize("NFKC", text).translate(ASCII_LOWER)


def pairs(text: str) -> list[str]:
    """List the pairs of neighbouring signs in a text, each once, in the order they come."""
    runs = NOT_A_SIGN.split(flat(text))
    return list(dict.fromkeys(run[at : at + 2] for run in runs for at in range(len(run) - 1)))


def as_query(asked: Sequence[str]) -> str:
    """Write pairs as a tsquery that asks for all of them; empty where there are none.

    Pairs hold letters, digits and Han only, so there is nothing in them to escape.
    """
    return " & ".join(f"'{pair}'" for pair in asked[:MOST_PAIRS])


def as_pattern(word: str) -> str:
    """Write a word as a LIKE pattern that finds it anywhere."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", flat(word)) + "%"


def is_pair(word: str) -> bool:
    """Test if a word is one pair, so that a text has it exactly if it has the pair."""
    return pairs(word) == [word]


def is_steady(word: str) -> bool:
    """Test if a word is of signs that no neighbour changes: wherever a text has it as it stands, it is found."""
    return STEADY.fullmatch(word) is not None


@lru_cache(100)  # each row of a list asks for those that its page was asked for
def words_of(typed: str) -> tuple[tuple[str, ...], ...]:
    """Split what was typed into the words that must all be found, each with its spellings.

    A code is one word however it was typed; a number is also looked for without its dashes.
    """
    code = codes.tidy(typed)
    if codes.misread(code) is None:
        return ((code.lower(),),)
    return tuple(_spellings(word) for word in flat(typed).split()[:MOST_WORDS])


def _spellings(word: str) -> tuple[str, ...]:
    bare = DASHES.sub("", word)
    return (word, bare) if bare != word and bare.isascii() and bare.isalnum() else (word,)
