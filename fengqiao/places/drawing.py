"""A small drawing of outlines: plain paths for an inline picture, north up, no map behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, radians

from shapely import from_wkb
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from fengqiao.places.models import Boundary, Region

WIDTH = 480.0
MARGIN = 6.0


@dataclass(frozen=True, slots=True)
class Outline:
    """One outline as a path, and whose it is."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture's size, the outline of a place, and those of what lies in it."""

    width: int
    height: int
    whole: Outline
    parts: tuple[Outline, ...]
    source: str


def draw(whole: Boundary, parts: Iterable[Boundary]) -> Drawing:
    """Draw a boundary with the ones inside it."""
    narrow = cos(radians((whole.south + whole.north) / 2))  # a degree of longitude is that much of one of latitude
    scale = WIDTH / max((whole.east - whole.west) * narrow, whole.north - whole.south)

    def place(point: Sequence[float]) -> str:
        x = (point[0] - whole.west) * narrow * scale + MARGIN
        y = (whole.north - point[1]) * scale + MARGIN
        return f"{x:.1f} {y:.1f}"

    def outline(one: Boundary) -> Outline:
        rings = [ring for polygon in polygons_of(shape_of(one)) for ring in (polygon.exterior, *polygon.interiors)]
        return Outline(
            str(one.region), "".join(f"M{'L'.join(place(point) for point in ring.coords)}Z" for ring in rings)
        )

    return Drawing(
        width=round((whole.east - whole.west) * narrow * scale + 2 * MARGIN),
        height=round((whole.north - whole.south) * scale + 2 * MARGIN),
        whole=outline(whole),
        parts=tuple(outline(one) for one in parts),
        source=whole.source,
    )


def drawing_of(region: Region, on: date) -> Drawing | None:
    """Draw a place as it stands on a day, if its boundary is known."""
    drawn = Boundary.objects.current(on).filter(county=region.county).select_related("region")
    whole = drawn.filter(region=region).first()
    return draw(whole, drawn.filter(region__parent=region).order_by("region__sort_key")) if whole else None


def shape_of(boundary: Boundary) -> BaseGeometry:
    """Read the shape of a boundary."""
    return from_wkb(bytes(boundary.shape))


def polygons_of(shape: BaseGeometry) -> list[Polygon]:
    """List the polygons of a shape."""
    if isinstance(shape, MultiPolygon):
        return list(shape.geoms)
    return [shape] if isinstance(shape, Polygon) else []
