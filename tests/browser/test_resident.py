"""A resident's way through the pages, in a real browser: with scripts and without, on a phone and at a desk."""

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
from fengqiao.jobs.launch.where import CHECKOUT
from tests import acts
from tests.browser.conftest import Shot, enter, forward, live_in_the_east
from tests.cast import MONDAY_9AM, QingCounty

AXE = CHECKOUT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SMALL_TARGETS = """[...document.querySelectorAll("a.btn, a.door, button, input, select, textarea, summary")]
  .filter((each) => each.offsetParent && !each.closest(".visually-hidden") && each.type !== "hidden")
  .filter((each) => !["radio", "checkbox"].includes(each.type) && each.getBoundingClientRect().height < 43.5)
  .map((each) => each.outerHTML.slice(0, 120))"""
WEIGHT = """performance.getEntriesByType("navigation").concat(performance.getEntriesByType("resource"))
  .reduce((total, each) => total + each.encodedBodySize, 0)"""


def serious(page: Page) -> list[str]:
    """List what axe calls serious or worse."""
    page.wait_for_load_state()
    page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    found = page.evaluate("axe.run().then((result) => result.violations)")
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found if each["impact"] in LOUD]


def faults(page: Page) -> list[str]:
    """List what axe calls serious or worse, and what a thumb would miss."""
    return serious(page) + list(page.evaluate(SMALL_TARGETS))


LOUD = ("serious", "critical")
VILLAGE = "629901101201"
PLACES = [
    "/privacy/",
    "/my/",
    "/my/paper/",
    "/places/",
    f"/place/{VILLAGE}/",
    f"/place/{VILLAGE}/qr/",
    f"/place/{VILLAGE}/qr/?size=stickers",
]


def tell(page: Page) -> None:
    """Fill the three screens, up to the summary."""
    page.goto("/")
    forward(page, ".door-primary")
    page.fill("#id_text", acts.LEAK)
    page.locator("label", has_text="求助").or_(page.locator("label", has_text="Call for help")).click()
    forward(page)
    live_in_the_east(page, "柳树村")
    page.fill("#id_place", "村口小学对面")
    forward(page)
    page.fill("#id_phone", "139 0000 0012")
    forward(page)


def test_a_resident_reports_follows_and_answers(page: Page, shot: Shot, qing: QingCounty) -> None:
    page.goto("/")
    shot(page, "resident-home")
    assert faults(page) == []

    tell(page)
    shot(page, "resident-check")
    assert faults(page) == []

    forward(page)
    shot(page, "resident-receipt")
    assert faults(page) == []
    secret = page.locator(".receipt-secret strong").inner_text()
    report = Report.objects.get()
    assert report.region == qing.willow

    page.goto(f"/track/{report.code}/")
    page.fill("#id_secret", secret)
    forward(page)
    case = triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=report.received_at)
    acts.dispatch(qing, case, at=report.received_at)
    acts.conclude(qing, case, at=report.received_at)
    page.reload()
    shot(page, "resident-track")
    assert faults(page) == []

    forward(page, ".door-primary")
    page.locator("#id_solved label").first.click()
    shot(page, "resident-evaluate")
    assert faults(page) == []
    forward(page)
    assert case.evaluations.get().solved == "yes"


def test_mistakes_are_shown_beside_their_fields(page: Page, shot: Shot, qing: QingCounty) -> None:
    page.goto("/report/")
    forward(page)
    shot(page, "resident-mistakes")

    assert faults(page) == []
    assert page.locator("#id_text").get_attribute("aria-invalid") == "true"
    assert "id_text_error" in str(page.locator("#id_text").get_attribute("aria-describedby"))


def test_the_browsers_back_button_keeps_what_was_typed(page: Page, qing: QingCounty) -> None:
    tell(page)
    page.go_back()
    page.go_back()
    page.go_back()

    assert page.locator("#id_text").input_value() == acts.LEAK


def test_an_impatient_second_press_is_one_report(page: Page, qing: QingCounty) -> None:
    tell(page)
    page.locator(".btn-primary").dblclick()
    page.wait_for_url("**/receipt/**")

    assert Report.objects.count() == 1
    assert page.locator(".receipt-secret").is_visible()


def test_everything_works_without_scripts(browser: Browser, live_server: LiveServer, qing: QingCounty) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/report/")
    page.fill("#id_text", acts.LEAK)
    page.check("input[name=nature][value=help]")
    forward(page)
    page.select_option("#id_region", qing.willow.code)
    forward(page)
    forward(page)
    forward(page)

    assert page.locator(".receipt-secret").is_visible()
    assert Report.objects.get().text == acts.LEAK
    context.close()


def test_the_enter_key_goes_on_and_does_not_change_the_type(page: Page, qing: QingCounty) -> None:
    tell(page)
    forward(page, "button[name=to][value=where]")
    page.focus("#id_place")
    enter(page)

    assert page.locator(".facts").is_visible()


@pytest.mark.parametrize("address", ["/", "/report/", "/about/", "/track/", "/nowhere/", *PLACES])
def test_each_page_is_light_and_sound(page: Page, qing: QingCounty, address: str) -> None:
    page.goto(address)

    assert faults(page) == []
    assert page.evaluate(WEIGHT) < 100_000


def test_large_type_holds_on_every_page(page: Page, shot: Shot, qing: QingCounty) -> None:
    page.goto("/")
    forward(page, "form[action='/large-type/'] button")
    shot(page, "resident-large")
    page.goto("/report/")

    assert page.locator("html.large").count() == 1
    assert faults(page) == []


def test_a_late_case_is_shown_as_late(page: Page, shot: Shot, qing: QingCounty) -> None:
    receipt = acts.receive(qing)
    case = triaging.open_case(receipt.report, acts.opening(qing), by=qing.ma_clerks, at=MONDAY_9AM)
    acts.dispatch(qing, case)
    page.goto(f"/track/{receipt.report.code}/")
    page.locator(".clock summary").click()
    shot(page, "resident-late")

    assert page.locator(".left-late").is_visible()
    assert faults(page) == []
