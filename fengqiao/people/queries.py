"""Read models for pages: who serves a place, by unit and post; nobody is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fengqiao.people.models import Post, Role, Unit
from fengqiao.places.models import Region


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


def _grids(region: Region, on: date) -> tuple[Post, ...]:
    """List the grid workers' posts of a place, one for each area and unit."""
    posts = Post.objects.held_on(on).filter(role=Role.GRID_WORKER, region__in=_shown(region))
    found = posts.select_related("region", "unit").order_by("region__sort_key", "unit", "starts_on")
    return tuple({(post.region_id, post.unit_id): post for post in found}.values())


def _shown(region: Region) -> list[UUID]:
    """Name the regions whose grid workers belong on this place's page: itself and what lies directly below."""
    return [region.pk, *Region.objects.children(region).values_list("pk", flat=True)]
