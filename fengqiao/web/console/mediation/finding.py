"""A dossier as its pages need it, found within what this person may see."""

from uuid import UUID

from django.http import Http404
from django.utils.timezone import now

from fengqiao.mediation.models import Dossier
from fengqiao.people.models import User
from fengqiao.web.console.mediation.acts import THINGS

SHOWN_WITH = (
    "case__region__parent__parent", "case__category", "case__centre__region", "case__lead__region",
    "mediator", "opened_by", "ladder",
)  # fmt: skip


def dossier_of(user: User, number: str) -> Dossier | None:
    """Fetch the dossier of the case with this number, if this user sees the case and there is one."""
    seen = Dossier.objects.visible_to(user, now()).filter(case__number=number)
    return seen.select_related(*SHOWN_WITH).first()


def thing_of(dossier: Dossier, kind: str, on: str) -> object:
    """Fetch the party or other thing of a dossier that an act is about; none when it is about the dossier itself."""
    if not kind:
        return None
    try:
        found = THINGS[kind](dossier).filter(pk=UUID(on)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found
