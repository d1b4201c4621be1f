"""Covering a photo at the desk, and who sees the copy: only the other residents of the matter, only once approved."""

import json
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from fengqiao.cases.models import Case
from fengqiao.files.models import Attachment, CoveredCopy
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
from tests import acts, photos
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn

BOXES = json.dumps([[0.1, 0.1, 0.5, 0.5], [0.7, 0.7, 0.2, 0.2]])


@pytest.fixture
def photo(sent: Case) -> Attachment:
    """A photo that the first resident sent."""
    return photos.on_report(sent.reports.get().pk, photos.photo(400, 300))


@pytest.fixture
def neighbour(qing: QingCounty, sent: Case, today: datetime) -> Client:
    """The browser of a second resident of the same matter, opened with their secret."""
    receipt = acts.receive(qing, text="我家也停水了", at=today)
    triaging.join(receipt.report, sent, by=qing.ma_clerks, at=today)
    client = Client()
    client.post(reverse("resident:track", args=[receipt.report.code]), {"secret": receipt.secret})
    client.code = receipt.report.code  # type: ignore[attr-defined]
    return client


def track(client: Client) -> str:
    return client.get(reverse("resident:track", args=[client.code])).content.decode()  # type: ignore[attr-defined]


def to(name: str, photo: Attachment) -> str:
    return reverse(f"console:{name}", args=[photo.pk])


def test_a_copy_is_made_approved_shown_and_hidden(
    qing: QingCounty, sign_in: SignIn, sent: Case, photo: Attachment, neighbour: Client
) -> None:
    desk = sign_in(qing.liu_handles_water)
    assert to("cover", photo) in desk.get(reverse("console:case", args=[sent.number])).content.decode()
    assert desk.get(to("cover", photo)).status_code == 200
    assert str(photo.pk) not in track(neighbour)

    desk.post(to("cover", photo), {"boxes": BOXES})
    copy = CoveredCopy.objects.get()
    address = reverse("resident:shown_copy", args=[neighbour.code, copy.pk])  # type: ignore[attr-defined]
    assert desk.get(to("covered_file", photo)).headers["Content-Type"] == "image/jpeg"
    assert "shown/" not in track(neighbour) and neighbour.get(address).status_code == 404

    desk.post(to("show_copy", photo))
    assert address in track(neighbour)
    assert neighbour.get(address).content == desk.get(to("covered_file", photo)).content
    assert neighbour.get(f"{address}small/").status_code == 200
    assert photo.name not in neighbour.get(address).headers["Content-Disposition"]
    copy.refresh_from_db()
    assert (copy.by, copy.approved_by) == (qing.liu_handles_water, qing.liu_handles_water)

    desk.post(to("hide_copy", photo))
    assert neighbour.get(address).status_code == 404 and address not in track(neighbour)


def test_the_original_is_never_shown_to_the_neighbour(
    qing: QingCounty, sign_in: SignIn, photo: Attachment, neighbour: Client
) -> None:
    desk = sign_in(qing.liu_handles_water)
    desk.post(to("cover", photo), {"boxes": BOXES})
    desk.post(to("show_copy", photo))

    for name in ("file", "small_file"):
        address = reverse(f"resident:{name}", args=[neighbour.code, photo.pk])  # type: ignore[attr-defined]
        assert neighbour.get(address).status_code == 404
    copy = CoveredCopy.objects.get()
    for code in (photo_code(photo), neighbour.code):  # type: ignore[attr-defined]
        assert Client().get(reverse("resident:shown_copy", args=[code, copy.pk])).status_code == 404


def photo_code(photo: Attachment) -> str:
    return Report.objects.get(pk__in=[photo.thing] if photo.thing else []).code


@pytest.mark.parametrize(
    "boxes",
    [
        "",
        "[]",
        "null",
        "{}",
        "[[0,0,1]]",
        "[[0,0,2,2]]",
        '[["a",0,1,1]]',
        "[[-1,0,1,1]]",
        "[[0,0,0,0]]",
        "[[NaN,0,1,1]]",
        "[" * 9000,
        "[[" + "9" * 400 + ",0,1,1]]",
        "[[" + "9" * 5000 + ",0,1,1]]",
    ],
)
def test_nonsense_for_boxes_is_said_and_makes_no_copy(
    qing: QingCounty, sign_in: SignIn, photo: Attachment, boxes: str
) -> None:
    page = sign_in(qing.liu_handles_water).post(to("cover", photo), {"boxes": boxes})

    assert page.status_code == 422
    assert not CoveredCopy.objects.exists()


def test_only_those_who_work_on_the_case_cover(
    qing: QingCounty, sign_in: SignIn, sent: Case, photo: Attachment
) -> None:
    leader, stranger = sign_in(qing.gao_leads), sign_in(qing.zhao_handles_roads)

    assert leader.get(to("cover", photo)).status_code == 403
    assert leader.post(to("cover", photo), {"boxes": BOXES}).status_code == 403
    assert leader.post(to("show_copy", photo)).status_code == 403
    assert to("cover", photo) not in leader.get(reverse("console:case", args=[sent.number])).content.decode()
    assert stranger.get(to("cover", photo)).status_code == 404
    assert not CoveredCopy.objects.exists()


def test_nothing_of_a_restricted_case_or_of_a_loose_report_is_shown(qing: QingCounty, sign_in: SignIn) -> None:
    restricted = photos.on_report(acts.open_accusation(qing).reports.get().pk)
    loose = photos.on_report(acts.receive(qing, text="另一件").report.pk)
    desk = sign_in(qing.ma_clerks)

    for photo in (restricted, loose):
        assert desk.get(to("cover", photo)).status_code == 403
        assert desk.post(to("cover", photo), {"boxes": BOXES}).status_code == 403


def test_pressing_twice_or_too_early_says_so(qing: QingCounty, sign_in: SignIn, photo: Attachment) -> None:
    desk = sign_in(qing.liu_handles_water)

    for name in ("show_copy", "hide_copy"):
        page = desk.post(to(name, photo), follow=True)
        assert page.status_code == 200 and "message-error" in page.content.decode()
