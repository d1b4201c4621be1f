"""Photos in a real browser: with scripts and without, on the resident's pages and at the desk."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from fengqiao.files.models import Attachment
from fengqiao.intake.models import Report
from tests import photos
from tests.browser.conftest import Shot, forward
from tests.browser.test_resident import faults
from tests.cast import QingCounty

WORDS = "村口的自来水管爆了，水漫到路上，家里停水两天了。"


@pytest.fixture
def album(tmp_path: Path) -> list[str]:
    """Two photos, a paper and something that is none of these, as files of a phone."""
    files = {
        "现场一.jpg": photos.photo(1600, 1200),
        "水表.png": photos.photo(600, 900, kind="PNG"),
        "缴费单.pdf": photos.PDF,
        "page.html": photos.HTML,
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return [str(tmp_path / name) for name in files]


def finish(page: Page, qing: QingCounty) -> None:
    """Go on from the second screen to the summary, where lists of places may be one or two."""
    if page.locator("#id_region_township").count():
        page.select_option("#id_region_township", label="东镇")
    else:
        page.select_option("#id_region", qing.willow.code)
    forward(page)
    forward(page)


def test_photos_go_along_without_scripts(
    browser: Browser, live_server: LiveServer, qing: QingCounty, album: list[str], shot: Shot
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/report/")
    page.fill("#id_text", WORDS)
    page.check("input[name=nature][value=help]")
    page.set_input_files("#id_files", album)
    forward(page, "button.btn-primary")
    assert page.locator(".tray-files li").count() == 3
    assert page.locator(".errorlist li").count() == 1
    page.screenshot(path="var/shots/files-plain-refused.png", full_page=True)

    forward(page, ".tray-files li:nth-child(2) button")
    assert page.locator(".tray-files li").count() == 2
    assert page.locator("#id_text").input_value() == WORDS
    forward(page, "button.btn-primary")
    finish(page, qing)
    assert page.locator(".attached li").count() == 2
    forward(page, "button.btn-primary")

    assert page.locator(".receipt-secret").is_visible()
    assert Attachment.objects.filter(thing=Report.objects.get().pk).count() == 2
    context.close()


def test_the_photos_of_a_report_are_seen_by_its_bearer_and_at_the_desk(
    page: Page, shot: Shot, qing: QingCounty, album: list[str]
) -> None:
    page.goto("/report/")
    page.fill("#id_text", WORDS)
    page.locator("label", has_text="求助").click()
    page.set_input_files("#id_files", album[:3])
    forward(page)
    finish(page, qing)
    shot(page, "files-check")
    assert faults(page) == []
    forward(page)
    secret = page.locator(".receipt-secret strong").inner_text()
    report = Report.objects.get()
    page.goto(f"/track/{report.code}/")
    page.fill("#id_secret", secret)
    forward(page)
    page.locator(".attached img").first.wait_for()
    shot(page, "files-track")

    assert faults(page) == []
    assert page.locator(".attached img").evaluate_all("all => all.every((one) => one.naturalWidth > 0)")
    assert Attachment.objects.filter(thing=report.pk).count() == 3
