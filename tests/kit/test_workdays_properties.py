"""Open time from start to due is the budget, to the microsecond, whatever the holidays and hours."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as some

from fengqiao.kit.workdays import SHANGHAI, WEEKEND, Calendar, Day

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
MIDNIGHT = 24 * 60

days_named = some.dictionaries(
    some.dates(date(2025, 12, 1), date(2027, 3, 31)), some.builds(Day, some.booleans(), some.just("节日")), max_size=60
)
edges = some.lists(some.integers(0, MIDNIGHT), min_size=2, max_size=6, unique=True).map(sorted)
hours_kept = edges.map(
    lambda minutes: tuple((_time(opens), _time(closes)) for opens, closes in list(pairwise(minutes))[::2])
)
calendars = some.builds(
    Calendar,
    exceptions=days_named,
    hours=hours_kept,
    official_until=some.just(date(2026, 12, 31)),
    version=some.just(""),
)
moments = some.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda at: at.replace(tzinfo=SHANGHAI))
whole_minutes = moments.map(lambda at: at.replace(second=0, microsecond=0))
spans = some.one_of(
    some.timedeltas(timedelta(0), timedelta(days=9)),
    some.integers(0, 6000).map(lambda minutes: timedelta(minutes=minutes)),  # likelier to end at a segment's edge
)


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


@given(calendars, moments, spans)
def test_open_time_from_start_to_due_is_the_span(calendar: Calendar, start: datetime, span: timedelta) -> None:
    assert calendar.open_between(start, calendar.after(start, span)) == span


@given(calendars, moments, spans)
def test_due_is_the_first_moment_that_holds_the_span(calendar: Calendar, start: datetime, span: timedelta) -> None:
    span += timedelta.resolution
    due = calendar.after(start, span)

    assert calendar.open_between(start, due - timedelta.resolution) < span
    assert calendar.open_between(start, due - MINUTE) < span


@given(calendars, moments, spans)
def test_due_is_a_moment_at_which_the_doors_are_open(calendar: Calendar, start: datetime, span: timedelta) -> None:
    due = calendar.after(start, span)
    around = calendar.open_between(due - timedelta.resolution, due + timedelta.resolution)

    assert around > timedelta(0)


@given(calendars, moments, spans, spans)
def test_more_time_is_never_due_sooner(calendar: Calendar, start: datetime, one: timedelta, other: timedelta) -> None:
    shorter, longer = sorted((one, other))

    assert calendar.after(start, shorter) <= calendar.after(start, longer)


@given(calendars, moments, moments, spans)
def test_a_later_start_is_never_due_sooner(calendar: Calendar, one: datetime, other: datetime, span: timedelta) -> None:
    earlier, later = sorted((one, other))

    assert calendar.after(earlier, span) <= calendar.after(later, span)


@given(calendars, moments, spans, spans)
def test_spans_add_up(calendar: Calendar, start: datetime, one: timedelta, other: timedelta) -> None:
    assert calendar.after(calendar.after(start, one), other) == calendar.after(start, one + other)


@given(calendars, moments, moments, moments)
def test_open_time_adds_up(calendar: Calendar, one: datetime, other: datetime, third: datetime) -> None:
    first, middle, last = sorted((one, other, third))
    whole = calendar.open_between(first, middle) + calendar.open_between(middle, last)

    assert whole == calendar.open_between(first, last)


@settings(max_examples=25)
@given(calendars, whole_minutes, some.integers(0, 4 * MIDNIGHT))
def test_open_time_is_what_counting_minute_by_minute_gives(calendar: Calendar, start: datetime, length: int) -> None:
    counted = sum(_is_open(calendar, start + minute * MINUTE) for minute in range(length))

    assert calendar.open_between(start, start + length * MINUTE) == counted * MINUTE


def _is_open(calendar: Calendar, at: datetime) -> bool:
    named = calendar.exceptions.get(at.date())
    worked = named.working if named else at.weekday() < 5
    return worked and any(
        opens <= at.time() < (closes if closes != time(0) else time.max) for opens, closes in calendar.hours
    )


@given(calendars, moments, spans)
def test_the_days_named_in_the_explanation_derive_the_same_due(
    calendar: Calendar, start: datetime, span: timedelta
) -> None:
    due = calendar.after(start, span)
    skipped = {on: Day(False, why) for on, why in calendar.skipped(start, due) if why != WEEKEND}
    made_up = {on: Day(True, why) for on, why in calendar.made_up(start, due)}
    retold = Calendar(skipped | made_up, calendar.hours, calendar.official_until, "retold")

    assert retold.open_between(start, due) == span


@given(calendars, moments, spans)
def test_every_day_from_start_to_due_is_either_skipped_or_worked(
    calendar: Calendar, start: datetime, span: timedelta
) -> None:
    due = calendar.after(start, span)
    skipped = {on for on, _why in calendar.skipped(start, due)}
    days = {start.date() + n * DAY for n in range((due.date() - start.date()).days)}

    assert {on for on in days if not calendar.is_working(on)} == skipped
