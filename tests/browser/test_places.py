"""Places in a real browser: a position chooses the grid."""

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from fengqiao.people.models import User
from fengqiao.playbooks.redrawing import files
from tests import acts
from tests.browser.conftest import Shot, forward
from tests.browser.test_resident import faults
from tests.cast import MONDAY_9AM, QingCounty
from tests.playbooks.test_boundaries import county_file, kept


@pytest.fixture
def drawn(qing: QingCounty) -> QingCounty:
    """Qing County with the boundaries of East Town, its village and its grid."""
    files.apply_boundaries(kept(qing, county_file(qing)), by=qing.shi_runs_the_system, at=MONDAY_9AM)
    return qing


def sit_down(context: BrowserContext, live_server: LiveServer, who: User) -> None:
    """Come to the desk without the sign-in pages, which are looked at elsewhere."""
    client = Client()
    client.force_login(who, backend="fengqiao.web.shared.backends.Staff")
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def stand_at(context: BrowserContext, longitude: float, latitude: float) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"longitude": longitude, "latitude": latitude})


def to_where(page: Page) -> None:
    page.goto("/report/")
    page.fill("#id_text", acts.LEAK)
    page.locator("input[name=nature]").first.check()
    forward(page)


def test_a_position_chooses_township_village_and_grid(
    drawn: QingCounty, context: BrowserContext, page: Page, shot: Shot
) -> None:
    stand_at(context, 107.05, 35.05)
    to_where(page)
    page.locator("use-position button").click()

    expect(page.locator("select[name=grid]")).to_have_value(drawn.grid.code)
    expect(page.locator("#id_region_village")).to_have_value(drawn.willow.code)
    expect(page.locator("use-position [role=status]")).to_contain_text("柳树第一网格")
    shot(page, "position")
    assert faults(page) == []


def test_where_nothing_is_drawn_the_page_says_so_and_chooses_nothing(
    drawn: QingCounty, context: BrowserContext, page: Page
) -> None:
    stand_at(context, 108.9, 35.9)
    to_where(page)
    page.locator("use-position button").click()

    expect(page.locator("use-position [role=status]")).to_contain_text("还没有边界")
    expect(page.locator("select[name=region]")).to_have_value("")


def test_a_grid_worker_lets_the_position_fill_in_the_place(
    drawn: QingCounty, context: BrowserContext, live_server: LiveServer, page: Page
) -> None:
    sit_down(context, live_server, drawn.qian_walks_the_grid)
    stand_at(context, 107.05, 35.05)
    page.goto("/console/intake/")
    page.locator("use-position button").click()

    expect(page.locator("#intake_region")).to_have_value(str(drawn.grid.pk))
    expect(page.locator("#intake_region_typed")).to_have_value("东镇 柳树村 柳树第一网格")


def test_choosing_a_village_by_hand_brings_its_grids(drawn: QingCounty, page: Page) -> None:
    to_where(page)
    page.select_option("#id_region_township", label="东镇")
    page.select_option("#id_region_village", label="柳树村")
    expect(page.locator("select[name=grid] option")).to_have_count(2)

    page.select_option("#id_region_township", label="西镇")
    expect(page.locator(".grid-field")).to_be_hidden()


def test_a_late_answer_about_a_place_left_behind_is_not_heard(drawn: QingCounty, page: Page) -> None:
    """Keep back the answer about the township until the village chosen after it has its own."""
    late: list[Route] = []
    to_where(page)
    page.route("**/places/grids/**", lambda route: late.append(route) if not late else route.continue_())
    page.select_option("#id_region_township", label="东镇")
    expect(page.locator("region-picker")).to_have_attribute("aria-busy", "true")
    page.select_option("#id_region_village", label="柳树村")
    expect(page.locator("select[name=grid] option")).to_have_count(2)
    expect(page.locator("region-picker[aria-busy]")).to_have_count(0)

    with page.expect_response("**/places/grids/**"):
        late[0].continue_()
    page.wait_for_timeout(300)
    expect(page.locator("select[name=grid] option")).to_have_count(2)
