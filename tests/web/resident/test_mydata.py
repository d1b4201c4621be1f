"""What is kept and why, what is held about the bearer of a code, and changing it."""

import pytest
from django.test import Client

from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
from fengqiao.intake.transitions.receiving import Receipt
from fengqiao.intake.workflow import Status
from fengqiao.rights.models import AccessLog
from fengqiao.rights.transitions import record_look
from tests import acts
from tests.cast import MONDAY_9AM, QING, QingCounty


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/privacy/", "/my/", "/my/paper/"])
def test_the_pages_open_for_everybody(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_code_and_secret_open_what_is_held(client: Client, receipt: Receipt) -> None:
    page = client.post("/my/", {"code": receipt.report.spoken_code, "secret": receipt.secret}, follow=True)
    shown = page.content.decode()

    assert page.status_code == 200
    assert "何秀英" in shown and "13900000012" in shown and acts.LEAK in shown


def test_a_wrong_secret_opens_nothing_and_keeps_the_code(client: Client, receipt: Receipt) -> None:
    wrong = "111111" if receipt.secret != "111111" else "222222"
    page = client.post("/my/", {"code": receipt.report.code, "secret": wrong})

    assert page.status_code == 422
    assert "何秀英" not in page.content.decode()
    assert receipt.report.code in page.content.decode()


@pytest.mark.parametrize("act", ["", "correct/", "erase/", "withdraw/"])
def test_without_the_secret_nothing_is_shown_and_nothing_done(client: Client, report: Report, act: str) -> None:
    address = f"/track/{report.code}/data/{act}"
    page = client.post(address, {"reporter": "别人"}) if act else client.get(address)

    assert page.status_code == 302
    assert page["Location"].startswith("/my/")
    assert Report.objects.get() == report and Report.objects.get().reporter == "何秀英"
    assert Report.objects.get().status == Status.RECEIVED


def test_name_and_number_are_set_right(bearer: Client, report: Report) -> None:
    page = bearer.post(
        f"/track/{report.code}/data/correct/", {"reporter": "何秀英", "phone": "139 0000 0099"}, follow=True
    )

    assert page.status_code == 200
    assert Report.objects.get().phone == "13900000099"
    assert page.context["changes"].count() == 1


def test_a_broken_number_is_kept_and_explained(bearer: Client, report: Report) -> None:
    page = bearer.post(f"/track/{report.code}/data/correct/", {"reporter": "何秀英", "phone": "139"})

    assert page.status_code == 422
    assert 'value="139"' in page.content.decode()
    assert Report.objects.get().phone == "13900000012"


def test_while_it_is_open_deletion_is_refused_with_the_reason(bearer: Client, report: Report) -> None:
    page = bearer.post(f"/track/{report.code}/data/erase/")

    assert page.status_code == 422
    assert page.context["refusal"]
    assert Report.objects.get().phone == "13900000012"


def test_a_withdrawn_report_says_so_and_its_contact_may_go(bearer: Client, report: Report) -> None:
    bearer.post(f"/track/{report.code}/data/withdraw/")
    assert "已经撤回" in bearer.get(f"/track/{report.code}/").content.decode()

    bearer.post(f"/track/{report.code}/data/erase/")
    assert Report.objects.get().phone == ""


def test_looks_are_counted_by_role_and_nobody_is_named(bearer: Client, qing: QingCounty, report: Report) -> None:
    case = triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=MONDAY_9AM)
    for thing, kind in ((report.pk, "report"), (case.pk, "case")):
        record_look(AccessLog.Look.CONTACT, county=QING, kind=kind, thing=thing, user=qing.ma_clerks, at=MONDAY_9AM)
    page = bearer.get(f"/track/{report.code}/data/")

    assert page.context["looks"] == [("受理员", 2)]
    assert qing.ma_clerks.name not in page.content.decode()


def test_someone_who_tries_many_secrets_is_asked_to_wait(client: Client, receipt: Receipt) -> None:
    for _ in range(40):
        client.post("/my/", {"code": receipt.report.code, "secret": ""})

    assert client.post("/my/", {"code": receipt.report.code, "secret": receipt.secret}).status_code == 429
