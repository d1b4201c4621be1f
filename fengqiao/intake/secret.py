"""The six digits that open a report's words to the resident who brought it."""

import secrets
from datetime import timedelta

from django.conf import settings

from fengqiao.kit.sealing import keyed_digest

LENGTH = 6
TRIES = 5
PAUSE = timedelta(minutes=15)


def draw() -> str:
    """Draw a secret."""
    return "".join(secrets.choice("0123456789") for _ in range(LENGTH))


def digest(code: str, secret: str) -> str:
    """Compute what is stored of a secret: keyed, so that a stolen table does not give a million guesses away."""
    return keyed_digest(settings.SECRET_KEY, f"report secret {code} {secret}")
