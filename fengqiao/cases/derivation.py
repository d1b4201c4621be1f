"""How a due time follows from a start, a rule and the calendar: pure, so that it can be done again and compared."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fengqiao.cases.models import Clock, ClockRule, SpanUnit
from fengqiao.kit.workdays import Calendar

LEVELS = (70, 90, 100)  # per cent of the span at which an alert is owed; the last is the due time itself


@dataclass(frozen=True, slots=True)
class Derived:
    """A due time with the days that were skipped to reach it."""

    due_at: datetime
    skipped: list[list[str]]
    is_provisional: bool


def derive(start: datetime, amount: float, unit: str, calendar: Calendar) -> Derived:
    """Count a span from a start; working time passes only in office hours, other time always."""
    if unit in (SpanUnit.HOURS, SpanUnit.DAYS):
        length = timedelta(hours=amount) if unit == SpanUnit.HOURS else timedelta(days=amount)
        return Derived(start + length, [], False)
    span = timedelta(hours=amount) if unit == SpanUnit.WORKING_HOURS else calendar.day_length * amount
    due = calendar.after(start, span)
    skipped = [[day.on.isoformat(), day.why] for day in calendar.skipped(start, due)]
    return Derived(due, skipped, calendar.is_provisional(due))


def by_rule(rule: ClockRule, start: datetime, calendar: Calendar) -> Derived:
    """Count the span of a rule."""
    return derive(start, rule.amount, rule.unit, calendar)


def again(clock: Clock, calendar: Calendar) -> Derived:
    """Count once more from what a clock has stored about itself."""
    return derive(clock.started_at, clock.amount, clock.unit, calendar)


def alert_moment(clock: Clock, level: int, calendar: Calendar) -> datetime:
    """Find the moment at which this share of the clock's span has passed."""
    return derive(clock.started_at, clock.amount * level / 100, clock.unit, calendar).due_at


def next_alert(clock: Clock, after: int, calendar: Calendar) -> tuple[int, datetime | None]:
    """Find the next alert level above this one and its moment; (0, None) when all have been given."""
    level = next((each for each in LEVELS if each > after), 0)
    return level, alert_moment(clock, level, calendar) if level else None
