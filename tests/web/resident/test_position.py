"""A position chooses the place, once: on the resident's screen and at the desk; it is kept nowhere."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fengqiao.playbooks.redrawing import files
from tests.cast import MONDAY_9AM, QING, QingCounty
from tests.playbooks.test_boundaries import county_file, kept
from tests.web.resident.pages import press

GRID, VILLAGE, NOWHERE, SEA = ("107.05", "35.05"), ("107.05", "35.15"), ("107.9", "35.9"), ("0", "0")


@pytest.fixture
def drawn(qing: QingCounty) -> None:
    """East Town with its village and its grid have boundaries."""
    files.apply_boundaries(kept(qing, county_file(qing)), by=qing.shi_runs_the_system, at=MONDAY_9AM)


def ask(client: Client, point: tuple[str, str], county: str = QING) -> dict[str, str]:
    answer = client.post(f"/places/here/?county={county}", {"lon": point[0], "lat": point[1]})
    assert answer.status_code == 200
    found: dict[str, str] = answer.json()
    assert found.pop("words")
    return found


def test_a_position_is_a_village_and_a_grid(client: Client, qing: QingCounty, drawn: None) -> None:
    assert ask(client, GRID) == {"region": qing.willow.code, "grid": qing.grid.code}
    assert ask(client, VILLAGE) == {"region": qing.willow.code, "grid": ""}


@pytest.mark.parametrize("point", [NOWHERE, SEA, ("", ""), ("x", "y"), ("nan", "nan"), ("inf", "1")])
def test_where_nothing_is_drawn_one_is_told_to_choose(
    client: Client, qing: QingCounty, drawn: None, point: tuple[str, str]
) -> None:
    assert ask(client, point) == {}


def test_another_county_is_not_looked_up(client: Client, qing: QingCounty, drawn: None) -> None:
    assert ask(client, GRID, "629902") == {} and ask(client, GRID, "") == {}


def test_it_is_written_nowhere_and_stands_in_no_address(client: Client, qing: QingCounty, drawn: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        ask(client, GRID)

    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []
    assert client.get("/places/here/", {"county": QING, "lon": "107.05", "lat": "35.05"}).status_code == 405


def test_the_screen_offers_it_only_where_boundaries_are(client: Client, qing: QingCounty) -> None:
    where = press(client, client.get("/report/"), text="路灯坏了", nature="help")
    assert "<use-position" not in where.content.decode()

    files.apply_boundaries(kept(qing, county_file(qing)), by=qing.shi_runs_the_system, at=MONDAY_9AM)
    where = press(client, client.get("/report/"), text="路灯坏了", nature="help")
    assert "<use-position" in where.content.decode()


def test_the_desk_finds_the_grid(client: Client, qing: QingCounty, drawn: None) -> None:
    client.force_login(qing.qian_walks_the_grid)

    found = client.post("/console/intake/here/", {"lon": GRID[0], "lat": GRID[1]}).json()
    assert found["region"] == str(qing.grid.pk)
    assert "region" not in client.post("/console/intake/here/", {"lon": "x"}).json()
    assert "<use-position" in client.get("/console/intake/").content.decode()
