"""What a form's token is masked with: drawn at one go, of the same quality as Django's (docs/adr/0080).

So it is put on and taken off: Django looks for each sign's place among all of them, some hundred times a page.
"""

import secrets
from typing import Any, cast

from django.middleware import csrf

SIGNS = csrf.CSRF_ALLOWED_CHARS.encode()
FAIR = 256 // len(SIGNS) * len(SIGNS)  # of the bytes below, each sign has as many
SIGN_OF = bytes(SIGNS[byte % len(SIGNS)] for byte in range(256))
UNFAIR = bytes(range(FAIR, 256))
PLACE = {sign: place for place, sign in enumerate(csrf.CSRF_ALLOWED_CHARS)}
TWICE = csrf.CSRF_ALLOWED_CHARS * 2  # the sum of two places is one of these, and so is their difference


def draw_at_one_go() -> None:
    """Let Django draw and mask its secrets so from now on: it goes sign by sign, which takes ten times as long."""
    djangos = cast(Any, csrf)
    djangos._get_new_csrf_string, djangos._mask_cipher_secret, djangos._unmask_cipher_token = drawn, masked, unmasked


def drawn() -> str:
    """Draw a text of random signs, each as likely as the others."""
    signs = b""
    while len(signs) < csrf.CSRF_SECRET_LENGTH:
        signs += secrets.token_bytes(csrf.CSRF_SECRET_LENGTH * 3 // 2).translate(SIGN_OF, UNFAIR)
    return signs[: csrf.CSRF_SECRET_LENGTH].decode()


def masked(secret: str) -> str:
    """Put a mask on a secret, as Django does."""
    mask = drawn()
    return mask + "".join([TWICE[PLACE[sign] + PLACE[over]] for sign, over in zip(secret, mask, strict=True)])


def unmasked(token: str) -> str:
    """Take the mask off again; whether these are signs was judged before."""
    mask, covered = token[: csrf.CSRF_SECRET_LENGTH], token[csrf.CSRF_SECRET_LENGTH :]
    return "".join([TWICE[PLACE[sign] - PLACE[over]] for sign, over in zip(covered, mask, strict=True)])
