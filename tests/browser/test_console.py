"""The desk in a real browser: by keyboard, without scripts, with two people at one case; the steps looked at."""

import re
from datetime import datetime

import pytest
from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import handling
from fengqiao.intake.models import Report
from tests import acts
from tests.browser.conftest import Shot, enter, forward
from tests.browser.test_one_case import pick, sit_down
from tests.browser.test_resident import faults
from tests.cast import PASSWORD, QingCounty

ENGLISH = re.compile(r"[A-Za-z]{4,}")
SAID_IN_LATIN = {"Ctrl", "Enter", "Tab", "Word", "Excel", "PowerPoint"}


@pytest.fixture
def desk(qing: QingCounty) -> QingCounty:
    """Qing County whose people have passwords."""
    people = (qing.ma_clerks, qing.chen_dispatches, qing.liu_handles_water, qing.wu_supervises, qing.gao_leads)
    for who in people:
        who.set_password(PASSWORD)
        who.save()
    return qing


@pytest.fixture
def today() -> datetime:
    """The pages read the clock themselves."""
    return now()


@pytest.fixture
def sent(desk: QingCounty, today: datetime) -> Case:
    """The burst pipe, with the water bureau since just now."""
    return acts.dispatch(desk, acts.open_leak(desk, at=today), at=today)


def english(page: Page) -> set[str]:
    """Find English words on a Chinese page, names of keys and what people wrote apart."""
    words = page.locator("body").inner_text()
    codes = re.compile(r"[A-Z0-9]{2,}-[A-Z0-9-]+|20\d{6}-[A-Z0-9]{5}|nbs-[\d-]+")
    return set(ENGLISH.findall(codes.sub(" ", words))) - SAID_IN_LATIN


def look(page: Page, shot: Shot, address: str, name: str) -> None:
    """Open a page, keep its picture at both widths, and find nothing wrong with it."""
    page.goto(address)
    shot(page, f"console-{name}")
    assert faults(page) == [], name
    assert english(page) == set(), name


def test_sign_in_and_triage_are_handsome(page: Page, shot: Shot, desk: QingCounty, today: datetime) -> None:
    leak = acts.dispatch(desk, acts.open_leak(desk, at=today), at=today)
    report = acts.receive(desk, at=today).report
    look(page, shot, "/accounts/login/", "sign-in")
    sit_down(page, desk.ma_clerks)
    look(page, shot, f"/console/cases/{leak.number}/", "case-of-others")
    for step in ("open", "join", "decline"):
        look(page, shot, f"/console/reports/{report.code}/?step={step}", f"triage-{step}")


def test_the_steps_of_a_handler_are_handsome_too(page: Page, shot: Shot, desk: QingCounty, sent: Case) -> None:
    sit_down(page, desk.liu_handles_water)
    for step in ("accept", "object", "add_progress", "add_note"):
        look(page, shot, f"/console/cases/{sent.number}/?step={step}", f"step-{step}")
    handling.accept(sent, by=desk.liu_handles_water, at=now())
    look(page, shot, f"/console/cases/{sent.number}/", "step-conclude")
    page.locator(".clock summary").first.click()
    shot(page, "console-why-then")


def test_the_list_is_walked_and_searched_by_keyboard(page: Page, desk: QingCounty, today: datetime) -> None:
    cases = [acts.open_leak(desk, at=today, title=f"第{number}件") for number in range(3)]
    sit_down(page, desk.chen_dispatches)
    page.goto("/console/cases/")

    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    second = page.locator("a.row-link").nth(1)
    expect(second).to_be_focused()
    enter(page)
    expect(page.locator("h1")).to_contain_text("件")

    page.goto("/console/cases/")
    page.keyboard.press("/")
    page.keyboard.type("第2件")
    page.keyboard.press("Enter")
    expect(page.locator("a.row-link")).to_have_count(1)
    expect(page).to_have_url(re.compile("q="))
    expect(page.locator("a.row-link")).to_contain_text(cases[2].number)
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page).to_have_url(re.compile("/console/help/"))


def test_a_call_is_taken_in_without_touching_the_mouse(page: Page, shot: Shot, desk: QingCounty, sent: Case) -> None:
    sit_down(page, desk.ma_clerks)
    page.goto("/console/intake/")
    expect(page.locator("#intake_text")).to_be_focused()
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.url))
    page.keyboard.type("东镇柳树村自来水管爆了，我家也停水了。")
    page.keyboard.press("Tab")
    page.keyboard.type("柳树")
    page.keyboard.press("Tab")
    expect(page.locator("#similar")).to_contain_text("柳树村自来水管爆裂")
    assert asked and all("text=" not in each for each in asked)  # what was said is in no address
    page.keyboard.type("村口往东")
    shot(page, "console-intake-typed")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".slip-code")).to_have_count(2)
    shot(page, "console-received")
    report = Report.objects.get(place="村口往东")
    assert report.region == desk.willow
    page.reload()
    expect(page.locator(".slip-code")).to_have_count(1)


def test_who_came_too_late_keeps_what_they_wrote(page: Page, shot: Shot, desk: QingCounty, sent: Case) -> None:
    sit_down(page, desk.liu_handles_water)
    page.goto(f"/console/cases/{sent.number}/?step=add_progress")
    handling.add_note(sent, note="刚刚又有人来电", by=desk.chen_dispatches, at=now())

    page.fill("textarea[name=public]", "已派人去看")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("textarea[name=public]")).to_have_value("已派人去看")
    expect(page.locator(".case-log")).to_contain_text("刚刚又有人来电")
    shot(page, "console-too-late")
    page.locator(".case-step .btn-primary").click()
    expect(page.locator(".case-log .log-public").first).to_contain_text("已派人去看")


def test_once_a_step_is_taken_its_form_is_neither_reloaded_nor_gone_back_to(
    page: Page, desk: QingCounty, sent: Case
) -> None:
    sit_down(page, desk.liu_handles_water)
    page.goto(f"/console/cases/{sent.number}/")
    page.locator(".other-steps a[href*=object]").click()
    expect(page.locator("#step_basis")).to_be_visible()
    page.locator(".other-steps a[href*=add_note]").click()
    page.fill("#step_note", "先停水再开挖")
    page.locator(".step-card .btn-primary").click()
    expect(page.locator(".case-log")).to_contain_text("先停水再开挖")

    assert page.url.endswith(f"/console/cases/{sent.number}/")
    expect(page.locator("#step_note")).to_have_count(0)
    page.go_back()
    expect(page.locator("#step_basis")).to_be_visible()
    expect(page.locator(".case-log")).to_contain_text("先停水再开挖")


def test_a_contact_shows_where_it_was_hidden(page: Page, desk: QingCounty, sent: Case) -> None:
    sit_down(page, desk.liu_handles_water)
    page.goto(f"/console/cases/{sent.number}/")
    expect(page.locator(".contact")).not_to_contain_text("13900000012")

    page.locator(".contact button").click()

    expect(page.locator(".contact.is-shown")).to_contain_text("13900000012")
    expect(page.locator(".case-log")).to_be_visible()


def test_several_units_are_chosen_by_typing(page: Page, shot: Shot, desk: QingCounty, today: datetime) -> None:
    case = acts.open_leak(desk, at=today)
    sit_down(page, desk.chen_dispatches)
    page.goto(f"/console/cases/{case.number}/")

    pick(page, "to", "水务")
    pick(page, "assist", "交通")
    page.fill("#step_assist_typed", "东镇")
    shot(page, "console-choosing")
    page.press("#step_assist_typed", "Enter")
    page.locator(".case-step .btn-primary").click()

    expect(page.locator(".tag-status")).to_have_text("待签收")
    assert {unit.name for unit in case.assistants.all()} == {"清县交通局", "东镇人民政府"}


def test_everything_works_without_scripts(
    browser: Browser, live_server: LiveServer, desk: QingCounty, sent: Case
) -> None:
    context = browser.new_context(base_url=live_server.url, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    sit_down(page, desk.liu_handles_water)
    page.goto(f"/console/cases/{sent.number}/")

    forward(page, page.locator(".other-steps a").first)
    page.check("input[name=reason][value=not_our_duty]")
    page.fill("textarea[name=basis]", "《公路法》第八条")
    page.select_option("select[name=names]", label="清县交通局")
    forward(page, ".case-step .btn-primary")

    sent.refresh_from_db()
    assert sent.status == "objected"
    context.close()
