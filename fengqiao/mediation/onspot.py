"""Who records what was settled on the spot, for which committee; and who looks at records that raise a question."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from fengqiao.cases.scope import held_posts
from fengqiao.mediation.models import Membership
from fengqiao.mediation.vocabulary import CommitteeKind
from fengqiao.people.models import Post, Role, Unit, User
from fengqiao.places.models import Region
from fengqiao.places.models.region import Level

RECORDS = frozenset({Role.MEDIATOR, Role.GRID_WORKER})


@dataclass(frozen=True, slots=True)
class Desk:
    """A committee for which somebody records, and the area where."""

    unit: Unit
    area: Region


def desks_of(user: User, at: datetime) -> list[Desk]:
    """List for which committees somebody may record what was settled on the spot."""
    found = [_desk(post, at) for post in held_posts(user, at) if post.role in RECORDS]
    return [desk for desk in found if desk is not None]


def areas_reviewed_by(user: User, at: datetime) -> list[Region]:
    """List the areas whose records somebody looks at: a supervisor's, and the county of its committee's director."""
    posts = held_posts(user, at)
    areas = [post.region for post in posts if post.role == Role.SUPERVISOR]
    sits_in = [post.unit for post in posts if post.role == Role.MEDIATOR]
    return areas + [seat.committee.unit.region for seat in _directs(user, sits_in, at)]


def places_of(area: Region, at: datetime) -> QuerySet[Region]:
    """List the area itself and what lies directly below it: short enough for a thumb."""
    which = Q(pk=area.pk) | Q(parent=area.pk)
    return Region.objects.current(localdate(at)).filter(which).order_by("path")


def _desk(post: Post, at: datetime) -> Desk | None:
    if post.role == Role.MEDIATOR:
        return Desk(post.unit, post.region) if post.unit.kind == Unit.Kind.MEDIATION else None
    unit = _village_committee(post.region, at)
    return Desk(unit, post.region) if unit else None


def _village_committee(area: Region, at: datetime) -> Unit | None:
    """Find the mediation committee of the village an area lies in."""
    parts = area.path.split(".")
    above = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
    units = Unit.objects.current(localdate(at)).filter(kind=Unit.Kind.MEDIATION, committee__isnull=False)
    return units.filter(region__path__in=above, region__level=Level.VILLAGE).order_by("code").first()


def _directs(user: User, units: list[Unit], at: datetime) -> QuerySet[Membership]:
    """Find the seats as director of a county's committee that somebody holds on this day."""
    seats = Membership.objects.filter(mediator__user=user, seat=Membership.Seat.DIRECTOR, committee__unit__in=units)
    seats = seats.filter(committee__kind=CommitteeKind.COUNTY, starts_on__lte=localdate(at))
    return seats.exclude(ends_on__lte=localdate(at)).select_related("committee__unit__region")
