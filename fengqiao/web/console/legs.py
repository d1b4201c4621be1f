"""The other leg of a matter that lies in two counties' books: named to everyone, linked for whoever sees it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from fengqiao.cases.models import Case
from fengqiao.cases.vocabulary import Outcome
from fengqiao.people.models import User


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg, in words; its address if this person sees it."""

    words: str
    href: str


def legs_of(case: Case, user: User, at: datetime) -> list[Leg]:
    """Say from where a case was handed on, and to where."""
    found = []
    if case.continues is not None:
        found.append(_leg(_("Handed on by %(centre)s, where it was %(number)s"), case.continues, user, at))
    if case.outcome == Outcome.NOT_OURS and (went := case.continued_by.select_related("centre").first()):
        found.append(_leg(_("Goes on at %(centre)s as %(number)s, under the same code"), went, user, at))
    return found


def _leg(said: str, other: Case, user: User, at: datetime) -> Leg:
    sees = Case.objects.visible_to(user, at).filter(pk=other.pk).exists()
    href = reverse("console:case", args=[other.number]) if sees else ""
    return Leg(said % {"centre": other.centre.name, "number": other.number}, href)
