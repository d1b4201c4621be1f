"""What stands in every row of a list, put together once and kept: the labels of choices, the addresses of pages."""

from functools import cache
from html import escape
from typing import Any

from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

MARK = "mark-in-an-address"
DIGIT = "0"


def label_of(row: Model, name: str) -> str:
    """Say what a field with choices holds, as `get_…_display` does: that puts all its choices together each time."""
    value = getattr(row, name)
    said: str = _labels(type(row), name, get_language()).get(value, value)
    return said


def address_of(view: str, name: str) -> str:
    """Give the address of a page that is known by one name: a number, or a code."""
    return kept_address(view, name) or reverse(view, args=[name])


def kept_address(view: str, name: str) -> str:
    """Give that address if it is the same for all names but for the name, and this name has no signs to escape."""
    around = _around(view)
    is_plain = name.isascii() and name.replace("-", "").isalnum()
    return f"{around[0]}{name}{around[1]}" if around and is_plain else ""


@cache
def _labels(model: type[Model], name: str, _language: str | None) -> dict[Any, str]:
    field: Any = model._meta.get_field(name)
    return {value: str(label) for value, label in field.flatchoices}


@cache
def _around(view: str) -> tuple[str, str] | None:
    """Find what stands around the name in the addresses of a view, asking with letters and with a digit."""
    try:
        before, _mark, after = reverse(view, args=[MARK]).partition(MARK)
        is_common = reverse(view, args=[DIGIT]) == f"{before}{DIGIT}{after}"
    except NoReverseMatch:
        return None
    return (before, after) if is_common and escape(before + after) == before + after else None
