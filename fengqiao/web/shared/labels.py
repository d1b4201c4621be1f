"""What stands in every row of a list, put together once and kept: the labels of choices, the addresses of pages."""

import re
from functools import cache
from html import escape
from typing import Any

from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from fengqiao.cases.workflow import STEPS

MARK = "mark{}-in_an-address"
DIGITS = "00{}00"
IS_PLAIN = re.compile("[-_]*[A-Za-z0-9][A-Za-z0-9_-]*").fullmatch


def label_of(row: Model, name: str) -> str:
    """Say what a field with choices holds, as `get_…_display` does: that puts all its choices together each time."""
    value = getattr(row, name)
    said: str = _labels(type(row), name, get_language()).get(value, value)
    return said


def step_label(verb: str) -> str:
    """Name a step of a case."""
    return _steps(get_language())[verb]


def address_of(view: str, name: str) -> str:
    """Give the address of a page that is known by one name: a number, or a code."""
    return kept_address(view, name) or reverse(view, args=[name])


def kept_address(view: str, *names: str) -> str:
    """Give the address of a page that is known by names, if it is the same for all but for these.

    Empty where it is not, and where a name has signs that might be escaped.
    """
    between = _between(view, len(names))
    if between is None:
        return ""
    said = [between[0]]
    for name, after in zip(names, between[1:], strict=True):
        if not IS_PLAIN(name):
            return ""
        said += name, after
    return "".join(said)


@cache
def _labels(model: type[Model], name: str, _language: str | None) -> dict[Any, str]:
    field: Any = model._meta.get_field(name)
    return {value: str(label) for value, label in field.flatchoices}


@cache
def _steps(_language: str | None) -> dict[str, str]:
    return {verb: str(step.label) for verb, step in STEPS.items()}


@cache
def _between(view: str, number: int) -> tuple[str, ...] | None:
    """Find what stands around the names in the addresses of a view, asking with letters and with digits."""
    try:
        of_letters, of_digits = _around(view, MARK, number), _around(view, DIGITS, number)
    except (NoReverseMatch, ValueError):
        return None
    return of_letters if of_letters == of_digits and escape("".join(of_letters)) == "".join(of_letters) else None


def _around(view: str, like: str, number: int) -> tuple[str, ...]:
    names = [like.format(place) for place in range(number)]
    pieces, rest = [], reverse(view, args=names)
    for name in names:
        before, rest = rest.split(name)
        pieces.append(before)
    return *pieces, rest
