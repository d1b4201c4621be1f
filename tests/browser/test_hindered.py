"""The database goes while a form is on its way: a real page, pressed once more, and nothing is lost or twice."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from tests.browser.conftest import PHONE, Shot, forward
from tests.browser.test_one_case import sit_down, staff
from tests.cast import QingCounty
from tests.web.shared.test_hindered import end_whoever_waits, other

__all__ = ["staff"]


@contextmanager
def ended_in_mid_request(table: str) -> Iterator[None]:
    """Let the next request wait for this table and end its backend there, as a restart of the database would."""
    with other() as holding:
        holding.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        ending = threading.Thread(target=end_whoever_waits)
        ending.start()
        yield
        ending.join()


@pytest.fixture
def old_phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A phone without JavaScript."""
    width, height = PHONE
    opened = browser.new_context(
        base_url=live_server.url, locale="zh-CN", viewport={"width": width, "height": height}, java_script_enabled=False
    )
    yield opened.new_page()
    opened.close()


def test_without_scripts_a_report_is_sent_again_from_the_page_that_kept_it(
    old_phone: Page, page: Page, shot: Shot, qing: QingCounty
) -> None:
    old_phone.goto("/report/")
    old_phone.fill("#id_text", "水管爆了，家里停水两天。\n请来看看。")
    old_phone.locator("label", has_text="求助").click()
    forward(old_phone)
    old_phone.select_option("#id_region", qing.willow.code)
    forward(old_phone)
    forward(old_phone)
    with ended_in_mid_request("intake_reportclock"):
        forward(old_phone)

    expect(old_phone.locator("h1")).to_have_text("系统暂时无法应答")
    shot(old_phone, "hindered-report")
    assert Report.objects.count() == 0

    forward(old_phone)
    expect(old_phone.locator(".receipt-code").first).to_be_visible()
    assert Report.objects.get().text == "水管爆了，家里停水两天。\n请来看看。"


def test_a_step_at_the_desk_keeps_its_form_and_is_pressed_again(
    page: Page, shot: Shot, staff: QingCounty, leak: Case
) -> None:
    sit_down(page, staff.chen_dispatches)
    page.goto(f"/console/cases/{leak.number}/?step=add_note")
    page.fill("textarea[name=note]", "先电话问过，水务局今天有人。")
    button = page.locator("form[action$='/add_note/'] .btn-primary")
    with ended_in_mid_request("cases_caselog"):
        button.click()
        expect(page.locator("#request-failed")).to_be_visible()

    expect(page.locator("#request-failed")).to_contain_text("数据库正在重新启动")
    expect(page.locator("textarea[name=note]")).to_have_value("先电话问过，水务局今天有人。")
    shot(page, "hindered-step")

    button.click()
    expect(page.locator(".case-log")).to_contain_text("先电话问过，水务局今天有人。")
    expect(page.locator("#request-failed")).to_be_hidden()
    assert leak.log.filter(verb="add_note").count() == 1
