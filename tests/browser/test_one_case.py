"""One matter from the resident's phone to the revisit, through the pages alone: two windows, six people."""

import re

import pytest
from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from fengqiao.cases.models import Case
from fengqiao.jobs import follow
from fengqiao.kit.codes import tidy
from fengqiao.people.models import User
from tests import acts
from tests.browser.conftest import PHONE, Shot, forward
from tests.browser.test_resident import serious, tell
from tests.cast import PASSWORD, QingCounty

REPLY = "水管昨天换好了，今天早上六点恢复供水，水质已检测合格。"


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Page:
    """The resident's phone."""
    width, height = PHONE
    opened = browser.new_context(
        base_url=live_server.url, locale="zh-CN", viewport={"width": width, "height": height}, has_touch=True
    )
    return opened.new_page()


@pytest.fixture
def staff(qing: QingCounty) -> QingCounty:
    """Qing County with people who have passwords."""
    for who in (qing.ma_clerks, qing.chen_dispatches, qing.liu_handles_water):
        who.set_password(PASSWORD)
        who.save()
    return qing


def sit_down(page: Page, user: User) -> None:
    """Sign in; whoever sat here before is signed out."""
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/console/**")


def pick(page: Page, field: str, words: str) -> None:
    """Choose from a list by typing."""
    page.fill(f"#step_{field}_typed", words)
    page.press(f"#step_{field}_typed", "Enter")


def press(page: Page) -> None:
    """Press the one primary button of the step, and wait for what was done to be told."""
    page.locator(".case-step .btn-primary, main form .btn-primary").first.click()


def case_page(page: Page, group: str, title: str) -> None:
    """Go from "what needs me now" to a case."""
    expect(page.locator("main")).to_contain_text(group)
    forward(page, page.locator("main a", has_text=title).first)
    expect(page.locator("h1")).to_contain_text(title)


def test_a_report_made_on_a_phone_reaches_its_revisit(page: Page, phone: Page, shot: Shot, staff: QingCounty) -> None:
    tell(phone)
    forward(phone)
    code = tidy(phone.locator(".receipt-code").first.inner_text())
    secret = phone.locator(".receipt-secret strong").inner_text()

    sit_down(page, staff.ma_clerks)
    shot(page, "flow-1-clerk")
    forward(page, page.locator("main a", has_text=re.compile(acts.LEAK[:8])).first)
    page.fill("#triage_title", "柳树村自来水管爆裂")
    shot(page, "flow-2-triage")
    forward(page, "main form .btn-primary")
    expect(page.locator("h1")).to_contain_text("柳树村自来水管爆裂")

    sit_down(page, staff.chen_dispatches)
    case_page(page, "待分流", "柳树村自来水管爆裂")
    pick(page, "to", "水务")
    shot(page, "flow-3-dispatch")
    press(page)
    expect(page.locator(".case-log")).to_contain_text("清县水务局")

    sit_down(page, staff.liu_handles_water)
    case_page(page, "待签收", "柳树村自来水管爆裂")
    shot(page, "flow-4-accept")
    press(page)
    expect(page.locator(".tag-status")).to_have_text("办理中")
    page.check("input[name=outcome][value=solved]")
    page.fill("textarea[name=public_reply]", REPLY)
    shot(page, "flow-5-conclude")
    press(page)
    expect(page.locator(".tag-status")).to_have_text("已办结")

    phone.goto(f"/track/{code}/")
    phone.fill("#id_secret", secret)
    forward(phone)
    expect(phone.locator("main")).to_contain_text(REPLY)
    forward(phone, ".door-primary")
    phone.locator("#id_solved label").nth(1).click()  # partly: that alone asks for a revisit
    phone.locator("#id_satisfied label").first.click()
    forward(phone)
    expect(phone.locator("main")).to_contain_text("评价")

    sit_down(page, staff.chen_dispatches)
    case_page(page, "可以归档", "柳树村自来水管爆裂")
    shot(page, "flow-6-archive")
    press(page)
    expect(page.locator(".tag-status")).to_have_text("已归档")

    assert follow.follow(now()).done > 0  # the worker comes by
    sit_down(page, staff.ma_clerks)
    case_page(page, "待回访", "柳树村自来水管爆裂")
    page.check("input[name=channel][value=call]")
    page.check("input[name=solved][value=yes]")
    page.fill("textarea[name=words]", "水一直正常，没有再停。")
    shot(page, "flow-7-revisit")
    assert serious(page) == []
    press(page)
    expect(page.locator(".tag-status")).to_have_text("已回访")
    shot(page, "flow-8-end")

    case = Case.objects.get()
    verbs = list(case.log.order_by("line").values_list("verb", flat=True))
    assert verbs == ["open", "dispatch", "accept", "conclude", "evaluate", "archive", "plan_revisit", "revisit"]
    assert case.evaluations.get().solved == "partly"
    phone.reload()
    shot(phone, "flow-9-resident-end")
