"""Who is who at a table: nobody sits on two sides of it, and whoever mediates sits on none.

Two names are one person if they are written alike and their phones do not differ: a namesake is told apart by the
phone. Identity numbers are compared where they are entered.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Dossier, Mediator, Party

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MEDIATES = 0  # in place of a side

_STANDS = _("%(party)s stands on the other side already.")
_ACTS = _("%(party)s acts for the other side already.")
_MEDIATES = _("%(party)s mediates this dispute: first somebody else does. A namesake is told apart by the phone.")


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody at the table: how they are called and reached, on which side, and what is said if they come again."""

    name: str
    phone: str
    side: int
    row: UUID | None = None
    said: "StrPromise | str" = ""


def must_sit_on_one_side(dossier: Dossier, coming: Face) -> None:
    """Refuse whoever sits on another side already, as party, as agent or guardian, or as mediator."""
    for other in at_the_table(dossier):
        if other.row != coming.row and other.side != coming.side and _is_same(other, coming):
            raise Refused(str(other.said) % {"party": coming.name})


def is_at_the_table(dossier: Dossier, mediator: Mediator) -> bool:
    """Test if a mediator is a party of this dispute, or acts for one."""
    return is_among(list(at_the_table(dossier)), mediator)


def is_among(faces: Iterable[Face], mediator: Mediator) -> bool:
    """Test if a mediator is one of those who sit on a side."""
    face = Face(mediator.name, mediator.phone, MEDIATES, mediator.pk)
    return any(_is_same(other, face) for other in faces if other.side != MEDIATES)


def same_person(one: Party, other: Party) -> bool:
    """Test if two rows are one party, of one dispute that was filed twice."""
    faces = [Face(party.name, party.phone, party.side) for party in (one, other)]
    return _is_same(*faces)


def at_the_table(dossier: Dossier) -> Iterator[Face]:
    """Go through the parties that have not left, those who act for them, and whoever mediates."""
    yield from faces_of(dossier.parties.filter(left_at__isnull=True).prefetch_related("agents"))
    if (mediator := dossier.mediator) is not None:
        yield Face(mediator.name, mediator.phone, MEDIATES, mediator.pk, _MEDIATES)


def faces_of(parties: Iterable[Party]) -> Iterator[Face]:
    """Go through parties and those who act for them."""
    for party in parties:
        yield Face(party.name, party.phone, party.side, party.pk, _STANDS)
        for agent in party.agents.all():
            yield Face(agent.name, agent.phone, party.side, agent.pk, _ACTS)


def _is_same(one: Face, other: Face) -> bool:
    """Test if two are one person, however the name and the phone are written."""
    phones = _digits(one.phone), _digits(other.phone)
    return _plain(one.name) == _plain(other.name) and (not all(phones) or phones[0] == phones[1])


def _plain(name: str) -> str:
    """Write a name as it is compared: without spaces and dots, full and half width alike."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", name).casefold() if sign.isalnum())


def _digits(phone: str) -> str:
    """Write a phone as it is compared: its last eleven digits, so that +86 and dashes make no difference."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", phone) if sign.isdigit())[-11:]
