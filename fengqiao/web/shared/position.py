"""A position, looked up once for the choice of a place. It is in no address, no log line and no table."""

from collections.abc import Mapping
from datetime import date

from fengqiao.places.coordinates import is_in_the_country
from fengqiao.places.models import Region
from fengqiao.places.queries import at_point


def place_at(county: str, said: Mapping[str, str], on: date) -> Region | None:
    """Find the finest place that holds a position a browser gave; nothing where it makes no sense."""
    try:
        point = float(said.get("lon", "")), float(said.get("lat", ""))
    except ValueError:
        return None
    return at_point(county, point, on) if is_in_the_country(point) else None
