"""A year drawn as twelve small months: what is off, what is worked in exchange."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fengqiao.kit.workdays import Day

MONDAY_FIRST = Calendar(0)


@dataclass(frozen=True, slots=True)
class Square:
    """One day of a month; `on` is none where the week belongs to the month beside it."""

    on: date | None
    is_off: bool = False
    is_made_up: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """One month, week by week, Monday first."""

    first: date
    weeks: tuple[tuple[Square, ...], ...]


def months(year: int, named: Mapping[date, Day]) -> list[Month]:
    """Draw the months of a year by the days that its notices name."""
    return [_month(date(year, month, 1), named) for month in range(1, 13)]


def _month(first: date, named: Mapping[date, Day]) -> Month:
    weeks = MONDAY_FIRST.monthdatescalendar(first.year, first.month)
    return Month(first, tuple(tuple(_square(on, first, named) for on in week) for week in weeks))


def _square(on: date, first: date, named: Mapping[date, Day]) -> Square:
    if on.month != first.month:
        return Square(None)
    day = named.get(on)
    if day is None:
        return Square(on, is_off=on.weekday() >= 5)
    return Square(on, is_off=not day.working, is_made_up=day.working, name=day.name)
