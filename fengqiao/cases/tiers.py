"""Where a case can go from here: the centre above a unit, one that is no party, the other counties of this platform."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from fengqiao.cases.models import Case
from fengqiao.people.models import Post, Role, Unit
from fengqiao.people.scope import UnitQuerySet
from fengqiao.places.models import County


def centre_above(unit: Unit, at: datetime) -> Unit | None:
    """Find the nearest centre above the seat of a unit that has a dispatcher; none where this platform ends."""
    above = _dispatching(at).filter(region__path__in=paths_above(unit.region.path))
    return above.order_by("-region__path", "code").first()


def centre_outside(case: Case, parties: set[UUID | None], at: datetime) -> Unit | None:
    """Find the case's centre, or the nearest one above it that is no party; none where this platform ends."""
    if case.centre_id not in parties:
        return case.centre
    here = case.centre.region.path
    above = Unit.objects.current(localdate(at)).filter(
        kind=Unit.Kind.CENTRE, region__path__in=[*paths_above(here), here]
    )
    outside = above.exclude(pk__in=[party for party in parties if party])
    return outside.order_by("-region__path").first()


def centre_of(county: County, at: datetime) -> Unit | None:
    """Find the centre of a county itself, if it takes cases here: if it has a dispatcher."""
    return _dispatching(at).filter(county=county.code, region=county.region_id).order_by("code").first()


def other_counties(county: str, at: datetime) -> QuerySet[County]:
    """List the other counties that take cases on this platform."""
    own = _dispatching(at).filter(county=OuterRef("code"), region=OuterRef("region"))
    return County.objects.exclude(code=county).filter(Exists(own)).select_related("region").order_by("code")


def _dispatching(at: datetime) -> UnitQuerySet[Unit]:
    """Find the open centres that have a dispatcher."""
    today = localdate(at)
    dispatchers = Post.objects.held_on(today).filter(role=Role.DISPATCHER)
    return Unit.objects.current(today).filter(kind=Unit.Kind.CENTRE, pk__in=dispatchers.values("unit"))


def paths_above(path: str) -> list[str]:
    """List the paths above one, from the top."""
    codes = path.split(".")
    return [".".join(codes[:depth]) for depth in range(1, len(codes))]
