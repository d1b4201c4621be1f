"""Places as residents see them: one place with what lies above and below it, and where a square on a wall leads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from fengqiao.places.models import Level, Region
from fengqiao.places.queries import heir_of
from fengqiao.web.resident.counter import counties
from fengqiao.web.resident.forms.reporting import OFFERED

SHOWN = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE, Level.GROUP, Level.GRID)
FOUND_AT_MOST = 60


@dataclass(frozen=True, slots=True)
class Place:
    """A region with those above it, the county first; `instead` is where to go when it is closed."""

    region: Region
    above: tuple[Region, ...]
    closed: str
    instead: Region | None

    @property
    def name(self) -> str:
        """The place as people say it."""
        return name_of(self.region)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a report starts with when someone came by a square, and what must be said about it."""

    answers: Mapping[str, str]
    note: str


def name_of(region: Region) -> str:
    """Name a region as people say it: the village, not its committee."""
    return region.place_name if region.level == Level.VILLAGE else region.name


def find_place(code: str, on: date) -> Place | None:
    """Find a place of a county that works here, open or closed."""
    if not code.isprintable():  # a null, which no code holds and the database takes in no text
        return None
    known = Region.objects.filter(county__in=[county.code for county in counties()], level__in=SHOWN)
    region = known.filter(code=code).first()
    if region is None:
        return None
    parts = region.path.split(".")
    paths = [".".join(parts[:length]) for length in range(1, len(parts))]
    above = tuple(known.filter(county=region.county, path__in=paths).order_by("path"))
    closed = region.closed_note(on)
    return Place(region, above, closed, _instead_of(region, above, on) if closed else None)


def _instead_of(region: Region, above: Iterable[Region], on: date) -> Region | None:
    """Find where to turn instead of a closed place: what took over, else the nearest open one above."""
    heir = heir_of(region, on)
    if heir.is_open_on(on):
        return heir
    return next((one for one in reversed(list(above)) if one.is_open_on(on)), None)


def search(county: str, words: str, on: date) -> list[Region]:
    """Find the open places whose name has these words."""
    named = Region.objects.current(on).filter(county=county, level__in=SHOWN, name__icontains=words)
    return list(named.select_related("parent").order_by("sort_key")[:FOUND_AT_MOST])


def tree(county: str, on: date) -> list[tuple[Region, list[Region]]]:
    """List a county's townships with their villages, in official order."""
    levels = (Level.TOWNSHIP, Level.VILLAGE)
    regions = list(Region.objects.current(on).filter(county=county, level__in=levels).order_by("path"))
    below: dict[object, list[Region]] = {one.pk: [] for one in regions if one.level == Level.TOWNSHIP}
    for region in regions:
        if region.parent_id in below:
            below[region.parent_id].append(region)
    return [(one, below[one.pk]) for one in regions if one.level == Level.TOWNSHIP]


def nearest_offered(region: Region) -> tuple[Region, str]:
    """Give the place of the long list that a region lies in, and the code of the grid if it is one."""
    here = region
    while here.level not in OFFERED and here.parent is not None:
        here = here.parent
    return here, "" if here == region else region.code


def arrive(asked: Mapping[str, str], on: date) -> Arrival:
    """Begin a report at the place of a square; a square that leads nowhere is explained, and the report goes on."""
    code = asked.get("place", "")
    if not code:
        return Arrival(asked, "")
    others = {name: value for name, value in asked.items() if name != "place"}
    place = find_place(code, on)
    if place is None:
        return Arrival(
            others, _("This square leads to no place we know. You can report all the same and choose the place.")
        )
    now = place if place.instead is None else find_place(place.instead.code, on) or place
    chain = [one for one in (*now.above, now.region) if one.is_open_on(on)]
    offered = [one for one in chain if one.level in OFFERED]
    finer = [one for one in chain if one.level not in OFFERED]
    where = {"county": place.region.county, "region": offered[-1].code if offered else ""}
    where["grid"] = finer[-1].code if finer else ""
    return Arrival(others | where, _note(place))


def _note(place: Place) -> str:
    if not place.closed:
        return _("About %(place)s. You can choose another place on the next screen.") % {"place": place.name}
    if place.instead is not None and place.region.successor is not None:
        return _("%(note)s Now it is %(instead)s.") % {"note": place.closed, "instead": name_of(place.instead)}
    return _("%(note)s You can report all the same and choose the place.") % {"note": place.closed}
