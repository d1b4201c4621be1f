"""What would become of everything at some places if they closed for another: counted, before anybody confirms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fengqiao.intake.transitions.resettling import Unfinished, unfinished
from fengqiao.people.models import Post, Unit
from fengqiao.places.models import Level, Region

BELOW_THE_VILLAGE = (Level.GROUP, Level.GRID)
UNDER = (Level.VILLAGE, *BELOW_THE_VILLAGE)  # what a group or a grid can hang on


@dataclass(frozen=True, slots=True)
class Preview:
    """What closes, what goes along to the successor, what waits there, and who needs a new home first."""

    into: Region
    closing: tuple[Region, ...]
    going_along: tuple[Region, ...]
    unfinished: Unfinished
    posts: tuple[Post, ...]
    units: tuple[Unit, ...]

    @property
    def is_free(self) -> bool:
        """Test if nobody has to be given a new home first."""
        return not self.posts and not self.units


def look(regions: Sequence[Region], into: Region, on: date) -> Preview:
    """Look at what would happen if these places closed on a day and another took over."""
    closing: list[Region] = []
    along: list[Region] = []
    for region in regions:
        _sort(region, into, closing, along)
    kept = [one.pk for one in closing]
    posts = Post.objects.lasting_beyond(on).filter(region__in=kept).select_related("user", "unit", "region")
    units = Unit.objects.filter(region__in=kept, valid_to=None).select_related("region")
    moving = [one for top in along for one in Region.objects.in_region(top).filter(valid_to=None)]
    return Preview(
        into=into,
        closing=tuple(closing),
        going_along=tuple(along),
        unfinished=unfinished([*closing, *moving]),
        posts=tuple(posts.order_by("region__path", "role", "pk")),
        units=tuple(units.order_by("region__path", "code")),
    )


def _sort(region: Region, into: Region, closing: list[Region], along: list[Region]) -> None:
    """Close a place; what lies below goes along where it fits under the successor, and closes with it elsewhere."""
    closing.append(region)
    for below in _open_below(region):
        if below.pk != into.pk and fits(below, into):
            along.append(below)
        elif below.pk != into.pk:
            _sort(below, into, closing, along)


def fits(region: Region, under: Region) -> bool:
    """Test if a place can hang on another, by their levels."""
    if region.level in BELOW_THE_VILLAGE:
        return under.level in UNDER and (region.level == Level.GRID or under.level == Level.VILLAGE)
    order = list(Level)
    return order.index(Level(region.level)) == order.index(Level(under.level)) + 1


def _open_below(region: Region) -> Iterator[Region]:
    yield from Region.objects.children(region).filter(valid_to=None)
