"""The days the State Council's yearly notices name for 2024 to 2026, typed from the notices, against our table."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from fengqiao.kit.workdays import SHANGHAI, Calendar, Day
from tests.kit.test_workdays import USUAL

TABLE = Path(__file__).parents[2] / "data" / "calendar" / "workdays.csv"
OFF = {
    2024: "1-1 2-10..2-17 4-4..4-6 5-1..5-5 6-10 9-15..9-17 10-1..10-7",
    2025: "1-1 1-28..2-4 4-4..4-6 5-1..5-5 5-31..6-2 10-1..10-8",
    2026: "1-1..1-3 2-15..2-23 4-4..4-6 5-1..5-5 6-19..6-21 9-25..9-27 10-1..10-7",
}
WORKED = {
    2024: "2-4 2-18 4-7 4-28 5-11 9-14 9-29 10-12",
    2025: "1-26 2-8 4-27 9-28 10-11",
    2026: "1-4 2-14 2-28 5-9 9-20 10-10",
}
STATUTORY_2027 = "1-1 2-5..2-8 4-5 5-1..5-2 6-9 9-15 10-1..10-3"


def table() -> dict[date, Day]:
    """Read the table that is shipped."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {date.fromisoformat(row["on"]): Day(row["working"] == "1", row["name"]) for row in csv.DictReader(lines)}


OFFICIAL = Calendar(table(), USUAL, official_until=date(2026, 12, 31), version="2026")


def days(year: int, text: str) -> Iterator[date]:
    """Spell out days and stretches of days such as 2-10..2-17."""
    for stretch in text.split():
        first, _dots, last = stretch.partition("..")
        on, until = _day(year, first), _day(year, last or first)
        while on <= until:
            yield on
            on += timedelta(days=1)


def _day(year: int, text: str) -> date:
    month, day = text.split("-")
    return date(year, int(month), int(day))


def at(text: str) -> datetime:
    """Read a moment of Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_of_the_year_is_as_the_notice_says(year: int) -> None:
    off, worked = set(days(year, OFF[year])), set(days(year, WORKED[year]))

    for on in days(year, "1-1..12-31"):
        assert OFFICIAL.is_working(on) == (on in worked or (on.weekday() < 5 and on not in off)), on


@pytest.mark.parametrize(("year", "working_days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_the_year_has_as_many_working_days_as_the_notice_leaves(year: int, working_days: int) -> None:
    open_time = OFFICIAL.open_between(at(f"{year}-01-01 00:00"), at(f"{year + 1}-01-01 00:00"))

    assert open_time == working_days * OFFICIAL.day_length


def test_the_provisional_year_holds_the_statutory_days_and_no_others() -> None:
    named = {on: day for on, day in table().items() if on.year == 2027}

    assert set(named) == set(days(2027, STATUTORY_2027))
    assert not any(day.working for day in named.values())


def test_every_make_up_day_is_a_weekend_day_and_names_its_holiday() -> None:
    holidays = {day.name for day in table().values() if not day.working}

    for on, day in table().items():
        assert not day.working or (on.weekday() >= 5 and day.name in holidays), on


@pytest.mark.parametrize(
    ("start", "working_days", "due", "closed", "made_up"),
    [
        # 春节
        ("2024-02-08 09:00", 5, "2024-02-21 09:00", 8, ["2-18"]),
        ("2024-02-02 15:00", 1, "2024-02-04 15:00", 1, ["2-4"]),
        ("2025-01-24 09:00", 5, "2025-02-07 09:00", 9, ["1-26"]),
        ("2025-02-07 16:00", 2, "2025-02-10 16:00", 1, ["2-8"]),
        ("2026-02-13 09:00", 5, "2026-02-27 09:00", 9, ["2-14"]),
        ("2026-02-16 10:00", 1, "2026-02-24 18:00", 8, []),
        # 国庆, in 2025 with 中秋
        ("2024-09-27 09:00", 5, "2024-10-10 09:00", 8, ["9-29"]),
        ("2024-10-11 17:00", 2, "2024-10-14 17:00", 1, ["10-12"]),
        ("2025-09-26 09:00", 5, "2025-10-10 09:00", 9, ["9-28"]),
        ("2025-10-10 17:00", 1, "2025-10-11 17:00", 0, ["10-11"]),
        ("2026-09-24 09:00", 5, "2026-10-09 09:00", 10, []),
        ("2026-10-09 17:00", 1, "2026-10-10 17:00", 0, ["10-10"]),
        # worked in exchange: a Saturday for 中秋 2024, a Sunday for 国庆 2026
        ("2024-09-13 09:00", 1, "2024-09-14 09:00", 0, ["9-14"]),
        ("2026-09-18 09:00", 1, "2026-09-20 09:00", 1, ["9-20"]),
    ],
)
def test_a_clock_over_an_awkward_week(start: str, working_days: int, due: str, closed: int, made_up: list[str]) -> None:
    ends = OFFICIAL.after(at(start), working_days * OFFICIAL.day_length)

    assert ends == at(due)
    assert len(OFFICIAL.skipped(at(start), ends)) == closed
    assert [f"{on.month}-{on.day}" for on, _why in OFFICIAL.made_up(at(start), ends)] == made_up


def test_a_holiday_over_a_weekend_is_named_all_through() -> None:
    skipped = OFFICIAL.skipped(at("2025-09-30 17:00"), at("2025-10-09 09:00"))

    assert [on.day for on, _why in skipped] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert {why for _on, why in skipped} == {"国庆节、中秋节"}
