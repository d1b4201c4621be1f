"""The first thing anybody sees."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Shot


def test_a_resident_finds_where_to_begin(page: Page, shot: Shot) -> None:
    page.goto("/")

    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    expect(page.locator("h1")).to_be_visible()
    shot(page, "first-page")
