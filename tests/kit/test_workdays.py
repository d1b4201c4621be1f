from datetime import UTC, date, datetime, time, timedelta

import pytest

from fengqiao.kit.workdays import SHANGHAI, WEEKEND, Calendar, Day, MadeUp, Skipped, day_of

USUAL = ((time(8, 30), time(12)), (time(14, 30), time(18)))
NAMED = {
    date(2026, 3, 4): Day(False, "节日"),
    date(2026, 3, 7): Day(True, "节日"),  # the Saturday worked for it
}
OFFICE = Calendar(NAMED, USUAL, official_until=date(2026, 12, 31), version="test")
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    """Read a moment of Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-03-09 08:30", 2, "2026-03-09 10:30"),  # from the moment the doors open
        ("2026-03-09 07:00", 2, "2026-03-09 10:30"),  # before them
        ("2026-03-09 00:00", 2, "2026-03-09 10:30"),  # at midnight
        ("2026-03-09 10:00", 2, "2026-03-09 12:00"),  # ends exactly at noon, not after lunch
        ("2026-03-09 10:00:30", 2, "2026-03-09 14:30:30"),  # half a minute more, and it is after lunch
        ("2026-03-09 12:00", 2, "2026-03-09 16:30"),  # from the moment the doors close for lunch
        ("2026-03-09 13:00", 2, "2026-03-09 16:30"),  # during lunch
        ("2026-03-09 17:00", 1, "2026-03-09 18:00"),  # ends with the day
        ("2026-03-09 17:00", 2, "2026-03-10 09:30"),  # runs over night
        ("2026-03-09 18:00", 1, "2026-03-10 09:30"),  # from the moment the day ends
        ("2026-03-09 23:59", 7, "2026-03-10 18:00"),
        ("2026-03-13 17:00", 2, "2026-03-16 09:30"),  # runs over a weekend
        ("2026-03-14 10:00", 2, "2026-03-16 10:30"),  # begins on a Saturday
        ("2026-03-03 17:00", 2, "2026-03-05 09:30"),  # runs over a holiday
        ("2026-03-04 10:00", 2, "2026-03-05 10:30"),  # begins on one
        ("2026-03-06 17:00", 2, "2026-03-07 09:30"),  # a Saturday that is worked
        ("2026-03-07 17:00", 2, "2026-03-09 09:30"),
        ("2026-03-09 09:00", 35, "2026-03-16 09:00"),  # five working days
    ],
)
def test_a_span_of_open_time_ends_at(start: str, hours: int, due: str) -> None:
    assert OFFICE.after(at(start), hours * HOUR) == at(due)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-09 10:00", "2026-03-09 10:00"),
        ("2026-03-09 12:00", "2026-03-09 12:00"),
        ("2026-03-09 12:01", "2026-03-09 14:30"),
        ("2026-03-14 10:00", "2026-03-16 08:30"),
    ],
)
def test_no_time_at_all_is_due_when_the_doors_are_next_open(start: str, due: str) -> None:
    assert OFFICE.after(at(start), timedelta(0)) == at(due)


def test_a_day_may_run_to_midnight() -> None:
    night = Calendar({}, ((time(20), time(0)),), date(2026, 12, 31), "night")

    assert night.day_length == 4 * HOUR
    assert night.after(at("2026-03-13 21:00"), 3 * HOUR) == at("2026-03-14 00:00")
    assert night.after(at("2026-03-14 00:00"), timedelta(0)) == at("2026-03-14 00:00")
    assert night.after(at("2026-03-13 21:00"), 4 * HOUR) == at("2026-03-16 21:00")


def test_open_time_between_moments_leaves_out_lunch_nights_and_closed_days() -> None:
    assert OFFICE.day_length == 7 * HOUR
    assert OFFICE.open_between(at("2026-03-09 11:00"), at("2026-03-09 15:30")) == 2 * HOUR
    assert OFFICE.open_between(at("2026-03-02 00:00"), at("2026-03-09 00:00")) == 5 * 7 * HOUR  # one off, one made up
    assert OFFICE.open_between(at("2026-03-14 00:00"), at("2026-03-15 23:59")) == timedelta(0)


def test_nothing_is_open_backwards() -> None:
    assert OFFICE.open_between(at("2026-03-10 10:00"), at("2026-03-09 10:00")) == timedelta(0)


def test_moments_of_any_zone_are_the_same_moments() -> None:
    assert OFFICE.after(datetime(2026, 3, 9, 2, 0, tzinfo=UTC), 2 * HOUR) == at("2026-03-09 12:00")


def test_skipped_and_made_up_days_are_named() -> None:
    start = at("2026-03-03 17:00")
    due = OFFICE.after(start, 5 * OFFICE.day_length)

    assert due == at("2026-03-10 17:00")
    assert OFFICE.skipped(start, due) == [Skipped(date(2026, 3, 4), "节日"), Skipped(date(2026, 3, 8), WEEKEND)]
    assert OFFICE.made_up(start, due) == [MadeUp(date(2026, 3, 7), "节日")]


def test_a_made_up_day_on_which_nothing_ran_is_not_named() -> None:
    start = at("2026-03-07 18:30")

    assert OFFICE.made_up(start, OFFICE.after(start, HOUR)) == []


def test_a_due_time_past_the_published_years_is_provisional() -> None:
    assert not OFFICE.is_provisional(at("2026-12-31 18:00"))
    assert OFFICE.is_provisional(at("2027-01-04 08:30"))


def test_days_say_why_they_are_closed() -> None:
    assert OFFICE.why_closed(date(2026, 3, 4)) == "节日"
    assert OFFICE.why_closed(date(2026, 3, 8)) == WEEKEND
    assert OFFICE.why_closed(date(2026, 3, 7)) == ""


@pytest.mark.parametrize(
    "hours",
    [
        (),
        ((time(12), time(8)),),
        ((time(8), time(8)),),
        ((time(14), time(18)), (time(8), time(12))),
        ((time(8), time(13)), (time(12), time(18))),
    ],
)
def test_hours_no_clock_could_run_on_are_refused(hours: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ValueError, match="segments in order"):
        Calendar({}, hours, date(2026, 12, 31), "bad")


def test_a_moment_without_a_zone_and_a_negative_span_are_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        OFFICE.after(datetime(2026, 3, 9, 9, 0), HOUR)
    with pytest.raises(ValueError, match="backwards"):
        OFFICE.after(at("2026-03-09 09:00"), -HOUR)


def test_a_day_is_that_of_the_calendars_zone() -> None:
    assert day_of(datetime(2026, 3, 1, 16, tzinfo=UTC)) == date(2026, 3, 2)
    with pytest.raises(ValueError, match="has no day"):
        day_of(datetime(2026, 3, 1, 16))  # noqa: DTZ001
