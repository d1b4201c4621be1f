"""What stands in every row of a list, put together once and kept: the labels of choices, the addresses of pages."""

from functools import cache
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import get_language

MARK = "mark-in-an-address"


def label_of(row: Model, name: str) -> str:
    """Say what a field with choices holds, as `get_…_display` does: that puts all its choices together each time."""
    value = getattr(row, name)
    said: str = _labels(type(row), name, get_language()).get(value, value)
    return said


def address_of(view: str, name: str) -> str:
    """Give the address of a page that is known by one name without signs to escape: a number, or a code."""
    before, after = _around(view)
    return f"{before}{name}{after}"


@cache
def _labels(model: type[Model], name: str, _language: str | None) -> dict[Any, str]:
    field: Any = model._meta.get_field(name)
    return {value: str(label) for value, label in field.flatchoices}


@cache
def _around(view: str) -> tuple[str, str]:
    before, _mark, after = reverse(view, args=[MARK]).partition(MARK)
    return before, after
