"""The matter a resident says theirs is the same as, as it travels in a page: sealed, so that no number is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from fengqiao.intake.hints import Hint

SALT = "resident.same"


@dataclass(frozen=True, slots=True)
class Shown:
    """A hint with the sealed answer that chooses it."""

    hint: Hint
    answer: str


def shown(hints: Iterable[Hint]) -> list[Shown]:
    """Seal the answer of each hint."""
    return [Shown(hint, signing.dumps(str(hint.case), salt=SALT)) for hint in hints]


def chosen(answer: str) -> UUID | None:
    """Open a sealed answer; anything else chooses nothing."""
    try:
        return UUID(signing.loads(answer, salt=SALT))
    except (signing.BadSignature, ValueError):
        return None
