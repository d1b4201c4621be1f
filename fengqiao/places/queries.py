from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, QuerySet
from shapely import Point as ShapelyPoint
from shapely import from_wkb

from fengqiao.places.coordinates import Point
from fengqiao.places.models import Boundary, Centre, Kind, Level, PrintedFigure, Region

What = PrintedFigure.What


@dataclass(frozen=True)
class Line:
    """How many divisions of one level and kind are open, and how many of them have a centre."""

    level: Level
    kind: Kind | None
    count: int
    centres: int


@dataclass(frozen=True)
class Figure:
    """What a source printed, beside what we count today; why they differ is not ours to say."""

    what: What
    printed: int
    printed_on: date
    source: str
    note: str
    counted: int


@dataclass(frozen=True)
class Coverage:
    """A county's tree and centres on one day, by the edition named, with the figures printed about it."""

    county: str
    on: date
    edition: str
    lines: tuple[Line, ...]
    figures: tuple[Figure, ...]

    @property
    def edition_on(self) -> date | None:
        """The day on which the edition was cut; None where no edition has been loaded."""
        return date.fromisoformat(self.edition[-10:]) if self.edition else None

    @property
    def centres(self) -> int:
        """All centres open on the day."""
        return sum(line.centres for line in self.lines)

    def count(self, *kinds: Kind) -> int:
        """Count the open divisions of these kinds."""
        return sum(line.count for line in self.lines if line.kind in kinds)

    def at(self, level: Level) -> int:
        """Count the open divisions of a level."""
        return sum(line.count for line in self.lines if line.level == level)


def coverage(county: str, on: date) -> Coverage:
    """Count a county's divisions and centres by tier and kind, and put the printed figures beside them."""
    lines = tuple(_lines(county, on))
    edition = Region.objects.filter(county=county).aggregate(latest=Max("edition", default=""))["latest"]
    counted = Coverage(county, on, edition, lines, ())
    return Coverage(county, on, edition, lines, tuple(_figures(counted)))


def _lines(county: str, on: date) -> list[Line]:
    centres = _centres(county, on)
    groups = Region.objects.current(on).filter(county=county).values("level", "kind").annotate(count=Count("pk"))
    lines = [
        Line(Level(row["level"]), Kind(row["kind"]) if row["kind"] else None, row["count"], centres.get(key, 0))
        for row in groups
        for key in [(row["level"], row["kind"])]
    ]
    return sorted(lines, key=_order)


def _order(line: Line) -> tuple[int, int]:
    return list(Level).index(line.level), list(Kind).index(line.kind) if line.kind else 0


def _centres(county: str, on: date) -> dict[tuple[str, str], int]:
    opened: QuerySet[Centre] = Centre.objects.current(on).filter(county=county)
    groups = opened.values_list("region__level", "region__kind").annotate(count=Count("pk"))
    return {(level, kind): count for level, kind, count in groups}


def _figures(counted: Coverage) -> list[Figure]:
    ours = {
        What.CENTRES: counted.centres,
        What.TOWNSHIPS: counted.at(Level.TOWNSHIP),
        What.VILLAGES: counted.count(Kind.VILLAGE_COMMITTEE),
        What.COMMUNITIES: counted.count(Kind.RESIDENTS_COMMITTEE),
    }
    printed = PrintedFigure.objects.filter(county=counted.county, what__in=list(ours)).order_by("printed_on")
    figures = [(What(row.what), row) for row in printed]
    return [
        Figure(what, row.value, row.printed_on, row.source, row.note, ours[what])
        for what, row in sorted(figures, key=lambda pair: list(What).index(pair[0]))
    ]


def heir_of(region: Region, on: date) -> Region:
    """Follow the successors of a closed region to the one that is open; a dead end gives the last of them."""
    seen: set[object] = set()
    while not region.is_open_on(on) and region.successor is not None and region.pk not in seen:
        seen.add(region.pk)
        region = region.successor
    return region


def at_point(county: str, point: Point, on: date) -> Region | None:
    """Find the finest place whose boundary holds a point; the boxes narrow it, the outline decides."""
    longitude, latitude = point
    near = Boundary.objects.current(on).filter(
        county=county, west__lte=longitude, east__gte=longitude, south__lte=latitude, north__gte=latitude
    )
    here = ShapelyPoint(longitude, latitude)
    held = [one.region for one in near.select_related("region") if from_wkb(bytes(one.shape)).covers(here)]
    return max(held, key=lambda region: (region.path.count("."), region.path), default=None)


def has_boundaries(county: str, on: date) -> bool:
    """Test if any boundary of a county is drawn."""
    return Boundary.objects.current(on).filter(county=county).exists()
