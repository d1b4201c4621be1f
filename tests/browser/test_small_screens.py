"""What a narrow window asks of pages made of tables: nothing is scrolled to, and a name is read in one go."""

from datetime import datetime, timedelta

from django.utils.timezone import now
from playwright.sync_api import Page

from fengqiao.cases.models import Case
from tests import acts
from tests.browser.conftest import PHONE
from tests.browser.test_console import desk  # noqa: F401  the people with passwords
from tests.browser.test_one_case import sit_down
from tests.cast import QingCounty

HIDDEN = "(box) => box.scrollWidth - box.clientWidth"


def test_the_board_of_the_day_is_read_on_a_phone(page: Page, desk: QingCounty) -> None:  # noqa: F811
    today: datetime = now()
    acts.receive(desk, at=today)
    acts.dispatch(desk, acts.open_leak(desk, at=today), at=today)
    Case.objects.update(due_at=today - timedelta(days=4, hours=5))
    sit_down(page, desk.chen_dispatches)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto("/console/day/")

    came = page.locator("section[aria-labelledby=came-title]")
    assert came.locator(".table-scroll").evaluate(HIDDEN) == 0
    name, total = (came.locator(f"tbody tr:first-child {each}").bounding_box() for each in ("th", "th + td"))
    assert name and total and abs(name["y"] - total["y"]) < 1
    assert total["x"] + total["width"] <= PHONE[0]
    unit = page.locator("section[aria-labelledby=late-title] tbody th").first
    assert unit.evaluate("(name) => name.getClientRects()[0].width") > PHONE[0] / 2
