"""A region is drawn up, renamed, moved, closed: each from a stated day, each with a line of its history.

Who may, and what becomes of the cases, posts and units there, is judged above: `playbooks/redrawing/`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Value
from django.db.models.functions import Concat, Substr

from fengqiao.places import tree
from fengqiao.places.models import Boundary, Centre, Region, RegionChange

Act = RegionChange.Act
BATCH = 2000
Box = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True, slots=True)
class Day:
    """From which day a change holds, and when it was written down."""

    on: date
    at: datetime


def draw(regions: Iterable[Region], day: Day) -> int:
    """Add regions that were sprouted, parents before children."""
    drawn = list(regions)
    for region in drawn:
        region.valid_from = day.on
    Region.objects.bulk_create(drawn, batch_size=BATCH)
    lines = [_line(region, Act.DRAWN, day, now=region.name) for region in drawn]
    RegionChange.objects.bulk_create(lines, batch_size=BATCH)
    return len(drawn)


def rename(region: Region, name: str, day: Day) -> Region:
    """Give a region another name; the old one stays in its history."""
    _line(region, Act.RENAMED, day, was=region.name, now=name).save(force_insert=True)
    region.name = name
    region.save(update_fields=["name"])
    return region


def describe(region: Region, extent: str) -> Region:
    """Put another extent in words on a region."""
    region.extent = extent
    region.save(update_fields=["extent"])
    return region


def close(region: Region, into: Region, day: Day) -> Region:
    """Close one region, its centre and its outline; what took over is where its addresses lead from now on."""
    for rows in (Centre.objects.filter(region=region), Boundary.objects.filter(region=region)):
        rows.filter(valid_to=None).update(valid_to=day.on)
    region.valid_to, region.successor = day.on, into
    region.save(update_fields=["valid_to", "successor"])
    _line(region, Act.CLOSED, day, was=region.name, now=into.name).save(force_insert=True)
    return region


def move(region: Region, under: Region, day: Day) -> list[Region]:
    """Hang a region with all below it under another; codes stay, paths are new. Give all whose path changed."""
    was = region.parent.name if region.parent else ""
    before = region.path
    region.parent, region.path = under, f"{under.path}.{region.short_code}"
    region.save(update_fields=["parent", "path"])
    below = Region.objects.filter(path__startswith=f"{before}.")
    below.update(path=Concat(Value(region.path), Substr("path", len(before) + 1)))
    _line(region, Act.MOVED, day, was=was, now=under.name).save(force_insert=True)
    return list(Region.objects.in_region(region).order_by("path"))


def draw_boundary(region: Region, shape: bytes, box: Box, source: str, day: Day) -> Boundary:
    """Draw the outline of a region; the one before it ends that day, or is corrected if it began on it."""
    west, south, east, north = box
    said = {"shape": shape, "west": west, "south": south, "east": east, "north": north, "source": source}
    before = Boundary.objects.filter(county=region.county, region=region, valid_to=None)
    if before.filter(valid_from=day.on).update(**said):
        return before.get()
    before.update(valid_to=day.on)
    return Boundary.objects.create(county=region.county, region=region, valid_from=day.on, **said)


def found_centre(region: Region, name: str, day: Day) -> Centre:
    """Open the governance centre of a region."""
    return Centre.objects.create(county=region.county, region=region, name=name, tier=region.level, valid_from=day.on)


def sprout(parent: Region, *, code: str, name: str, level: str) -> Region:
    """Make an unsaved region that no edition lists; its full code is what stands in its path."""
    return tree.sprout(parent, code=code, name=name, level=level)


def _line(region: Region, act: RegionChange.Act, day: Day, *, was: str = "", now: str = "") -> RegionChange:
    return RegionChange(county=region.county, region=region, act=act, on=day.on, was=was, now=now, noted_at=day.at)
