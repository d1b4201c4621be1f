"""What a form's token is masked with: drawn at one go, of the same quality as Django's (docs/adr/0080)."""

import secrets
from typing import Any, cast

from django.middleware import csrf

SIGNS = csrf.CSRF_ALLOWED_CHARS.encode()
FAIR = 256 // len(SIGNS) * len(SIGNS)  # of the bytes below, each sign has as many
SIGN_OF = bytes(SIGNS[byte % len(SIGNS)] for byte in range(256))
UNFAIR = bytes(range(FAIR, 256))


def draw_at_one_go() -> None:
    """Let Django draw its secrets and masks so from now on: it draws sign by sign, which takes ten times as long."""
    cast(Any, csrf)._get_new_csrf_string = drawn


def drawn() -> str:
    """Draw a text of random signs, each as likely as the others."""
    signs = b""
    while len(signs) < csrf.CSRF_SECRET_LENGTH:
        signs += secrets.token_bytes(csrf.CSRF_SECRET_LENGTH * 3 // 2).translate(SIGN_OF, UNFAIR)
    return signs[: csrf.CSRF_SECRET_LENGTH].decode()
