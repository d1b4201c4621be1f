"""What is left of a text when names, numbers and signs are taken out: texts that were filled in alike become equal."""

import re
import unicodedata

from fengqiao.kit.sealing import digest

NUMBERS = frozenset("零〇一二三四五六七八九十百千万亿两半几多余")
BETWEEN = re.compile(r"[\s、，,；;/·()（）]+|和|与|跟|同|及")


def bare(text: str, who: str = "") -> str:
    """Strip names, numbers and signs, so that only the words are left; “张家” and “张某” go with 张福来."""
    flat = unicodedata.normalize("NFKC", text).lower()
    for name in names_in(who):
        for form in (name, *(f"{name[0]}{kin}" for kin in "家某姓")):
            flat = flat.replace(form, "")
    return "".join(sign for sign in flat if sign.isalpha() and sign not in NUMBERS)


def names_in(who: str) -> list[str]:
    """Read the names out of the line that says between whom it was, the longest first."""
    return sorted({name for name in BETWEEN.split(unicodedata.normalize("NFKC", who).lower()) if name}, key=len)[::-1]


def digest_of(who: str, what: str, settled: str) -> str:
    """Compute the digest under which records with the same words meet."""
    return digest(f"{bare(what, who)}|{bare(settled, who)}")


def pairs_of(who: str, what: str, settled: str) -> frozenset[str]:
    """Collect the pairs of neighbouring signs of a record's words."""
    words = bare(what, who) + bare(settled, who)
    return frozenset(words[place : place + 2] for place in range(len(words) - 1))


def overlap(one: frozenset[str], other: frozenset[str]) -> int:
    """Say how much two texts have in common, in per cent of what stands in either."""
    either = len(one | other)
    return 100 * len(one & other) // either if either else 0
