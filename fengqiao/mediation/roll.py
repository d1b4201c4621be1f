"""The registers as a roll on paper: committees and who sits in them, by township; nobody is ordered by count."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from fengqiao.mediation.models import Committee, Mediator, Membership
from fengqiao.mediation.registers_check import counted, warnings_of
from fengqiao.people.models import Unit
from fengqiao.places.models import Region
from fengqiao.places.models.region import Level
from fengqiao.places.scope import within

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

DEPTH = 4  # province, prefecture, county, township: so many parts of a path name a township
Seats = dict[UUID, list[Membership]]


@dataclass(frozen=True, slots=True)
class Line:
    """A committee with who sits in it today and what is to be done about it."""

    committee: Committee
    seats: list[Membership]
    warnings: "list[StrPromise | str]"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The committees of one township, or those of the county itself."""

    place: Region
    lines: list[Line]

    @property
    def people(self) -> int:
        """Count who sits in these committees, each person once."""
        return len({seat.mediator_id for line in self.lines for seat in line.seats})

    @property
    def warned(self) -> int:
        """Count the committees of which something is to be said."""
        return sum(bool(line.warnings) for line in self.lines)


def townships(root: Region) -> QuerySet[Region]:
    """List the townships of a county in the order of their codes."""
    return Region.objects.filter(within("path", root), level=Level.TOWNSHIP).order_by("sort_key", "path")


def roll(area: Region, root: Region, today: date) -> list[Sheet]:
    """Build the roll of a county or of one township: the county's own committees first, then township by township."""
    standing = Unit.objects.current(today).filter(within("region__path", area), committee__isnull=False)
    found = counted(Committee.objects.filter(unit__in=standing), today).select_related("unit__region__parent__parent")
    seats = _seats(today, found)
    lines: dict[str, list[Line]] = defaultdict(list)
    for each in found.order_by("unit__region__path", "unit__name"):
        line = Line(each, seats.get(each.pk, []), warnings_of(each, today))
        lines[".".join(each.unit.region.path.split(".")[:DEPTH])].append(line)
    return [Sheet(place, lines[place.path]) for place in (root, *townships(root)) if place.path in lines]


def without_seat(county: str, today: date) -> QuerySet[Mediator]:
    """List who serves and sits nowhere today."""
    held = Membership.objects.filter(_held(today), county=county).values("mediator")
    serving = Mediator.objects.filter(county=county, status=Mediator.Status.SERVING)
    return serving.exclude(pk__in=held).order_by("name", "pk")


def people_of(sheets: Iterable[Sheet]) -> int:
    """Count who stands on some sheets, each person once."""
    return len({seat.mediator_id for sheet in sheets for line in sheet.lines for seat in line.seats})


def _seats(today: date, committees: QuerySet[Committee]) -> Seats:
    """Fetch the seats held today, the director first, then by name."""
    found: Seats = defaultdict(list)
    held = Membership.objects.filter(_held(today), committee__in=committees.order_by().values("pk"))
    for seat in held.select_related("mediator").order_by("mediator__name", "pk"):
        found[seat.committee_id].append(seat)
    order = list(Membership.Seat)
    for rows in found.values():
        rows.sort(key=lambda seat: order.index(Membership.Seat(seat.seat)))
    return found


def _held(today: date) -> Q:
    return Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gt=today))
