"""Asking by code and secret that a matter in a case be ended."""

import pytest
from django.test import Client
from django.utils.timezone import now

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
from tests import acts
from tests.cast import QingCounty


@pytest.fixture
def sent(qing: QingCounty, report: Report) -> Case:
    """The report is in a case that the water bureau has."""
    case = triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=now())
    return acts.dispatch(qing, case, at=now())


def test_the_bearer_asks_and_reads_the_wish(bearer: Client, report: Report, sent: Case) -> None:
    assert f"/track/{report.code}/give-up/" in bearer.get(f"/track/{report.code}/").content.decode()
    answered = bearer.post(f"/track/{report.code}/give-up/", {"words": "邻居修好了"})

    assert answered["Location"] == f"/track/{report.code}/"
    line = sent.log.latest("line")
    assert (line.verb, line.note, line.facts["report"]) == ("ask_withdraw", "邻居修好了", report.code)
    page = bearer.get(f"/track/{report.code}/").content.decode()
    assert "邻居修好了" in page
    assert "/give-up/" not in page


def test_nobody_has_to_say_why(bearer: Client, report: Report, sent: Case) -> None:
    assert bearer.post(f"/track/{report.code}/give-up/", {"words": ""}).status_code == 302
    assert sent.log.latest("line").verb == "ask_withdraw"


def test_without_the_secret_nobody_asks(client: Client, report: Report, sent: Case) -> None:
    assert client.get(f"/track/{report.code}/give-up/").status_code == 302
    client.post(f"/track/{report.code}/give-up/", {"words": "x"})

    assert not sent.log.filter(verb="ask_withdraw").exists()


def test_asked_twice_says_so_and_asks_once(bearer: Client, report: Report, sent: Case) -> None:
    bearer.post(f"/track/{report.code}/give-up/", {"words": ""})

    assert bearer.post(f"/track/{report.code}/give-up/", {"words": "再说一次"}).status_code == 422
    assert sent.log.filter(verb="ask_withdraw").count() == 1


def test_what_nobody_works_on_cannot_be_given_up(bearer: Client, report: Report) -> None:
    assert bearer.post(f"/track/{report.code}/give-up/", {"words": ""}).status_code == 422
    assert "/give-up/" not in bearer.get(f"/track/{report.code}/data/").content.decode()


def test_the_page_of_ones_data_leads_there(bearer: Client, report: Report, sent: Case) -> None:
    assert f"/track/{report.code}/give-up/" in bearer.get(f"/track/{report.code}/data/").content.decode()
