"""Photos in a real browser: with scripts and without, on the resident's pages and at the desk."""

import json
import random
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.timezone import now
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from fengqiao.files import keeping
from fengqiao.files.models import Attachment
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
from fengqiao.people.models import User
from tests import acts, photos
from tests.browser.conftest import Shot, forward, live_in_the_east
from tests.browser.test_resident import faults, serious
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


def are_drawn(pictures: Locator) -> bool:
    """Test if each picture can be drawn, once it has come: one further down is asked for when it is looked at."""
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
    return bool(pictures.evaluate_all("all => all.every((one) => one.naturalWidth > 0)"))


def finish(page: Page, qing: QingCounty) -> None:
    """Go on from the second screen to the summary, where lists of places may be one or two."""
    if page.locator("#id_region_township").count():
        live_in_the_east(page)
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
    shot(page, "files-plain-refused")

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


def test_a_place_for_files_speaks_the_pages_words(page: Page, qing: QingCounty, album: list[str]) -> None:
    """A browser says “Choose files” in its own language, whatever the page is in."""
    page.goto("/report/")
    place = page.locator("file-chooser")
    expect(place).to_have_text("从本机选择或拖到这里")
    assert place.locator("input").evaluate("each => getComputedStyle(each).opacity") == "0"

    with page.expect_file_chooser() as opened:
        place.click()
    opened.value.set_files(album[:1])
    expect(page.locator(".tray-files img")).to_have_count(1)
    expect(place).to_have_text("从本机选择或拖到这里")


def test_one_file_is_named_once_it_is_chosen(
    page: Page, context: BrowserContext, shot: Shot, qing: QingCounty, album: list[str]
) -> None:
    come_to_the_desk(context, page, qing.shi_runs_the_system)
    page.goto("/console/setup/regions/boundaries/")
    shot(page, "file-not-chosen")
    assert serious(page) == []

    page.set_input_files("input[type=file]", album[0])
    expect(page.locator("[data-said]")).to_have_text(Path(album[0]).name)


def test_the_photos_of_a_report_are_seen_by_its_bearer_and_at_the_desk(
    page: Page, shot: Shot, qing: QingCounty, album: list[str]
) -> None:
    page.goto("/report/")
    page.fill("#id_text", WORDS)
    page.locator("label", has_text="求助").click()
    page.set_input_files("#id_files", album)
    expect(page.locator(".tray-files progress")).to_have_count(0)
    expect(page.locator(".tray-files .is-refused")).to_have_count(1)
    shot(page, "files-picked")
    assert faults(page) == []
    page.locator(".tray-files .is-refused button").click()
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
    assert are_drawn(page.locator(".attached img"))
    assert Attachment.objects.filter(thing=report.pk).count() == 3


def test_a_handler_adds_photos_to_progress_and_sees_them_in_the_record(
    page: Page, context: BrowserContext, shot: Shot, qing: QingCounty, album: list[str]
) -> None:
    case = acts.dispatch(qing, acts.open_leak(qing, at=now()), at=now())
    photos.on_report(case.reports.get().pk, photos.photo(1200, 900))
    come_to_the_desk(context, page, qing.liu_handles_water)
    page.goto(f"/console/cases/{case.number}/?step=add_progress")
    page.fill("#step_public", "已到现场，正在换管。")
    page.set_input_files("#id_files", album[:1])
    expect(page.locator(".tray-files img")).to_have_count(1)
    page.check("#id_for_resident")
    shot(page, "files-step")
    assert serious(page) == []

    page.locator(".step-card .btn-primary").click()

    expect(page.locator(".case-log .attached img")).to_have_count(1)
    expect(page.locator(".case-said .attached img")).to_have_count(1)
    shot(page, "files-case")
    assert serious(page) == []
    assert are_drawn(page.locator(".attached img"))


def test_a_photo_goes_on_where_the_connection_broke_off(page: Page, qing: QingCounty, tmp_path: Path) -> None:
    """Every third message is lost on its way; the photo arrives whole all the same, and is sent once.

    The first waits until the form was pressed, so that it is pressed while the photo is on its way.
    """
    noisy = tmp_path / "现场.png"
    Image.frombytes("RGB", (700, 700), random.Random(7).randbytes(700 * 700 * 3)).save(noisy)
    sent: list[str] = []
    kept_back: list[Route] = []

    def lose_some(route: Route) -> None:
        sent.append(route.request.method)
        if len(sent) == 1:
            kept_back.append(route)
        else:
            route.abort() if len(sent) % 3 == 1 else route.continue_()

    page.goto("/report/")
    page.route("**/report/files/arriving/*/", lose_some)
    with page.expect_request("**/report/files/arriving/*/"):
        page.set_input_files("#id_files", str(noisy))
    page.locator(".btn-primary").click()
    expect(page.locator(".tray-said")).not_to_be_empty()
    kept_back[0].abort()
    expect(page.locator(".tray-files progress")).to_have_count(0)

    file = Attachment.objects.get()
    assert sent.count("PATCH") > 6
    assert (file.width, file.height) == (700, 700)
    assert keeping.digest_of(keeping.path_of(file.pk)) == file.digest


def test_a_photo_is_taken_out_again_without_leaving_the_page(page: Page, qing: QingCounty, album: list[str]) -> None:
    page.goto("/report/")
    page.set_input_files("#id_files", album[:2])
    expect(page.locator(".tray-files img")).to_have_count(2)

    with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        page.locator(".tray-files button").first.click()

    expect(page.locator(".tray-files li")).to_have_count(1)
    assert Attachment.objects.count() == 1


def come_to_the_desk(context: BrowserContext, page: Page, user: User) -> None:
    """Sign somebody in without the form."""
    client = Client()
    client.force_login(user, backend="fengqiao.web.shared.backends.Staff")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.goto("/")
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.url}])


def test_a_face_is_covered_by_mouse_and_by_keys(
    page: Page, context: BrowserContext, shot: Shot, qing: QingCounty
) -> None:
    case = acts.dispatch(qing, acts.open_leak(qing, at=now()), at=now())
    photo = photos.on_report(case.reports.get().pk, photos.photo(1200, 900))
    come_to_the_desk(context, page, qing.liu_handles_water)
    page.goto(f"/console/cases/{case.number}/")
    forward(page, ".attached-cover")
    stage = page.locator(".cover-stage")
    frame = stage.bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + 0.1 * frame["width"], frame["y"] + 0.1 * frame["height"])
    page.mouse.down()
    page.mouse.move(frame["x"] + 0.5 * frame["width"], frame["y"] + 0.5 * frame["height"], steps=4)
    page.mouse.up()
    page.locator("[data-add]").click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.locator("[data-add]").click()
    page.keyboard.press("Delete")
    boxes = json.loads(page.locator("input[name=boxes]").input_value())
    assert boxes[0] == pytest.approx([0.1, 0.1, 0.4, 0.4], abs=0.02)
    assert boxes[1:] == [pytest.approx([0.41, 0.4, 0.2, 0.21])]
    shot(page, "files-cover")
    assert serious(page) == []

    forward(page, "photo-cover form .btn-primary")
    forward(page, ".cover-columns form[action$='/show/'] .btn-primary")
    shot(page, "files-covered")
    assert serious(page) == []
    assert photo.copies.shown().count() == 1

    neighbour = acts.receive(qing, text="我家也停水了，水漫到院子里。", at=now())
    triaging.join(neighbour.report, case, by=qing.ma_clerks, at=now())
    page.goto(f"/track/{neighbour.report.code}/")
    page.fill("#id_secret", neighbour.secret)
    forward(page)
    expect(page.locator(".by-others img")).to_have_count(1)
    shot(page, "files-by-others")
    assert faults(page) == []
    assert are_drawn(page.locator(".by-others img"))
    assert str(photo.pk) not in page.content()
