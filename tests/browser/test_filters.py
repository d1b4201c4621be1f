"""Keeping a filter in a real browser, while htmx swaps the rows; every page looked at."""

from datetime import datetime

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from tests import acts
from tests.browser.conftest import Shot, forward
from tests.browser.test_bulk import desk, seen  # noqa: F401
from tests.browser.test_one_case import sit_down
from tests.cast import QingCounty


@pytest.fixture
def today() -> datetime:
    """The pages read the clock themselves."""
    return now()


def test_a_filter_is_kept_opened_first_and_found_again(
    page: Page,
    shot: Shot,
    desk: QingCounty,  # noqa: F811
    today: datetime,
) -> None:
    acts.dispatch(desk, acts.open_leak(desk, at=today), at=today)
    acts.open_leak(desk, at=today)
    sit_down(page, desk.chen_dispatches)
    page.goto("/console/cases/")
    page.select_option("#filter_status", "dispatched")
    expect(page.locator("a.row-link")).to_have_count(1)
    page.locator(".saved-keep summary").click()
    page.fill("#filter-name", "待签收的")
    seen(page, shot, "filter-keep")
    forward(page, ".saved-keep .btn")

    expect(page.locator(".saved-tabs [aria-current]")).to_have_text("待签收的")
    seen(page, shot, "filter-tabs")
    forward(page, ".saved-arrange")
    forward(page, "button[value=open_first]")
    seen(page, shot, "filter-arrange")
    page.goto("/console/cases/")
    expect(page.locator(".saved-tabs [aria-current]")).to_have_text("待签收的")
    forward(page, page.locator(".saved-tabs a").first)
    expect(page.locator("a.row-link")).to_have_count(2)
