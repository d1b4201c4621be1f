"""How a form that can take files goes to the server: with files in parts, without any like every other form."""

import pytest
from django.utils.timezone import now
from playwright.sync_api import BrowserContext, Page, Request, expect

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import handling
from fengqiao.files.models import Attachment
from fengqiao.intake.models import Report
from tests import acts, photos
from tests.browser.conftest import forward
from tests.browser.test_files import come_to_the_desk
from tests.cast import QingCounty

WORDS = "村口的自来水管爆了，100% & “停水”=两天。\n第二行：水漫到路上。"
PLAIN, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
PUT = """(field, bytes) => {
  const held = new DataTransfer();
  held.items.add(new File([new Uint8Array(bytes)], "现场.jpg", { type: "image/jpeg" }));
  field.files = held.files;
}"""  # as where the script that sends files ahead did not run: the file stays in the field


@pytest.fixture
def sent(page: Page) -> list[str]:
    """How each form was sent; what is asked while one writes is none."""
    kinds: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and not request.url.endswith("/similar/"):
            kinds.append(request.headers["content-type"].partition(";")[0])

    page.on("request", note)
    return kinds


@pytest.fixture
def case(qing: QingCounty) -> Case:
    """A case that is accepted and can be concluded."""
    sent = acts.dispatch(qing, acts.open_leak(qing, at=now()), at=now())
    return handling.accept(sent, by=qing.liu_handles_water, at=now())


def choose_a_place(page: Page) -> None:
    page.fill("#intake_region_typed", "柳树")
    page.keyboard.press("Enter")


def hold_a_photo(page: Page) -> None:
    page.locator("#id_files").evaluate(PUT, list(photos.photo()))


def test_a_report_without_files_goes_like_every_form(
    page: Page, context: BrowserContext, qing: QingCounty, sent: list[str]
) -> None:
    come_to_the_desk(context, page, qing.ma_clerks)
    page.goto("/console/intake/")
    page.fill("#intake_text", WORDS)
    forward(page, "form.intake .btn-primary")
    assert page.locator("#intake_text").input_value() == WORDS  # asked where it lies, and nothing typed is lost

    choose_a_place(page)
    page.fill("#intake_reporter", "何秀英")
    forward(page, "form.intake .btn-primary")

    report = Report.objects.get()
    assert (report.text, report.reporter) == (WORDS, "何秀英")
    assert sent == [PLAIN, PLAIN]


def test_a_file_still_in_its_field_goes_in_parts(
    page: Page, context: BrowserContext, qing: QingCounty, sent: list[str]
) -> None:
    come_to_the_desk(context, page, qing.ma_clerks)
    page.goto("/console/intake/")
    page.fill("#intake_text", WORDS)
    choose_a_place(page)
    hold_a_photo(page)
    forward(page, "form.intake .btn-primary")

    assert sent == [PARTS]
    assert Report.objects.get().text == WORDS
    assert Attachment.objects.get().thing == Report.objects.get().pk


def test_a_step_that_was_refused_without_a_file_takes_one_afterwards(
    page: Page, context: BrowserContext, qing: QingCounty, case: Case, sent: list[str]
) -> None:
    come_to_the_desk(context, page, qing.liu_handles_water)
    page.goto(f"/console/cases/{case.number}/?step=conclude")
    page.check("input[name=outcome][value=cannot_now]")
    page.fill("#step_public_reply", WORDS)
    page.locator(".step-card .btn-primary").click()
    expect(page.locator("[data-first-error]")).to_be_visible()
    assert page.locator("#step_public_reply").input_value() == WORDS

    page.fill("#step_further", "十二月十日前更换")
    hold_a_photo(page)
    page.locator(".step-card .btn-primary").click()

    expect(page.locator(".tag-status")).to_have_text("已办结")
    assert sent == [PLAIN, PARTS]
    line = case.log.get(verb="conclude")
    assert line.public.startswith(WORDS)
    assert Attachment.objects.get().thing == line.pk


def test_a_step_that_was_lost_on_its_way_takes_a_file_the_next_time(
    page: Page, context: BrowserContext, qing: QingCounty, case: Case, sent: list[str]
) -> None:
    come_to_the_desk(context, page, qing.liu_handles_water)
    page.goto(f"/console/cases/{case.number}/?step=add_progress")
    page.fill("#step_public", WORDS)
    page.route("**/add_progress/", lambda route: route.abort(), times=1)
    page.locator(".step-card .btn-primary").click()
    expect(page.locator("#request-failed")).to_be_visible()

    hold_a_photo(page)
    page.locator(".step-card .btn-primary").click()

    expect(page.locator(".case-log .attached")).to_have_count(1)
    assert sent == [PLAIN, PARTS]


def test_very_long_words_go_in_parts(page: Page, qing: QingCounty, sent: list[str]) -> None:
    page.goto("/report/")
    page.locator("#id_text").evaluate("(box) => { box.value = '水'.repeat(300_000) }")
    forward(page)

    assert sent == [PARTS]
    expect(page.locator("#id_text_error")).to_be_visible()


def test_the_button_that_was_pressed_is_told(page: Page, qing: QingCounty, sent: list[str]) -> None:
    page.goto("/report/")
    page.fill("#id_text", WORDS)
    page.locator("label", has_text="求助").click()
    forward(page)
    forward(page, ".btn-row .btn-link")

    assert page.locator("#id_text").input_value() == WORDS
    assert sent == [PLAIN, PLAIN]
