"""The page of one's dates in a real browser: made, told once, revoked; looked at in each state."""

from datetime import datetime

from playwright.sync_api import Page, expect

from tests import acts
from tests.browser.conftest import Shot, forward
from tests.browser.test_bulk import desk, seen, today  # noqa: F401
from tests.browser.test_one_case import sit_down
from tests.cast import QingCounty


def test_an_address_is_made_fetched_and_revoked(
    page: Page,
    shot: Shot,
    desk: QingCounty,  # noqa: F811
    today: datetime,  # noqa: F811
) -> None:
    leak = acts.open_leak(desk, at=today)
    sit_down(page, desk.chen_dispatches)
    page.locator(".desk-menu summary").last.click()
    forward(page, page.locator(".desk-menu a", has_text="日程订阅"))
    expect(page.locator("h1")).to_have_text("日程订阅")
    seen(page, shot, "dates-none")
    forward(page, "button[value=make]")
    address = page.locator(".feed-address").inner_text()
    shot(page, "bulk-dates-made")  # the address itself is Latin

    answer = page.request.get(address)
    assert leak.number in answer.text()
    page.goto("/console/dates/")
    seen(page, shot, "dates-fetched")
    forward(page, "button[value=revoke]")
    expect(page.locator("button[value=make]")).to_be_visible()
    assert page.request.get(address).status == 404
