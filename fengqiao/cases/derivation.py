"""How a due time follows from a start, a rule and the calendar: pure, so that it can be done again and compared."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from fengqiao.cases.models import Clock, SpanUnit
from fengqiao.kit.workdays import Calendar, Day

LEVELS = (70, 90, 100)  # per cent of the span at which an alert is owed; the last is the due time itself

WHOLE_TIME = (SpanUnit.HOURS, SpanUnit.DAYS)  # that passes by day and night
ALL_DAY = ((time(0), time(0)),)
Stretch = tuple[datetime, datetime]


class Span(Protocol):
    """How long something may take: a clock rule of the county, or the tier of a ladder of mediation."""

    @property
    def amount(self) -> int:
        """How much of the unit."""

    @property
    def unit(self) -> str:
        """In what it is counted: a SpanUnit."""

    @property
    def version(self) -> str:
        """Of the rule it comes from."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A due time with the days that were skipped to reach it."""

    due_at: datetime
    hours: list[list[str]]
    skipped: list[list[str]]
    made_up: list[list[str]]
    is_provisional: bool


def derive(start: datetime, amount: float, unit: str, calendar: Calendar, pauses: Iterable[Stretch] = ()) -> Derived:
    """Count a span from a start, and say which days made the due time what it is."""
    due = _due(start, amount, unit, calendar, pauses)
    if unit in WHOLE_TIME:
        return Derived(due, [], [], [], False)
    return Derived(
        due,
        hours=[[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in calendar.hours],
        skipped=[[day.on.isoformat(), day.why] for day in calendar.skipped(start, due)],
        made_up=[[day.on.isoformat(), day.why] for day in calendar.made_up(start, due)],
        is_provisional=calendar.is_provisional(due),
    )


def _due(start: datetime, amount: float, unit: str, calendar: Calendar, pauses: Iterable[Stretch]) -> datetime:
    """Find when a span is over: working time passes only in office hours, other time always, none in a pause."""
    in_hours = unit in (SpanUnit.HOURS, SpanUnit.WORKING_HOURS)
    if unit in WHOLE_TIME:
        return _around(pauses, start, timedelta(hours=amount) if in_hours else timedelta(days=amount), _passed, _later)
    span = timedelta(hours=amount) if in_hours else calendar.day_length * amount
    return _around(pauses, start, span, calendar.open_between, calendar.after)


def _around(
    pauses: Iterable[Stretch],
    start: datetime,
    span: timedelta,
    between: Callable[[datetime, datetime], timedelta],
    after: Callable[[datetime, timedelta], datetime],
) -> datetime:
    """Find when a span is over that does not pass during these stretches; they are in order and apart."""
    for begins, ends in pauses:
        passed = between(start, begins)
        if passed >= span:
            break
        span -= passed
        start = max(start, ends)
    return after(start, span)


def _passed(start: datetime, end: datetime) -> timedelta:
    return max(end - start, timedelta(0))


def _later(start: datetime, span: timedelta) -> datetime:
    return start + span


def by_rule(rule: Span, start: datetime, calendar: Calendar) -> Derived:
    """Count the span of a rule."""
    return derive(start, rule.amount, rule.unit, calendar)


def again(clock: Clock) -> datetime:
    """Count the due time once more from nothing but what the clock has stored about itself."""
    return count(clock, stored_calendar(clock)).due_at


def count(clock: Clock, calendar: Calendar) -> Derived:
    """Count a clock's span by this calendar, with the time that was granted."""
    return derive(clock.started_at, clock.span(), clock.unit, calendar, clock.stretches_still())


def alert_moment(clock: Clock, level: int, calendar: Calendar) -> datetime:
    """Find the moment at which this share of the clock's span has passed."""
    return _due(clock.started_at, clock.span() * (level / 100), clock.unit, calendar, clock.stretches_still())


def next_alert(clock: Clock, after: int, calendar: Calendar) -> tuple[int, datetime | None]:
    """Find the next alert level above this one and its moment; (0, None) when all have been given.

    Each calendar that gives the clock's due time gives this, too: the one it is counted by, or what it stored of it.
    """
    level = next((each for each in LEVELS if each > after), 0)
    return level, alert_moment(clock, level, calendar) if level else None


def alert_ahead(clock: Clock, at: datetime) -> tuple[int, datetime | None]:
    """Find the first alert that is still to come, for a clock whose due time has moved."""
    calendar = stored_calendar(clock)
    ahead = ((level, alert_moment(clock, level, calendar)) for level in LEVELS)
    return next(((level, moment) for level, moment in ahead if moment > at), (LEVELS[-1], clock.due_at))


def prolonged_calendar(clock: Clock, calendar: Calendar) -> Calendar:
    """Join the days a clock was counted by with those after its due time, so that only what was granted moves it."""
    stored, due = stored_calendar(clock), clock.due_at.astimezone(calendar.zone).date()
    later = {on: day for on, day in calendar.exceptions.items() if on > due}
    hours = stored.hours if clock.hours else calendar.hours
    return Calendar({**stored.exceptions, **later}, hours, calendar.official_until, clock.calendar_version)


def stored_calendar(clock: Clock) -> Calendar:
    """Build the piece of calendar that a clock was counted by, as it was on that day."""
    closed = {date.fromisoformat(on): Day(False, why) for on, why in clock.skipped}
    worked = {date.fromisoformat(on): Day(True, why) for on, why in clock.made_up}
    hours = tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in clock.hours)
    return Calendar(closed | worked, hours or ALL_DAY, date.max, clock.calendar_version)
