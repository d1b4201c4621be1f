"""Acting on many rows in a real browser: by keys, and without scripts; every page looked at."""

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from tests import acts
from tests.browser.conftest import PHONE, Shot, forward
from tests.browser.test_console import english
from tests.browser.test_one_case import pick, sit_down
from tests.browser.test_resident import faults
from tests.cast import PASSWORD, QingCounty


@pytest.fixture
def desk(qing: QingCounty) -> QingCounty:
    """Qing County whose people have passwords."""
    for who in (qing.ma_clerks, qing.chen_dispatches):
        who.set_password(PASSWORD)
        who.save()
    return qing


@pytest.fixture
def today() -> datetime:
    """The pages read the clock themselves."""
    return now()


def seen(page: Page, shot: Shot, name: str) -> None:
    """Keep a picture at both widths and find nothing wrong."""
    shot(page, f"bulk-{name}")
    assert faults(page) == [], name
    assert english(page) == set(), name


@pytest.mark.parametrize(("width", "where"), [(PHONE[0], "/console/reports/"), (320, "/console/")])
def test_on_a_phone_no_code_covers_what_is_overdue(
    page: Page, desk: QingCounty, today: datetime, width: int, where: str
) -> None:
    acts.receive(desk, at=today)
    Report.objects.update(due_at=today - timedelta(hours=12, minutes=41))
    sit_down(page, desk.ma_clerks)
    page.set_viewport_size({"width": width, "height": PHONE[1]})
    page.goto(where)

    due, code = (page.locator(each).first.bounding_box() for each in (".row-due time", ".row-number"))
    assert due and code
    assert due["x"] + due["width"] < code["x"] or due["y"] + due["height"] < code["y"]


def test_many_are_chosen_by_keys_checked_and_done(page: Page, shot: Shot, desk: QingCounty, today: datetime) -> None:
    cases = [acts.open_leak(desk, at=today, title=f"柳树村第{number}处漏水") for number in "一二三四"]
    sit_down(page, desk.chen_dispatches)
    page.goto("/console/cases/")
    expect(page.locator("[data-act]")).to_be_disabled()
    for key in ("j", "x", "j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("[data-count]")).to_have_text("已选 3 条")
    seen(page, shot, "list")
    acts.dispatch(desk, Case.objects.order_by("due_at", "id")[1], at=now())

    forward(page, "[data-act]")
    seen(page, shot, "choose")
    forward(page, "button[name=verb][value=dispatch]")
    pick(page, "to", "水务")
    page.fill("textarea[name=note]", "同一条主管线，请一并抢修。")
    seen(page, shot, "form")
    forward(page)
    expect(page.locator("#cannot-title")).to_contain_text("1")
    seen(page, shot, "check")
    forward(page)

    expect(page.locator(".bulk-sum")).to_contain_text("已办 2 条")
    seen(page, shot, "done")
    page.goto("/console/bulk/runs/")
    expect(page.locator(".bulk-list")).to_contain_text("已办 2 条")
    seen(page, shot, "runs")
    assert Case.objects.filter(lead=desk.water).count() == 3
    assert Case.objects.get(lead=None).title in {case.title for case in cases}


def test_the_whole_page_is_chosen_with_one_press(page: Page, desk: QingCounty, today: datetime) -> None:
    for _ in range(3):
        acts.open_leak(desk, at=today)
    sit_down(page, desk.chen_dispatches)
    page.goto("/console/cases/")

    page.check("[data-all] input")
    expect(page.locator("[data-count]")).to_have_text("已选 3 条")
    page.locator(".row-pick input").first.uncheck()
    expect(page.locator("[data-count]")).to_have_text("已选 2 条")
    page.reload()
    expect(page.locator("[data-act]")).to_be_disabled()


def test_reports_are_joined_at_once_without_scripts(
    browser: Browser, live_server: LiveServer, page: Page, shot: Shot, desk: QingCounty, today: datetime
) -> None:
    leak = acts.open_leak(desk, at=today)
    for _ in range(2):
        acts.receive(desk, at=today)
    sit_down(page, desk.ma_clerks)
    state = page.context.storage_state()
    plain = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=state, locale="zh-CN"
    ).new_page()
    plain.goto("/console/reports/")
    for box in plain.locator(".row-pick input").all():
        box.check()
    shot(plain, "bulk-reports")
    forward(plain, "[data-act]")
    shot(plain, "bulk-join")
    plain.check("input[name=candidate]")
    forward(plain)
    shot(plain, "bulk-join-check")
    forward(plain)
    shot(plain, "bulk-join-done")

    assert leak.reports.count() == 3
