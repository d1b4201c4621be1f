"""Whose counter this is: the counties that work here, and the centre to call."""

from dataclasses import dataclass
from datetime import date

from fengqiao.people.models import Unit
from fengqiao.places.models import County

HOTLINE = "12345"


@dataclass(frozen=True, slots=True)
class Counter:
    """The centre behind the pages of one county."""

    county: County
    centre: str
    phone: str


def counties() -> list[County]:
    """List the counties that take in reports here."""
    return list(County.objects.select_related("region").order_by("code"))


def counter_of(county: County, on: date) -> Counter:
    """Find the county's centre and its phone; the hotline where none is known."""
    centres = Unit.objects.current(on).filter(county=county.code, kind=Unit.Kind.CENTRE, region=county.region_id)
    centre = centres.order_by("code").first()
    return Counter(county, centre.name if centre else county.name, centre.phone if centre and centre.phone else HOTLINE)


def counter_for(code: str, on: date) -> Counter | None:
    """Find the counter of a county by its code, or the only one there is."""
    found = counties()
    chosen = next((county for county in found if county.code == code), found[0] if len(found) == 1 else None)
    return counter_of(chosen, on) if chosen else None
