"""The square on the counter's slip: the way to the page of a report, and nothing more."""

from typing import Any

import pytest
from django.test import Client

from fengqiao.web.resident import qr
from tests import acts
from tests.cast import QingCounty


def test_it_holds_the_address_at_which_the_report_is_followed(qing: QingCounty, client: Client, settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "https://fengqiao.example"
    code = acts.receive(qing).report.code

    answer = client.get(f"/track/{code}/qr.svg")

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.content.decode() == qr.picture(f"https://fengqiao.example/track/{code}/", "这件事的进度页")


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["ZY7K3M9QXR2", "x", "0" * 3000])
def test_what_is_no_code_is_not_drawn(client: Client, code: str) -> None:
    assert client.get(f"/track/{code}/qr.svg").status_code == 404
