"""A number to call, as staff write it down: a slip is pointed out once, what is known is kept."""

import re

import pytest
from django.urls import reverse

from fengqiao.intake.models import Report
from fengqiao.web.shared.telephones import is_whole, tidied
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn
from tests.web.console.test_intake import receive, typed

BESIDE = re.compile(r'name="phone-shown" value="([^"]*)"')


@pytest.mark.parametrize(
    "number",
    [
        "13900000012", "139 0000 0012", "＋86 139-0000-0012", "0934-7121234", "（0934）7121234", "7121234",
        "12345", "400 000 0000", "+852 2345 6789", "0066 2 123 4567", "0086 139 0000 0012", "+86 934 7121234",
        "+86-0934-7121234", "+86 10 6512 1234", "139‐0000‑0012", "139−0000―0012",
        "\u202a13900000012\u202c", "\u2068139\u00a00000\u200b0012\u2069\ufeff", "\u200e0934-7121234\u200f",
    ],
)  # fmt: skip
def test_these_can_be_called(number: str) -> None:
    assert is_whole(tidied(number))


@pytest.mark.parametrize(
    "number",
    [
        "1390000001",
        "+86 1390000001",
        "尾号0012",
        "110a",
        "1",
        "0934",
        "19000000012345",
        "0086 1390000001",
        "+86 139000000",
        "00861390000",
        "\u202a\u202c1",
    ],
)
def test_these_cannot(number: str) -> None:
    assert not is_whole(tidied(number))


def test_a_whole_number_is_tidied(qing: QingCounty, sign_in: SignIn) -> None:
    receive(sign_in(qing.ma_clerks), typed(qing, phone="139 0000-0012"))

    assert Report.objects.get().phone == "13900000012"


def test_a_slip_is_pointed_out_and_nothing_typed_is_lost(qing: QingCounty, sign_in: SignIn) -> None:
    answer = receive(sign_in(qing.ma_clerks), typed(qing, phone="1390000012"))

    page = answer.content.decode()
    assert (answer.status_code, Report.objects.count()) == (422, 0)
    assert "这不像完整的电话号码" in page
    assert BESIDE.findall(page) == ["1390000012"]
    assert 'value="1390000012"' in page
    assert "何秀英" in page


def test_what_is_all_there_is_to_know_is_kept_when_it_is_sent_again(qing: QingCounty, sign_in: SignIn) -> None:
    client = sign_in(qing.ma_clerks)
    said = typed(qing, phone="邻居老王 尾号0012")
    beside = BESIDE.findall(receive(client, said).content.decode())

    receive(client, said | {"phone-shown": beside[0]})

    assert Report.objects.get().phone == "邻居老王 尾号0012"


def test_another_slip_is_pointed_out_too(qing: QingCounty, sign_in: SignIn) -> None:
    answer = receive(sign_in(qing.ma_clerks), typed(qing, phone="139000012") | {"phone-shown": "1390000012"})

    assert (answer.status_code, BESIDE.findall(answer.content.decode())) == (422, ["139000012"])


def test_an_errand_asks_the_same(qing: QingCounty, sign_in: SignIn) -> None:
    answer = sign_in(qing.ma_clerks).post(reverse("console:errand"), {"phone": "139"})

    assert "这不像完整的电话号码" in answer.content.decode()
