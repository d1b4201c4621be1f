"""The six digits that open a report's words to the resident who brought it."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings

from fengqiao.kit.sealing import keyed_digest

LENGTH = 6
TRIES = 5
PAUSE = timedelta(minutes=15)
SHOWN_AGAIN_FOR = timedelta(minutes=10)  # to whoever sends the same form once more


def draw() -> str:
    """Draw a secret."""
    return "".join(secrets.choice("0123456789") for _ in range(LENGTH))


def of_submission(submission: UUID) -> str:
    """Derive the secret of a form that was sent, so that an impatient second press gets the same receipt."""
    number = int(keyed_digest(settings.SECRET_KEY, f"submission {submission}"), 16)
    return f"{number % 10**LENGTH:0{LENGTH}}"


def digest(code: str, secret: str) -> str:
    """Compute what is stored of a secret: keyed, so that a stolen table does not give a million guesses away."""
    return keyed_digest(settings.SECRET_KEY, f"report secret {code} {secret}")
