"""A file of boundaries, read feature by feature: what is no outline is listed with its number and what to do."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from shapely import GEOSException, force_2d, transform
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from fengqiao.places.coordinates import is_in_the_country, to_wgs84
from fengqiao.playbooks.redrawing.grid_sheet import Fault

MOST_FEATURES = 5_000
CLOSE_ENOUGH = 0.00002  # about two metres: finer than any boundary is surveyed


class Feature(NamedTuple):
    """One outline as the file gives it, turned into WGS-84."""

    line: int
    code: str
    outline: BaseGeometry


@dataclass(frozen=True, slots=True)
class Collection:
    """What could be read, and what could not."""

    features: tuple[Feature, ...]
    faults: tuple[Fault, ...]


def read(text: str, system: str) -> Collection:
    """Read a collection of features."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return _unread(_("This is not GeoJSON."))
    listed = content.get("features") if isinstance(content, dict) else None
    if not isinstance(listed, list) or content.get("type") != "FeatureCollection":
        return _unread(_("This is not a FeatureCollection."))
    if len(listed) > MOST_FEATURES:
        return _unread(_("There are more than %(most)d outlines.") % {"most": MOST_FEATURES})
    features: list[Feature] = []
    faults: list[Fault] = []
    seen: set[str] = set()
    for number, one in enumerate(listed, 1):
        read_one = _feature(number, one, system, seen)
        if isinstance(read_one, Feature):
            features.append(read_one)
        else:
            faults.append(read_one)
    return Collection(tuple(features), tuple(faults))


def _unread(what: str) -> Collection:
    remedy = _("Export it from the map program as GeoJSON, one FeatureCollection.")
    return Collection((), (Fault(0, "", what, remedy),))


def _feature(number: int, one: Any, system: str, seen: set[str]) -> Feature | Fault:
    """Read one feature, or say what is wrong with it."""
    said = one.get("properties") if isinstance(one, dict) else None
    code = str(said.get("code", "")).strip() if isinstance(said, dict) else ""
    if not code:
        return Fault(number, "code", _("The property “code” is missing."), _("Give each outline its place's code."))
    if code in seen:
        what = _("“%(code)s” stands there twice.") % {"code": code}
        return Fault(number, "code", what, _("Join the parts to one MultiPolygon."))
    seen.add(code)
    outline = _outline(one.get("geometry"))
    if outline is None:
        return Fault(number, "geometry", _("This is no polygon."), _("Draw a closed area, not a line or a point."))
    if not all(is_in_the_country(point) for point in _points(outline)):
        what = _("Its numbers lie outside the country.")
        return Fault(number, "geometry", what, _("Longitude comes first, then latitude, in degrees."))
    if not outline.is_valid:
        what = _("The outline crosses itself: %(where)s.") % {"where": explain_validity(outline)}
        return Fault(number, "geometry", what, _("Mend it in the map program, then export again."))
    turned = transform(outline, partial(_turned, system=system))
    return Feature(number, code, turned.simplify(CLOSE_ENOUGH, preserve_topology=True))


def _turned(points: Any, system: str) -> Any:
    """Turn an array of points into WGS-84, in its place."""
    for point in points:
        point[:] = to_wgs84((point[0], point[1]), system)
    return points


def _outline(geometry: Any) -> Polygon | MultiPolygon | None:
    """Make a polygon or several of what stands there."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return None
    try:
        made = shape(geometry)
    except (GEOSException, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None
    flat = force_2d(made)
    return flat if isinstance(flat, (Polygon, MultiPolygon)) and not flat.is_empty else None


def _points(outline: BaseGeometry) -> Iterator[tuple[float, float]]:
    west, south, east, north = outline.bounds
    yield from ((west, south), (east, north))
