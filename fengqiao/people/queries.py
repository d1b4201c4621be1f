"""Read models for pages: who serves a place, by unit and post; nobody is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from fengqiao.people.models import Post, Role, Unit
from fengqiao.places.models import Region

NEEDED = (Role.CLERK, Role.DISPATCHER, Role.HANDLER)  # who takes in, sends on, and does
LATELY = timedelta(days=30)  # how long it is offered to give the posts of a closed unit at its successor


@dataclass(frozen=True, slots=True)
class Service:
    """What serves a place: the units seated there, the nearest centre, the one to call, and the grids' posts."""

    units: tuple[Unit, ...]
    centre: Unit | None
    desk: Unit | None  # the nearest centre with a duty phone
    grid_posts: tuple[Post, ...]


def service_at(region: Region, above: Iterable[Region], on: date) -> Service:
    """Find what serves a place; the centre may be seated in the region above it, the units are its own.

    A post is shown by its role, area and unit. Who holds it is not fetched.
    """
    steps = [region, *reversed(list(above))]  # from the place itself upwards
    units = list(Unit.objects.current(on).filter(region__in=steps).order_by("kind", "code"))
    near = {one.pk: distance for distance, one in enumerate(steps)}
    centres = sorted((unit for unit in units if unit.kind == Unit.Kind.CENTRE), key=lambda unit: near[unit.region_id])
    own = tuple(unit for unit in units if unit.region_id == region.pk)
    desk = next((unit for unit in centres if unit.phone), None)
    return Service(own, next(iter(centres), None), desk, _grids(region, on))


@dataclass(frozen=True, slots=True)
class Left:
    """A closed unit with a successor, and how many of its posts were not given there."""

    unit: Unit
    posts: int


def unfilled(county: str, on: date) -> list[Role]:
    """List the roles without which nothing goes on, and that nobody in the county holds that day."""
    held = Post.objects.held_on(on).filter(county=county, user__is_active=True).values_list("role", flat=True)
    roles = set(held.distinct())  # a county has thousands of posts
    return [role for role in NEEDED if role not in roles]


def units_left(county: str, today: date) -> list[Left]:
    """List the units closed of late, or soon, whose posts ended with them and were not given at the successor."""
    closed = Unit.objects.filter(county=county, successor__isnull=False, valid_to__gte=today - LATELY)
    units = closed.select_related("successor").order_by("valid_to")
    found = [Left(unit, Post.objects.left_behind(unit).count()) for unit in units]
    return [left for left in found if left.posts]


def _grids(region: Region, on: date) -> tuple[Post, ...]:
    """List the grid workers' posts of a place, one for each area and unit."""
    posts = Post.objects.held_on(on).filter(role=Role.GRID_WORKER, region__in=_shown(region))
    found = posts.select_related("region", "unit").order_by("region__sort_key", "unit", "starts_on")
    return tuple({(post.region_id, post.unit_id): post for post in found}.values())


def _shown(region: Region) -> list[UUID]:
    """Name the regions whose grid workers belong on this place's page: itself and what lies directly below."""
    return [region.pk, *Region.objects.children(region).values_list("pk", flat=True)]
