from dataclasses import dataclass
from datetime import date
from typing import Protocol, Self, TypeVar

from django.db.models import CharField, Func, Model, Q, QuerySet
from django.db.models.lookups import Exact

Row = TypeVar("Row", bound=Model, covariant=True)


class HasPath(Protocol):
    """Anything that stands in the region tree."""

    @property
    def path(self) -> str:
        """Give the way that leads there from the top."""


def within(field: str, region: HasPath) -> Q:
    """Match rows whose path `field` lies in the region's subtree: a half-open range, so that its index serves."""
    return Q(**{f"{field}__gte": region.path, f"{field}__lt": f"{region.path}/"})


class PathPart(Func):
    """One short code out of a path, counted from the top: the third is the county, the fourth the township."""

    template = "split_part(%(expressions)s, '.', %(part)s)"
    output_field = CharField()


INDEXED_PARTS = (3, 4)


@dataclass(frozen=True, slots=True)
class Place:
    """What `inside` asks of a region: its depth and code where there is an index of those, else its whole path."""

    depth: int  # 1 with a whole path
    said: str

    @property
    def path(self) -> str:
        """Give a path that leads there."""
        return "." * (self.depth - 1) + self.said


def place_of(region: HasPath) -> Place:
    """Tell of a region what `inside` asks."""
    *above, code = region.path.split(".")
    depth = len(above) + 1
    return Place(depth, code) if depth in INDEXED_PARTS else Place(1, region.path)


def inside(field: str, region: HasPath) -> Q:
    """Match what `within` matches, for tables that have an index by county and township: one value, so it keeps order.

    A range of paths finds the rows and then has to sort them; an equality walks an index that is in order already.
    """
    *above, code = region.path.split(".")
    depth = len(above) + 1
    return Q(Exact(PathPart(field, part=depth), code)) if depth in INDEXED_PARTS else within(field, region)


def in_township(code: str) -> Q:
    """Match rows that lie in the township of this code."""
    return Q(Exact(PathPart("path", part=4), code))


def open_on(on: date) -> Q:
    """Match rows that had begun and had not ended on this day; the day of `valid_to` itself is closed."""
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    lasting = Q(valid_to=None) | Q(valid_to__gt=on)
    return begun & lasting


class LastingQuerySet(QuerySet[Row]):
    """Rows that begin and end on a day, and are kept for good."""

    def current(self, on: date) -> Self:
        """Narrow to what is open on this day."""
        return self.filter(open_on(on))


class RegionQuerySet(LastingQuerySet[Row]):
    """Where one looks for regions."""

    def in_region(self, region: HasPath) -> Self:
        """Narrow to this region and everything below it."""
        return self.filter(within("path", region))

    def children(self, region: Model) -> Self:
        """Narrow to what lies directly below a region, in official order."""
        return self.filter(parent=region).order_by("sort_key")
