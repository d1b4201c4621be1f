"""The addresses that take a resident's file piece by piece."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fengqiao.files.models import Arrival, Attachment
from fengqiao.web.resident import limits
from tests import photos
from tests.cast import QingCounty
from tests.web.resident.pages import Page

PHOTO = photos.photo(300, 200)
BASKET = str(uuid4())


def begin(client: Client, *, size: object = len(PHOTO), name: str = "现场.jpg") -> Page:
    county = {"county": "629901", "basket": BASKET}
    return client.post(reverse("resident:begin_file"), {"name": name, "size": str(size), **county})


def send(client: Client, id: str, offset: object, piece: bytes) -> Page:
    address = reverse("resident:arriving_file", args=[id])
    return client.patch(address, piece, "application/octet-stream", headers={"Upload-Offset": str(offset)})


def test_a_photo_arrives_in_pieces_and_says_where_it_waits(client: Client, qing: QingCounty) -> None:
    id = begin(client).json()["id"]
    assert send(client, id, 0, PHOTO[:100]).json() == {"offset": 100}
    assert client.get(reverse("resident:arriving_file", args=[id])).json() == {"offset": 100}

    told = send(client, id, 100, PHOTO[100:])

    assert told.status_code == 201
    file = told.json()["file"]
    assert client.get(file["small"]).headers["Content-Type"] == "image/jpeg"
    assert client.delete(file["waits_at"]).status_code == 204
    assert not Attachment.objects.exists()


def test_a_piece_out_of_step_is_told_where_to_go_on(client: Client, qing: QingCounty) -> None:
    id = begin(client).json()["id"]

    for offset in (5, "five", "", -1, "9" * 30):
        told = send(client, id, offset, PHOTO[:10])
        assert (told.status_code, told.json()) == (409, {"offset": 0})


def test_what_cannot_be_taken_is_said(client: Client, qing: QingCounty) -> None:
    assert begin(client, size=10**9).status_code == 422
    assert begin(client, size="many").status_code == 422
    id = begin(client, size=len(photos.HTML), name="a.jpg").json()["id"]

    told = send(client, id, 0, photos.HTML)

    assert told.status_code == 422 and told.json()["error"]
    assert send(client, id, 0, photos.HTML).status_code == 404


def test_a_file_that_was_given_up_is_gone(client: Client, qing: QingCounty) -> None:
    id = begin(client).json()["id"]

    assert client.delete(reverse("resident:arriving_file", args=[id])).status_code == 204

    assert send(client, id, 0, PHOTO[:10]).status_code == 404
    assert not Arrival.objects.exists()


def test_one_address_begins_only_so_many(client: Client, qing: QingCounty, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILES", limits.Limit("file", 1, limits.FILES.span))
    assert begin(client).status_code == 201

    told = begin(client)

    assert told.status_code == 429 and told.json()["error"]


def test_a_page_without_its_token_begins_nothing(qing: QingCounty) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert begin(strict).status_code == 403
    assert not Arrival.objects.exists()


def test_staff_and_residents_do_not_touch_each_others_files(client: Client, qing: QingCounty) -> None:
    id = begin(client).json()["id"]
    desk = Client()
    desk.force_login(qing.ma_clerks, backend="fengqiao.web.shared.backends.Staff")

    assert desk.get(reverse("console:arriving_file", args=[id])).status_code == 404
    begun = desk.post(
        reverse("console:begin_file"), {"name": "a.jpg", "size": len(PHOTO), "basket": str(uuid4())}
    ).json()
    assert client.get(reverse("resident:arriving_file", args=[begun["id"]])).status_code == 404
    address = reverse("console:arriving_file", args=[begun["id"]])
    told = desk.patch(address, PHOTO, "application/octet-stream", headers={"Upload-Offset": "0"})
    assert told.status_code == 201
    other = Client()
    other.force_login(qing.zhou_clerks, backend="fengqiao.web.shared.backends.Staff")
    assert other.get(told.json()["file"]["small"]).status_code == 404
    assert other.delete(told.json()["file"]["small"]).status_code == 404
    assert desk.delete(told.json()["file"]["small"]).status_code == 204
