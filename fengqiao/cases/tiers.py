"""Which centre stands above a unit, and who stands above whom."""

from datetime import datetime

from django.utils.timezone import localdate

from fengqiao.people.models import Post, Role, Unit


def centre_above(unit: Unit, at: datetime) -> Unit | None:
    """Find the nearest centre above the seat of a unit that has a dispatcher; none where this platform ends."""
    today = localdate(at)
    dispatchers = Post.objects.held_on(today).filter(role=Role.DISPATCHER)
    above = Unit.objects.current(today).filter(kind=Unit.Kind.CENTRE, region__path__in=paths_above(unit.region.path))
    return above.filter(pk__in=dispatchers.values("unit")).order_by("-region__path", "code").first()


def paths_above(path: str) -> list[str]:
    """List the paths above one, from the top."""
    codes = path.split(".")
    return [".".join(codes[:depth]) for depth in range(1, len(codes))]
