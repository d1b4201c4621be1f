"""A unit is no more: what is in its hands goes to the unit that takes over. Nothing else about a case changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases.models import RUNNING, Assist, Case, CaseClock
from fengqiao.cases.transitions import repointing
from fengqiao.cases.workflow import OPEN
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Machine
from fengqiao.people.models import Unit, User
from fengqiao.people.transitions import units

LIVING = Q(status__in=OPEN) | Q(Exists(CaseClock.objects.filter(RUNNING, case=OuterRef("pk"))))


@dataclass(frozen=True, slots=True)
class InHand:
    """How many cases a unit leads, assists with, and sends on as their centre; no more is said of them."""

    led: int
    assisted: int
    as_centre: int

    @property
    def total(self) -> int:
        """All of them; a case may be counted in two ways."""
        return self.led + self.assisted + self.as_centre


def in_hand(unit: Unit) -> InHand:
    """Count what is in a unit's hands."""
    return InHand(*(Case.objects.filter(held).count() for held in _held(unit)))


@transaction.atomic
def close_unit(unit: Unit, *, on: date, successor: Unit | None, by: User, at: datetime) -> Unit:
    """Close a unit from a day on; its cases wait for a successor, so one with cases needs one."""
    unit = units.close(unit, on=on, successor=successor, by=by, at=at)
    if successor is None and (count := in_hand(unit).total):
        words = _("%(count)s open cases are in its hands: name the unit that takes over.")
        raise Refused(words % {"count": count})
    if successor is not None and _everything(unit).filter(complained_unit=successor).exists():
        raise Refused(_("%(unit)s cannot take over one of the cases; choose another successor.") % {"unit": successor})
    return unit


def waiting_for_heir(at: datetime) -> Iterator[tuple[Case, Unit]]:
    """Walk the cases still in the hands of a unit that is closed and has a successor."""
    closed = Unit.objects.filter(valid_to__lte=localdate(at), successor__isnull=False).select_related("successor")
    for unit in closed.order_by("valid_to", "code"):
        for case in _everything(unit).order_by("opened_at"):
            yield case, unit


def pass_on(case: Case, gone: Unit, *, at: datetime) -> Case:
    """Put the successor in the place of a closed unit; the centre, where the successor is complained of."""
    heir = _heir(gone, at)
    to = case.centre if heir.pk == case.complained_unit_id else heir
    return repointing.to_unit(case, was=gone, to=to, by=Machine(repointing.UNIT_FOLLOWS), at=at)


def _held(unit: Unit) -> tuple[Q, Q, Q]:
    """Say what it means that a case is in a unit's hands: as lead, as assistant, as centre."""
    asked = Exists(Assist.objects.filter(case=OuterRef("pk"), round=OuterRef("round"), unit=unit))
    living = Q(status__in=OPEN)
    return living & Q(lead=unit), living & Q(asked), LIVING & Q(centre=unit)


def _everything(unit: Unit) -> QuerySet[Case]:
    led, assisted, as_centre = _held(unit)
    return Case.objects.filter(led | assisted | as_centre)


def _heir(gone: Unit, at: datetime) -> Unit:
    """Follow the successors to one that is open today."""
    heir, seen = gone.successor, {gone.pk}
    while heir is not None and not heir.is_open_on(localdate(at)) and heir.pk not in seen:
        seen.add(heir.pk)
        heir = heir.successor
    if heir is None or not heir.is_open_on(localdate(at)):
        raise Refused(_("%(unit)s is closed and no open unit takes over.") % {"unit": gone})
    return heir
