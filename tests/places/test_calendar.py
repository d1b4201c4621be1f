from datetime import date, datetime, time, timedelta
from time import monotonic

import pytest
from pytest_django import DjangoAssertNumQueries

from fengqiao.kit import remembered
from fengqiao.kit.workdays import SHANGHAI
from fengqiao.places import calendar, loader
from fengqiao.places.loader import Loaded
from fengqiao.places.models import CalendarYear, WorkDay, WorkHours
from tests.places.conftest import DATA

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _official_days() -> None:
    loader.load_calendar(DATA / "calendar")


def test_a_county_that_says_nothing_keeps_the_usual_hours() -> None:
    assert calendar.of("621027").hours == calendar.USUAL_HOURS
    assert calendar.of("621027").day_length == timedelta(hours=7)


def test_a_county_keeps_its_own_hours() -> None:
    WorkHours.objects.create(county="621027", opens=time(14), closes=time(17))
    WorkHours.objects.create(county="621027", opens=time(9), closes=time(12))

    assert calendar.of("621027").hours == ((time(9), time(12)), (time(14), time(17)))
    assert calendar.of("620105").hours == calendar.USUAL_HOURS


def test_hours_given_at_the_start_do_not_undo_what_a_county_changed() -> None:
    calendar.of("621027")
    assert loader.load_hours("621027", [(time(9), time(12))]) == Loaded(added=1)
    assert calendar.of("621027").hours == ((time(9), time(12)),)

    assert loader.load_hours("621027", [(time(8), time(18))]) == Loaded(unchanged=1)
    assert calendar.of("621027").hours == ((time(9), time(12)),)


def test_clocks_over_the_spring_festival_of_2026() -> None:
    thursday = datetime(2026, 2, 12, 16, 0, tzinfo=SHANGHAI)
    due = calendar.of("621027").after(thursday, timedelta(hours=10))

    assert due == datetime(2026, 2, 14, 9, 30, tzinfo=SHANGHAI)  # a Saturday worked for the holiday


def test_the_calendar_is_read_once_and_then_remembered(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(3):
        calendar.of("621027")
    with django_assert_num_queries(0):
        calendar.of("621027")


def test_an_edit_is_seen_once_the_old_calendar_is_forgotten() -> None:
    before = calendar.of("621027")
    WorkDay.objects.create(on=date(2026, 8, 3), working=False, name="县庆")
    calendar.forget()
    after = calendar.of("621027")

    assert before.is_working(date(2026, 8, 3))
    assert not after.is_working(date(2026, 8, 3))
    assert before.version != after.version


def test_an_edit_made_elsewhere_is_seen_when_the_minute_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    calendar.of("621027")
    WorkDay.objects.create(on=date(2026, 8, 3), working=False, name="县庆")
    later = monotonic() + remembered.A_MINUTE
    monkeypatch.setattr(remembered, "monotonic", lambda: later)

    assert not calendar.of("621027").is_working(date(2026, 8, 3))


def test_the_same_days_and_hours_have_the_same_version() -> None:
    first = calendar.of("621027").version
    calendar.forget()

    assert calendar.of("621027").version == first


def test_without_published_years_every_day_is_provisional() -> None:
    CalendarYear.objects.all().delete()

    assert calendar.of("621027").is_provisional(datetime(2020, 1, 1, tzinfo=SHANGHAI))
