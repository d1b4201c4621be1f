"""The code a resident holds: short enough to read over the phone, with a character that catches a slip."""

import secrets
import unicodedata
from dataclasses import dataclass

from stdnum import luhn

# Without 0 O 1 I L U: they are misread on paper and misheard on the phone. Thirty signs, an even number,
# because only then does the check character catch every exchange of two neighbours but one.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
BODY_LENGTH = 8
TAG_LENGTH = 2
FULL_LENGTH = TAG_LENGTH + BODY_LENGTH + 1


@dataclass(frozen=True, slots=True)
class Misread:
    """What is wrong with a typed code: `short`, `long`, `signs` (which ones) or `check`."""

    fault: str
    signs: str = ""


def new_code(tag: str) -> str:
    """Draw a code for the county with this two-letter tag; nothing in it follows an order."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(BODY_LENGTH))
    return tag + body + check_character(tag + body)


def check_character(text: str) -> str:
    """Compute the check character of tag and body (Luhn's algorithm modulo the alphabet's size)."""
    inside = "".join(sign if sign in ALPHABET else ALPHABET[ord(sign) % len(ALPHABET)] for sign in text)
    return str(luhn.calc_check_digit(inside, alphabet=ALPHABET))


def tidy(typed: str) -> str:
    """Reduce what was typed to the bare code; full-width signs, spaces, dashes and words around it are forgiven."""
    flat = unicodedata.normalize("NFKC", typed).upper()
    return "".join(sign for sign in flat if sign.isascii() and sign.isalnum())


def misread(code: str) -> Misread | None:
    """Say what is wrong with a tidied code, or nothing if it could have been given out."""
    strange = "".join(sign for sign in code[TAG_LENGTH:] if sign not in ALPHABET)
    if strange:
        return Misread("signs", strange)
    if len(code) != FULL_LENGTH:
        return Misread("short" if len(code) < FULL_LENGTH else "long")
    if check_character(code[:-1]) != code[-1]:
        return Misread("check")
    return None


def grouped(code: str) -> str:
    """Set a code in groups that can be read aloud: `ZY-7K3M-9QXR-C`."""
    return "-".join(part for part in (code[:2], code[2:6], code[6:10], code[10:]) if part)
