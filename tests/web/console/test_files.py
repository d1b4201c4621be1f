"""Files at the desk: beside what was said, open to whoever may read that; confidential looks are written down."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fengqiao.cases.models import Case
from fengqiao.files.models import Attachment
from fengqiao.intake.models import Report
from fengqiao.rights.models import AccessLog
from tests import acts, photos
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn


def address(file: object) -> str:
    return reverse("console:file", args=[file])


def test_a_photo_stands_beside_what_was_said(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    file = photos.on_report(sent.reports.get().pk)
    desk = sign_in(qing.liu_handles_water)

    page = desk.get(reverse("console:case", args=[sent.number])).content.decode()

    assert address(file.pk) in page and reverse("console:small_file", args=[file.pk]) in page
    assert desk.get(address(file.pk)).headers["Content-Type"] == "image/jpeg"
    assert desk.get(reverse("console:small_file", args=[file.pk])).status_code == 200
    assert (
        address(file.pk)
        in sign_in(qing.ma_clerks).get(reverse("console:report", args=[sent.reports.get().code])).content.decode()
    )


def test_a_paper_is_for_keeping_and_never_a_page(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    file = photos.on_report(sent.reports.get().pk, photos.PDF, name="合同.pdf")
    desk = sign_in(qing.liu_handles_water)

    answer = desk.get(address(file.pk))

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert desk.get(reverse("console:small_file", args=[file.pk])).status_code == 404


def test_before_triage_a_file_follows_its_report(qing: QingCounty, sign_in: SignIn) -> None:
    file = photos.on_report(acts.receive(qing).report.pk)

    assert sign_in(qing.ma_clerks).get(address(file.pk)).status_code == 200
    for stranger in (qing.liu_handles_water, qing.sun_dispatches_west, qing.bai_audits, qing.deng_is_a_stranger):
        assert sign_in(stranger).get(address(file.pk)).status_code == 404


def test_a_waiting_file_is_nobodys_yet(qing: QingCounty, sign_in: SignIn) -> None:
    assert sign_in(qing.ma_clerks).get(address(photos.waiting().pk)).status_code == 404


def test_each_look_at_a_restricted_file_is_written_down(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    hidden = acts.open_accusation(qing)
    report = hidden.reports.get()
    file, plain = photos.on_report(report.pk), photos.on_report(sent.reports.get().pk)
    desk = sign_in(qing.ma_clerks)

    desk.get(address(plain.pk))
    assert not AccessLog.objects.exists()
    desk.get(address(file.pk))

    look = AccessLog.objects.get()
    assert (look.look, look.kind, look.thing, look.user) == ("restricted", "report", report.pk, qing.ma_clerks)
    assert file.name in look.reason


@pytest.mark.parametrize("name", ["file", "small_file"])
def test_without_a_sign_in_there_is_only_the_door(client: Client, qing: QingCounty, name: str) -> None:
    file = photos.on_report(acts.receive(qing).report.pk)

    assert client.get(reverse(f"console:{name}", args=[file.pk])).status_code == 302


def chosen(*names: str) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, photos.photo(), "image/jpeg") for name in names]


def step(case: Case, verb: str) -> str:
    return reverse("console:step", args=[case.number, verb])


def test_progress_takes_photos_and_shows_them_beside_its_line(
    qing: QingCounty, sign_in: SignIn, sent: Case, client: Client
) -> None:
    desk = sign_in(qing.liu_handles_water)
    typed = {"seen": sent.line_count, "basket": str(uuid4()), "public": "正在换管", "for_resident": "on"}

    desk.post(step(sent, "add_progress"), typed | {"files": chosen("a.jpg", "b.jpg")})

    files = Attachment.objects.filter(kind="line")
    page = desk.get(reverse("console:case", args=[sent.number])).content.decode()
    assert len(files) == 2 and all(file.is_for_resident and file.by == qing.liu_handles_water for file in files)
    assert all(address(file.pk) in page for file in files)
    assert address(files[0].pk) in desk.get(reverse("console:print", args=[sent.number])).content.decode()


def test_a_refused_file_keeps_the_words_and_the_other_files(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    desk = sign_in(qing.liu_handles_water)
    typed = {"seen": sent.line_count, "basket": str(uuid4()), "public": "正在换管"}
    bad = SimpleUploadedFile("a.svg", photos.SVG, "image/jpeg")

    page = desk.post(step(sent, "add_progress"), typed | {"files": [bad, *chosen("b.jpg")]})

    assert page.status_code == 422
    assert "正在换管" in page.content.decode() and "a.svg" in page.content.decode()
    tray = page.context["page"].tray
    assert [file.name for file in tray.files] == ["b.jpg"] and len(tray.faults) == 1
    assert desk.get(tray.files[0].small).status_code == 200
    assert sign_in(qing.ma_clerks).get(tray.files[0].small).status_code == 404

    desk.post(step(sent, "add_progress"), typed | {"basket": str(tray.basket)})
    assert Attachment.objects.get().kind == "line"


def test_a_file_is_taken_out_of_a_step_again(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    desk = sign_in(qing.liu_handles_water)
    file = photos.waiting(by=qing.liu_handles_water)
    typed = {"seen": sent.line_count, "basket": str(file.basket_id), "note": "写了一半", "drop": str(file.pk)}

    page = desk.post(step(sent, "add_note"), typed)

    assert "写了一半" in page.content.decode()
    assert not Attachment.objects.exists()
    assert sent.log.filter(verb="add_note").count() == 0


def test_the_reply_of_a_conclusion_carries_its_files_to_the_resident(
    qing: QingCounty, sign_in: SignIn, sent: Case
) -> None:
    typed = {"seen": sent.line_count, "basket": str(uuid4()), "outcome": "solved", "public_reply": "已修好"}

    sign_in(qing.liu_handles_water).post(step(sent, "conclude"), typed | {"files": chosen("修好.jpg")})

    assert Attachment.objects.get().is_for_resident


def test_intake_takes_what_is_handed_over_at_the_window(qing: QingCounty, sign_in: SignIn) -> None:
    typed = {
        "channel": "window",
        "nature": "help",
        "text": "水管爆了",
        "region": str(qing.willow.pk),
        "submission": str(uuid4()),
        "basket": str(uuid4()),
    }
    desk = sign_in(qing.ma_clerks)
    page = desk.post(reverse("console:receive"), typed | {"text": "", "files": chosen("a.jpg")})
    assert page.status_code == 422 and len(page.context["tray"].files) == 1

    desk.post(reverse("console:receive"), typed)

    file = Attachment.objects.get()
    assert (file.thing, file.by) == (Report.objects.get().pk, qing.ma_clerks)
