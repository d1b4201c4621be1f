"""Grows the tree of places by one region."""

from datetime import date

from fengqiao.places import tree
from fengqiao.places.models import Region


def add(parent: Region | None, *, code: str, name: str, level: str, on: date | None = None) -> Region:
    """Add a region that no edition lists, from the given day."""
    region = tree.sprout(parent, code=code, name=name, level=level)
    region.valid_from = on
    region.save(force_insert=True)
    return region
