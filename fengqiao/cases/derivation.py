"""How a due time follows from a start, a rule and the calendar: pure, so that it can be done again and compared."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fengqiao.cases.models import Clock, ClockRule, SpanUnit
from fengqiao.kit.workdays import Calendar, Day

LEVELS = (70, 90, 100)  # per cent of the span at which an alert is owed; the last is the due time itself

ALL_DAY = ((time(0), time(0)),)


@dataclass(frozen=True, slots=True)
class Derived:
    """A due time with the days that were skipped to reach it."""

    due_at: datetime
    hours: list[list[str]]
    skipped: list[list[str]]
    made_up: list[list[str]]
    is_provisional: bool


def derive(start: datetime, amount: float, unit: str, calendar: Calendar) -> Derived:
    """Count a span from a start; working time passes only in office hours, other time always."""
    if unit in (SpanUnit.HOURS, SpanUnit.DAYS):
        length = timedelta(hours=amount) if unit == SpanUnit.HOURS else timedelta(days=amount)
        return Derived(start + length, [], [], [], False)
    span = timedelta(hours=amount) if unit == SpanUnit.WORKING_HOURS else calendar.day_length * amount
    due = calendar.after(start, span)
    return Derived(
        due,
        hours=[[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in calendar.hours],
        skipped=[[day.on.isoformat(), day.why] for day in calendar.skipped(start, due)],
        made_up=[[day.on.isoformat(), day.why] for day in calendar.made_up(start, due)],
        is_provisional=calendar.is_provisional(due),
    )


def by_rule(rule: ClockRule, start: datetime, calendar: Calendar) -> Derived:
    """Count the span of a rule."""
    return derive(start, rule.amount, rule.unit, calendar)


def again(clock: Clock) -> datetime:
    """Count the due time once more from nothing but what the clock has stored about itself."""
    return derive(clock.started_at, clock.amount, clock.unit, stored_calendar(clock)).due_at


def alert_moment(clock: Clock, level: int) -> datetime:
    """Find the moment at which this share of the clock's span has passed."""
    return derive(clock.started_at, clock.amount * level / 100, clock.unit, stored_calendar(clock)).due_at


def next_alert(clock: Clock, after: int) -> tuple[int, datetime | None]:
    """Find the next alert level above this one and its moment; (0, None) when all have been given."""
    level = next((each for each in LEVELS if each > after), 0)
    return level, alert_moment(clock, level) if level else None


def stored_calendar(clock: Clock) -> Calendar:
    """Build the piece of calendar that a clock was counted by, as it was on that day."""
    closed = {date.fromisoformat(on): Day(False, why) for on, why in clock.skipped}
    worked = {date.fromisoformat(on): Day(True, why) for on, why in clock.made_up}
    hours = tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in clock.hours)
    return Calendar(closed | worked, hours or ALL_DAY, date.max, clock.calendar_version)
