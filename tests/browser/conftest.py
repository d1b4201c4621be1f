"""A real Chromium before a real server; without one the tests say so, and under CI that is a failure.

Every page that is looked at is measured at both widths and in both sizes of type. With PICTURES=1 its pictures are
kept in var/shots as well, to be looked at: drawing them costs more than all the rest.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from fengqiao.jobs.launch.where import CHECKOUT
from tests.browser.answering import Answering

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DESK, PHONE = (1440, 900), (390, 844)
SHOTS = CHECKOUT / "var" / "shots"
PATIENCE = 60_000  # milliseconds; what does not come is a fault, what comes late on a busy machine is none

Shot = Callable[[Page, str], None]
WIDTH = "document.documentElement.scrollWidth"
LARGE = "(on) => document.documentElement.classList.toggle('large', on)"
IS_LARGE = "document.documentElement.classList.contains('large')"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is here as needing a browser, and let it look at the database the server writes to."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def chromium() -> str:
    """Find the machine's Chromium; nothing is downloaded."""
    named = os.environ.get("CHROMIUM", "")
    for found in (named, *map(shutil.which, NAMES)):
        if found:
            return found
    missing = "No Chromium on this machine: install it (Debian: apt install chromium fonts-noto-cjk) or set CHROMIUM."
    if os.environ.get("CI", "").lower() in {"true", "1"}:
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Start Chromium once for all browser tests."""
    # Playwright keeps an event loop in this thread, and Django takes that for asynchronous code; it is not.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True)
def _answered_to_the_end(live_server: LiveServer) -> Iterator[None]:
    """Let no request of this test be done in the next, nor while the database is emptied."""
    answering = Answering()
    request_started.connect(answering.begun)
    request_finished.connect(answering.ended)
    yield
    assert answering.is_over()


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A visitor without a past, who reads Chinese."""
    width, height = DESK
    opened = browser.new_context(
        base_url=live_server.url,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": width, "height": height},
    )
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """One page; a script that fails or a resource that the policy refuses fails the test."""
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    yield opened
    assert faults == []


@pytest.fixture
def shot() -> Shot:
    """Measure a page at both widths and in both sizes of type; one wider than the phone fails."""

    def take(page: Page, name: str) -> None:
        page.wait_for_load_state()  # a click comes back when the answer begins, before there is anything to measure
        usual = page.evaluate(IS_LARGE)
        for width, height in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": height})
            for large in (not usual, usual):
                page.evaluate(LARGE, large)
                label = f"{name}-{width}{'-large' if large else ''}"
                _keep(page, label)
                assert page.evaluate(WIDTH) <= width, f"{label} is wider than the window"

    return take


def forward(page: Page, button: str | Locator = ".btn-primary") -> None:
    """Press what leads to another page, and wait until that page is there."""
    with page.expect_navigation():
        (page.locator(button) if isinstance(button, str) else button).click()


def live_in_the_east(page: Page, village: str = "") -> None:
    """Choose East Town, and a village in it, and wait for its grids: what moves a button takes a press on it away."""
    page.select_option("#id_region_township", label="东镇")
    if village:
        page.select_option("#id_region_village", label=village)
    expect(page.locator("region-picker[aria-busy]")).to_have_count(0)


def enter(page: Page, keys: str = "Enter") -> None:
    """Press keys that lead to another page, and wait for that page."""
    with page.expect_navigation():
        page.keyboard.press(keys)


def _keep(page: Page, label: str) -> None:
    """Draw the page as it stands, where pictures are wanted."""
    if os.environ.get("PICTURES"):
        SHOTS.mkdir(parents=True, exist_ok=True)
        # Hiding the caret would style an input, which the page's policy refuses.
        page.screenshot(path=SHOTS / f"{label}.png", full_page=True, animations="disabled", caret="initial")
