"""Searching in a real browser: typed, found without leaving the page, marked."""

from datetime import datetime

from django.utils.timezone import now
from playwright.sync_api import Page, expect

from tests import acts
from tests.browser.conftest import Shot
from tests.browser.test_one_case import sit_down
from tests.cast import PASSWORD, QingCounty


def test_a_word_is_found_in_what_is_done_and_marked(qing: QingCounty, page: Page, shot: Shot) -> None:
    at: datetime = now()
    qing.chen_dispatches.set_password(PASSWORD)
    qing.chen_dispatches.save()
    acts.open_leak(qing, at=at)
    acts.conclude(qing, acts.dispatch(qing, acts.open_leak(qing, at=at), at=at), at=at)
    sit_down(page, qing.chen_dispatches)

    page.goto("/console/cases/")
    expect(page.locator(".list-row")).to_have_count(1)
    page.get_by_role("searchbox").fill("停水两天")
    page.keyboard.press("Enter")

    expect(page.locator(".list-row")).to_have_count(2)
    expect(page.locator("mark").first).to_have_text("停水两天")
    shot(page, "search")
