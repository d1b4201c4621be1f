"""Files at the desk: beside what was said, open to whoever may read that; confidential looks are written down."""

import pytest
from django.test import Client
from django.urls import reverse

from fengqiao.cases.models import Case
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
