import csv
import gzip
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from fengqiao.places import calendar, loader
from fengqiao.places.models import Region
from tests.places.growing import add

DATA = Path(__file__).parents[2] / "data"
ZHENYUAN = DATA / "divisions" / "621027.nbs-2023-06-30.csv.gz"
MONDAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _no_remembered_calendar() -> Iterator[None]:
    """Let no test see the calendar of another."""
    calendar.forget()
    yield
    calendar.forget()


@pytest.fixture
def zhenyuan(db: None) -> Region:
    """镇原县 as the 2023 edition has it."""
    loader.load_divisions(ZHENYUAN)
    return Region.objects.get(code="621027000000")


class Qing(NamedTuple):
    """A small invented county with its ancestors: one town, one village, a group in it and two grids."""

    province: Region
    prefecture: Region
    root: Region
    town: Region
    village: Region
    group: Region
    grid: Region
    inner_grid: Region


@pytest.fixture
def qing(db: None) -> Qing:
    """Build the invented county from the top."""
    province = add(None, code="99", name="Far Province", level="province")
    prefecture = add(province, code="9901", name="Far City", level="prefecture")
    root = add(prefecture, code="990101", name="Qing County", level="county")
    town = add(root, code="990101100", name="East Town", level="township")
    village = add(town, code="990101100200", name="上湾村委会", level="village")
    group = add(village, code="99010110020001", name="One Group", level="group")
    grid = add(group, code="990101100200001", name="First Grid", level="grid")
    inner = add(grid, code="99010110020000101", name="Stairs", level="grid")
    return Qing(province, prefecture, root, town, village, group, grid, inner)


WriteEdition = Callable[[str, list[str]], Path]


@pytest.fixture
def edition(tmp_path: Path) -> WriteEdition:
    """Write an edition of a place from lines of `code name level parent`."""

    def write(name: str, lines: list[str]) -> Path:
        path = tmp_path / f"{name}.csv.gz"
        with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["code", "name", "level", "parent"])
            rows.writerows([*line.split(), ""][:4] for line in lines)
        return path

    return write
