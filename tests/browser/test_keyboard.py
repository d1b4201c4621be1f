"""Everything by keys alone, seeing where one is at each stop: a resident reports, a dispatcher dispatches."""

from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from tests import acts
from tests.browser.conftest import enter
from tests.browser.test_bulk import desk, today  # noqa: F401
from tests.browser.test_one_case import sit_down
from tests.cast import PASSWORD, QingCounty

MOST_STOPS = 80
# What is drawn around whatever has the focus, up to the label or card that shows it; taken with the focus and without.
SEEN = """() => {
  const here = document.activeElement;
  const drawn = () => {
    const found = [];
    for (let one = here, up = 0; one && up < 4; one = one.parentElement, up++) {
      const style = getComputedStyle(one);
      found.push([style.outline, style.boxShadow, style.borderColor, style.backgroundColor].join());
    }
    return found.join("|");
  };
  here.getAnimations({ subtree: true }).forEach((one) => one.finish());
  const box = here.getBoundingClientRect();
  const withFocus = drawn();
  here.blur();
  const without = drawn();
  here.focus();
  return box.width > 0 && box.height > 0 && withFocus !== without;
}"""
WHERE = "() => document.activeElement.outerHTML.slice(0, 160)"


def go_to(page: Page, target: str) -> None:
    """Press Tab until the focus is on the target; every stop on the way must be seen."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement === document.body"):
            continue
        assert page.evaluate(SEEN), f"the focus is not seen on {page.evaluate(WHERE)}"
        if page.evaluate("(target) => document.activeElement.matches(target)", target):
            return
    pytest.fail(f"{target} cannot be reached by Tab")


def choose(page: Page, label: str) -> None:
    """Press the arrow in the select one is in until it shows this."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("ArrowDown")
        if page.evaluate("() => document.activeElement.selectedOptions[0].label") == label:
            return
    pytest.fail(f"{label} cannot be chosen by keys")


def test_a_resident_reports_by_keys_alone(page: Page, qing: QingCounty) -> None:
    page.goto("/")
    go_to(page, ".door-primary")
    enter(page)

    go_to(page, "#id_text")
    page.keyboard.type(acts.LEAK)
    go_to(page, "input[type=radio][name=nature]")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("input[name=nature]:checked").get_attribute("value")
    go_to(page, "main .btn-primary")
    enter(page)

    go_to(page, "#id_region_township")
    choose(page, "东镇")
    go_to(page, "#id_region_village")
    choose(page, "柳树村")
    go_to(page, "#id_place")
    page.keyboard.type("村口小学对面")
    go_to(page, "main .btn-primary")
    enter(page)

    go_to(page, "#id_phone")
    page.keyboard.type("13900000012")
    go_to(page, "main .btn-primary")
    enter(page)
    go_to(page, "main .btn-primary")
    enter(page)

    expect(page.locator(".receipt-code").first).to_be_visible()
    report = Report.objects.get()
    assert (report.text, report.nature, report.region) == (acts.LEAK, chosen, qing.willow)
    assert (report.place, report.phone) == ("村口小学对面", "13900000012")


def test_a_dispatcher_signs_in_and_dispatches_by_keys_alone(
    page: Page,
    desk: QingCounty,  # noqa: F811
    today: datetime,  # noqa: F811
) -> None:
    leak = acts.open_leak(desk, at=today)
    page.goto("/console/")
    if not page.evaluate("() => document.activeElement.matches('[name=login]')"):
        go_to(page, "[name=login]")
    page.keyboard.type(desk.chen_dispatches.username)
    go_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    enter(page)

    go_to(page, "a[href='/console/cases/']")
    enter(page)
    page.keyboard.press("j")
    assert page.evaluate(SEEN)
    expect(page.locator("a.row-link").first).to_be_focused()
    enter(page)

    go_to(page, "#step_to_typed")
    page.keyboard.type("水务")
    page.keyboard.press("Enter")
    go_to(page, "#step_note")
    page.keyboard.type("请今日到场。")
    go_to(page, ".case-step .btn-primary")
    page.keyboard.press("Enter")

    expect(page.locator(".case-log")).to_contain_text("请今日到场。")
    leak.refresh_from_db()
    assert leak.lead == desk.water


def test_the_first_stop_leads_past_the_places_to_go(page: Page, desk: QingCounty) -> None:  # noqa: F811
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate(SEEN)
    assert page.evaluate("() => document.activeElement.getAttribute('href')") == "#main"


def test_rows_are_chosen_and_a_note_is_left_on_them_by_keys_alone(
    page: Page,
    desk: QingCounty,  # noqa: F811
    today: datetime,  # noqa: F811
) -> None:
    for _ in range(2):
        acts.open_leak(desk, at=today)
    page.goto("/console/cases/")
    expect(page.locator("[name=login]")).to_be_focused()
    page.keyboard.type(desk.chen_dispatches.username)
    go_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    enter(page)
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator(".row-pick input:checked")).to_have_count(2)

    for _ in range(MOST_STOPS):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("() => document.activeElement.matches('[data-act]')"):
            break
    enter(page)
    go_to(page, "button[value=add_note]")
    enter(page)
    go_to(page, "#step_note")
    page.keyboard.type("已与村里联系")
    enter(page, "Control+Enter")
    go_to(page, ".bulk-check .btn-primary")
    enter(page)

    expect(page.locator(".bulk-sum")).to_contain_text("已办 2 条")
    assert Case.objects.filter(log__note="已与村里联系").count() == 2


def test_a_clerk_stands_at_the_fault_and_then_near_what_comes_next(
    page: Page,
    desk: QingCounty,  # noqa: F811
    today: datetime,  # noqa: F811
) -> None:
    acts.open_leak(desk, at=today)
    sit_down(page, desk.ma_clerks)
    page.goto("/console/intake/")
    page.keyboard.type(acts.LEAK)
    enter(page, "Control+Enter")
    expect(page.locator("#intake_region_typed")).to_be_focused()

    page.keyboard.type("柳树")
    page.keyboard.press("Enter")
    go_to(page, "#intake_phone")
    page.keyboard.type("1390000012")
    enter(page, "Control+Enter")
    expect(page.locator("#intake_phone")).to_be_focused()
    expect(page.locator("#similar")).to_contain_text("柳树村")  # what was found before is found again

    page.keyboard.press("End")
    page.keyboard.type("3")
    enter(page, "Control+Enter")
    for _ in range(3):  # past triage
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.accessKey === 'n'"):
            break
    enter(page)
    expect(page.locator("#intake_text")).to_be_focused()


def test_a_resident_hears_what_is_wrong(page: Page, qing: QingCounty) -> None:
    page.goto("/report/")
    go_to(page, "main .btn-primary")
    enter(page)

    expect(page.locator(".error-summary")).to_be_focused()
