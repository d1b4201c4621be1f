import shutil
from datetime import date
from pathlib import Path

import pytest

from fengqiao.places import calendar, loader
from fengqiao.places.loader import Loaded
from fengqiao.places.models import CalendarYear, WorkDay
from tests.places.conftest import DATA

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the calendar that is shipped, loaded once."""
    shutil.copytree(DATA / "calendar", tmp_path, dirs_exist_ok=True)
    loader.load_calendar(tmp_path)
    return tmp_path


def publish(folder: Path, notice: str) -> None:
    """Ship another notice for 2027, with a make-up day."""
    years = (folder / "years.csv").read_text(encoding="utf-8").splitlines()
    (folder / "years.csv").write_text("\n".join([*years[:-1], notice]), encoding="utf-8")
    with (folder / "workdays.csv").open("a", encoding="utf-8") as days:
        days.write("2027-02-14,1,春节\n")


def test_the_years_from_2017_are_official_and_2027_is_provisional(folder: Path) -> None:
    years = dict(CalendarYear.objects.order_by("year").values_list("year", "provisional"))

    assert list(years) == list(range(2017, 2028))
    assert [year for year, provisional in years.items() if provisional] == [2027]
    assert calendar.of("621027").official_until == date(2026, 12, 31)


def test_a_second_run_changes_nothing_and_keeps_corrections_made_by_hand(folder: Path) -> None:
    WorkDay.objects.create(on=date(2026, 8, 3), working=False, name="县庆")

    assert loader.load_calendar(folder) == Loaded(unchanged=11)
    assert WorkDay.objects.filter(name="县庆").exists()


def test_a_published_notice_replaces_the_provisional_year(folder: Path) -> None:
    assert calendar.of("621027").version.startswith("2026-")
    publish(folder, "2027,国务院办公厅关于2027年部分节假日安排的通知,0")

    assert loader.load_calendar(folder) == Loaded(updated=1, unchanged=10)
    assert calendar.of("621027").official_until == date(2027, 12, 31)
    assert calendar.of("621027").is_working(date(2027, 2, 14))


def test_a_provisional_year_never_replaces_a_published_one(folder: Path) -> None:
    CalendarYear.objects.filter(year=2027).update(edition="通知", provisional=False)

    assert loader.load_calendar(folder) == Loaded(unchanged=11)
    assert CalendarYear.objects.get(year=2027).edition == "通知"
