"""Whom to call: masked until asked for, written down when looked at, closed to a unit that has concluded."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import dispatching
from fengqiao.intake.models import Report
from fengqiao.intake.policy import may_reveal
from fengqiao.rights.models import AccessLog
from tests import acts
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn

NAME, NUMBER = "何秀英", "13900000012"


def reveal(client: Client, case: Case, *, htmx: bool = False) -> str:
    address = reverse("console:contact", args=[case.reports.get().code])
    answer = client.post(address, headers={"HX-Request": "true"} if htmx else {})
    return answer.content.decode()


def test_the_case_page_shows_only_the_ends_of_it(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    page = sign_in(qing.liu_handles_water).get(reverse("console:case", args=[sent.number])).content.decode()

    assert NAME not in page
    assert NUMBER not in page
    assert "139****0012" in page


@pytest.mark.parametrize("htmx", [True, False])
def test_it_is_shown_on_request_and_the_look_is_written_down(
    qing: QingCounty, sign_in: SignIn, sent: Case, htmx: bool
) -> None:
    page = reveal(sign_in(qing.liu_handles_water), sent, htmx=htmx)

    assert NAME in page
    assert NUMBER in page
    assert ("<html" in page) is not htmx
    look = AccessLog.objects.get(look=AccessLog.Look.CONTACT)
    assert (look.user, look.thing) == (qing.liu_handles_water, sent.reports.get().pk)


def test_a_unit_that_concluded_sees_no_contact_at_all(qing: QingCounty, sign_in: SignIn, done: Case) -> None:
    client = sign_in(qing.liu_handles_water)

    page = client.get(reverse("console:case", args=[done.number])).content.decode()

    assert "139****0012" not in page
    assert NUMBER not in reveal(client, done)
    assert not AccessLog.objects.filter(look=AccessLog.Look.CONTACT).exists()


def test_the_centre_still_calls_for_the_evaluation(qing: QingCounty, sign_in: SignIn, done: Case) -> None:
    assert NUMBER in reveal(sign_in(qing.ma_clerks), done)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("ma_clerks", True),
        ("chen_dispatches", True),
        ("wu_supervises", True),
        ("liu_handles_water", True),
        ("zhao_handles_roads", False),
        ("sun_dispatches_west", False),
        ("gao_leads", False),
        ("qian_walks_the_grid", False),
        ("bai_audits", False),
        ("deng_is_a_stranger", False),
    ],
)
def test_who_may_call(qing: QingCounty, sent: Case, today: datetime, who: str, allowed: bool) -> None:
    assert bool(may_reveal(getattr(qing, who), sent.reports.get(), today)) is allowed


def test_an_assisting_unit_may_call_while_it_helps(qing: QingCounty, new_leak: Case, today: datetime) -> None:
    case = dispatching.dispatch(new_leak, to=qing.water, assist=[qing.roads], by=qing.chen_dispatches, at=today)
    report = case.reports.get()

    assert may_reveal(qing.zhao_handles_roads, report, today)
    acts.conclude(qing, case, at=today)
    assert not may_reveal(qing.zhao_handles_roads, Report.objects.get(pk=report.pk), today)


def test_a_leader_reads_but_does_not_call(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    client = sign_in(qing.gao_leads)

    assert "139****0012" not in client.get(reverse("console:case", args=[sent.number])).content.decode()
    assert NUMBER not in reveal(client, sent)


def test_it_is_posted(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    address = reverse("console:contact", args=[sent.reports.get().code])

    assert sign_in(qing.liu_handles_water).get(address).status_code == 405
