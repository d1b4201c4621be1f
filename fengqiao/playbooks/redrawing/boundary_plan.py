"""What a file of boundaries would change: compared with the places, what they are part of, and one another."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from django.utils.translation import gettext as _
from shapely import to_wkb
from shapely.geometry.base import BaseGeometry

from fengqiao.places import transitions
from fengqiao.places.drawing import shape_of
from fengqiao.places.models import Boundary, Region
from fengqiao.places.transitions import Day
from fengqiao.playbooks.redrawing.boundary_sheet import Collection, Feature
from fengqiao.playbooks.redrawing.grid_sheet import Fault

OUTSIDE = OVERLAP = 0.02  # so much of an area may stick out or lie over a neighbour: surveys are not that exact


@dataclass(slots=True)
class BoundaryPlan:
    """Which outlines are new, which replace others, and how many are as they were."""

    new: list[tuple[Region, Feature]] = field(default_factory=list)
    replaced: list[tuple[Region, Feature]] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """Count what would change."""
        return len(self.new) + len(self.replaced)


@dataclass(frozen=True, slots=True)
class Atlas:
    """The places of a county by code, their outlines as they would be, and those there are now."""

    regions: dict[str, Region]
    outlines: dict[str, BaseGeometry]
    drawn: dict[str, Boundary]


def plan_boundaries(county: str, file: Collection, *, on: date) -> BoundaryPlan:
    """Compare a file with the places and boundaries of the county."""
    regions = {one.code: one for one in Region.objects.filter(county=county).select_related("parent")}
    drawn = {
        one.region.code: one for one in Boundary.objects.filter(county=county, valid_to=None).select_related("region")
    }
    outlines = {code: shape_of(one) for code, one in drawn.items()}
    outlines |= {one.code: one.outline for one in file.features if one.code in regions}
    atlas = Atlas(regions, outlines, drawn)
    made = BoundaryPlan(faults=list(file.faults))
    for feature in file.features:
        wrong = list(_faults(feature, atlas, on))
        made.faults += wrong
        if not wrong:
            _sort(feature, atlas, made)
    made.faults += _overlaps(file, atlas)
    made.faults.sort(key=lambda fault: fault.line)
    return made


def draw_boundaries(made: BoundaryPlan, source: str, day: Day) -> None:
    """Draw what is new, and replace what is drawn anew."""
    for region, feature in [*made.new, *made.replaced]:
        transitions.draw_boundary(region, to_wkb(feature.outline), feature.outline.bounds, source, day)


def _sort(feature: Feature, atlas: Atlas, made: BoundaryPlan) -> None:
    region, there = atlas.regions[feature.code], atlas.drawn.get(feature.code)
    if there is None:
        made.new.append((region, feature))
    elif bytes(there.shape) == to_wkb(feature.outline):
        made.unchanged += 1
    else:
        made.replaced.append((region, feature))


def _faults(feature: Feature, atlas: Atlas, on: date) -> Iterator[Fault]:
    """Say what in a feature does not go with the places there are."""
    region = atlas.regions.get(feature.code)
    if region is None:
        what = _("There is no place with the code %(code)s in this county.") % {"code": feature.code}
        yield Fault(feature.line, "code", what, _("Take the code from the list of places."))
        return
    if region.valid_to is not None:
        yield Fault(feature.line, "code", region.closed_note(region.valid_to), _("Leave it out."))
    there = atlas.drawn.get(feature.code)
    if there is not None and there.valid_from is not None and there.valid_from > on:
        yield Fault(feature.line, "", _("A later boundary stands already."), _("Choose a later day."))
    above = atlas.outlines.get(region.parent.code) if region.parent else None
    if above is not None and (share := _share(feature.outline.difference(above), feature.outline)) > OUTSIDE:
        words = {"share": round(share * 100), "place": region, "above": region.parent}
        what = _("%(share)d %% of %(place)s lies outside %(above)s.") % words
        yield Fault(feature.line, "geometry", what, _("Draw both along the same line."))


def _overlaps(file: Collection, atlas: Atlas) -> Iterator[Fault]:
    """Find neighbours that lie over one another: nobody draws a second grid over a place."""
    siblings: dict[object, list[str]] = defaultdict(list)
    for code in atlas.outlines:
        if (region := atlas.regions.get(code)) is not None and region.valid_to is None:
            siblings[region.parent_id, region.level].append(code)
    lines = {feature.code: feature.line for feature in file.features}
    for codes in siblings.values():
        for one, other in combinations(sorted(codes), 2):
            if one in lines or other in lines:
                yield from _overlap(one, other, atlas, lines)


def _overlap(one: str, other: str, atlas: Atlas, lines: dict[str, int]) -> Iterator[Fault]:
    first, second = atlas.outlines[one], atlas.outlines[other]
    if not first.intersects(second):
        return
    smaller = min(first, second, key=lambda shape: shape.area)
    if (share := _share(first.intersection(second), smaller)) > OVERLAP:
        words = {"share": round(share * 100), "place": atlas.regions[one], "other": atlas.regions[other]}
        what = _("%(place)s and %(other)s lie over one another by %(share)d %%.") % words
        line = max(lines.get(one, 0), lines.get(other, 0))
        yield Fault(line, "geometry", what, _("There is one grid over a place: draw the line between them anew."))


def _share(part: BaseGeometry, whole: BaseGeometry) -> float:
    return float(part.area / whole.area) if whole.area else 1.0
