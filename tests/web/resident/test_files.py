"""Photos and papers on a resident's report: by plain forms, open to its bearer alone."""

import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fengqiao.files import keeping
from fengqiao.files.models import Attachment, Basket
from fengqiao.files.transitions.keeping import Enclosed, attach
from fengqiao.files.vocabulary import MOST_FILES, Parent
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
from fengqiao.web.resident import limits
from fengqiao.web.shared import bounded
from tests import acts, photos
from tests.cast import MONDAY_9AM, QING, QingCounty
from tests.web.resident.pages import Page, hidden, press

pytestmark = pytest.mark.usefixtures("qing")


def sent(data: bytes, name: str = "IMG_0001.jpg", media: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, media)


def choose(client: Client, page: Page, *files: SimpleUploadedFile, **typed: str) -> Page:
    """Press a button of a page's form with files chosen on it."""
    return client.post("/report/", hidden(page) | {"files": list(files)} | typed)


def walk(client: Client, page: Page, answers: dict[str, str]) -> Page:
    """Go on from the second screen to the receipt's address."""
    for screen in (("region", "place"), ("phone", "reporter", "proxy")):
        page = press(client, page, **{name: answers[name] for name in screen})
    return press(client, page, to="send")


def test_a_photo_goes_with_the_report_and_is_seen_by_its_bearer(client: Client, answers: dict[str, str]) -> None:
    first = {name: answers[name] for name in ("text", "nature")}
    where = choose(client, client.get("/report/"), sent(photos.photo()), **first)
    receipt = client.get(walk(client, where, answers)["Location"])
    report, file = Report.objects.get(), Attachment.objects.get()

    assert (file.kind, file.thing, file.by) == ("report", report.pk, None)
    assert not Basket.objects.exists()

    client.post(f"/track/{report.code}/", {"secret": receipt.context["secret"]})
    address = reverse("resident:file", args=[report.code, file.pk])
    assert address in client.get(f"/track/{report.code}/").content.decode()
    answer = client.get(address)
    assert answer.content == keeping.path_of(file.pk).read_bytes()
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert client.get(f"{address}small/").headers["Content-Type"] == "image/jpeg"


def test_the_code_alone_another_code_or_another_secret_shows_no_photo(
    client: Client, bearer: Client, report: Report, qing: QingCounty
) -> None:
    own, other = photos.on_report(report.pk), acts.receive(qing, text="另一件事").report
    strange = photos.on_report(other.pk)

    assert bearer.get(reverse("resident:file", args=[report.code, own.pk])).status_code == 200
    for visitor, code, file in (
        (Client(), report.code, own),
        (bearer, report.code, strange),
        (bearer, other.code, strange),
        (bearer, other.code, own),
    ):
        for name in ("file", "small_file"):
            assert visitor.get(reverse(f"resident:{name}", args=[code, file.pk])).status_code == 404


def test_only_what_was_meant_for_the_resident_is_shown_with_a_reply(
    bearer: Client, report: Report, qing: QingCounty
) -> None:
    case = triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=MONDAY_9AM)
    line = acts.conclude(qing, acts.dispatch(qing, case)).log.get(verb="conclude")
    shown, kept = (photos.waiting(by=qing.liu_handles_water) for _n in range(2))
    for file, for_resident in ((shown, True), (kept, False)):
        enclosed = Enclosed(file.basket_id, for_resident)  # type: ignore[arg-type]
        attach(enclosed, Parent.LINE, line.pk, county=QING, by=qing.liu_handles_water)

    page = bearer.get(f"/track/{report.code}/").content.decode()

    assert str(shown.pk) in page and str(kept.pk) not in page
    assert bearer.get(reverse("resident:file", args=[report.code, shown.pk])).status_code == 200
    assert bearer.get(reverse("resident:file", args=[report.code, kept.pk])).status_code == 404


def test_a_refused_file_is_said_beside_the_place_for_files_and_nothing_typed_is_lost(
    client: Client, answers: dict[str, str]
) -> None:
    first = {name: answers[name] for name in ("text", "nature")}
    page = choose(client, client.get("/report/"), sent(photos.photo()), sent(photos.HTML, "x.html"), **first)

    assert page.status_code == 422
    assert page.context["screen"] == "what"
    shown = page.content.decode()
    assert answers["text"] in shown and "x.html" in shown
    assert len(page.context["tray"].files) == 1
    assert len(page.context["tray"].faults) == 1


def test_files_survive_a_form_that_was_not_finished_and_every_other_button(client: Client) -> None:
    page = choose(client, client.get("/report/"), sent(photos.photo()))
    assert page.status_code == 422
    page = press(client, page, to="type")
    page = press(client, page, text="水管爆了", nature="help")
    page = press(client, page, to="what")

    assert [file.name for file in page.context["tray"].files] == ["IMG_0001.jpg"]


def test_one_photo_is_taken_out_again(client: Client) -> None:
    page = choose(client, client.get("/report/"), sent(photos.photo(), "a.jpg"), sent(photos.photo(), "b.jpg"))
    first = page.context["tray"].files[0]

    page = press(client, page, text="写了一半", drop=first.id)

    assert page.status_code == 200
    assert [file.name for file in page.context["tray"].files] == ["b.jpg"]
    assert "写了一半" in page.content.decode()


def test_a_waiting_photo_is_shown_to_its_form_alone(client: Client, qing: QingCounty) -> None:
    file, of_staff = photos.waiting(), photos.waiting(by=qing.ma_clerks)

    assert client.get(reverse("resident:waiting_file", args=[file.basket_id, file.pk])).status_code == 200
    assert client.get(reverse("resident:waiting_file", args=[uuid4(), file.pk])).status_code == 404
    assert client.get(reverse("resident:waiting_file", args=[of_staff.basket_id, of_staff.pk])).status_code == 404


def test_more_than_there_may_be_are_refused_one_by_one(client: Client) -> None:
    many = [sent(photos.photo(), f"{n}.jpg") for n in range(MOST_FILES + 2)]

    page = choose(client, client.get("/report/"), *many)

    assert len(page.context["tray"].files) == MOST_FILES
    assert len(page.context["tray"].faults) == 2


def test_a_file_too_large_for_anything_is_not_even_stored_and_said_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "PAPER_LIMIT", 200_000)
    large = sent(photos.PDF + bytes(300_000), "录像.pdf", "application/pdf")

    page = choose(client, client.get("/report/"), large, sent(photos.photo()), text="水管爆了")

    assert page.status_code == 422
    assert "录像.pdf" in page.context["tray"].faults[0] and "水管爆了" in page.content.decode()
    assert [file.name for file in page.context["tray"].files] == ["IMG_0001.jpg"]


def test_my_data_shows_the_photos_that_are_held(bearer: Client, report: Report) -> None:
    file = photos.on_report(report.pk)

    assert str(file.pk) in bearer.get(reverse("resident:data", args=[report.code])).content.decode()


def test_one_address_cannot_fill_the_disk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILES", limits.Limit("file", 1, limits.FILES.span))
    choose(client, client.get("/report/"), sent(photos.photo()))

    page = choose(client, client.get("/report/"), sent(photos.photo()), text="水管爆了")

    assert page.status_code == 422
    assert page.context["tray"].faults and "水管爆了" in page.content.decode()
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    "name", ['"; filename="evil.html', "a\r\nX-Evil: 1.jpg", "\u202egpj.html", "名" * 500, "a.html\x00.jpg"]
)
@pytest.mark.parametrize("media", ["text/html", "image/svg+xml; charset=utf-7", "x/\u00e9"])
def test_neither_name_nor_type_given_reaches_a_header(bearer: Client, report: Report, name: str, media: str) -> None:
    file = photos.on_report(report.pk, photos.PDF, name=name)

    answer = bearer.get(reverse("resident:file", args=[report.code, file.pk]))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert "X-Evil" not in answer.headers
    assert not any(sign in answer.headers["Content-Disposition"] for sign in "\r\n\x00")
    assert "html" not in answer.headers["Content-Disposition"].rpartition(".")[2]


def test_a_file_that_is_no_more_on_the_disk_is_not_found(bearer: Client, report: Report) -> None:
    file = photos.on_report(report.pk)
    keeping.take_away(file.pk)

    assert bearer.get(reverse("resident:file", args=[report.code, file.pk])).status_code == 404


def test_the_same_form_sent_twice_keeps_its_photos_once(client: Client, answers: dict[str, str]) -> None:
    first = {name: answers[name] for name in ("text", "nature")}
    page = choose(client, client.get("/report/"), sent(photos.photo()), **first)
    for screen in (("region", "place"), ("phone", "reporter", "proxy")):
        page = press(client, page, **{name: answers[name] for name in screen})
    for _n in range(2):
        press(client, page, to="send")

    assert Attachment.objects.get().thing == Report.objects.get().pk
    assert io.BytesIO(keeping.path_of(Attachment.objects.get().pk).read_bytes())
