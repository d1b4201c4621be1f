"""Errands at the desk: taken in, opened as a service, and the receipt of the papers."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from fengqiao.cases.transitions import handling
from fengqiao.cases.vocabulary import Kind
from fengqiao.intake.models import Paper, Report
from fengqiao.intake.transitions import triaging
from tests import acts
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn


def typed(qing: QingCounty, **changes: Any) -> dict[str, Any]:
    facts = {
        "text": "到县医保局代办慢病证明",
        "reporter": "何秀英",
        "phone": "13900000012",
        "region": qing.willow.pk,
        "consent": "in_person",
        "agreed_on": localdate().isoformat(),
        "papers": "户口簿 原件\n\n病历 复印件",
        "submission": "01970000-0000-7000-8000-00000000abcd",
    }
    return facts | changes


@pytest.fixture
def clerk(qing: QingCounty, sign_in: SignIn) -> Client:
    return sign_in(qing.ma_clerks)


@pytest.fixture
def errand(qing: QingCounty, clerk: Client) -> Report:
    clerk.post(reverse("console:errand"), typed(qing))
    return Report.objects.get()


def papers_page(client: Client, report: Report) -> Any:
    return client.get(reverse("console:papers", args=[report.code]))


def test_an_errand_is_taken_in_and_the_code_handed_over(qing: QingCounty, clerk: Client) -> None:
    answer = clerk.post(reverse("console:errand"), typed(qing))

    report = Report.objects.get()
    assert answer["Location"] == reverse("console:received", args=[report.code])
    assert (report.channel, report.errand.papers.count()) == ("window", 2)
    assert reverse("console:papers", args=[report.code]) in clerk.get(answer["Location"]).content.decode()


def test_what_is_missing_is_said_and_the_rest_kept(qing: QingCounty, clerk: Client) -> None:
    page = clerk.post(reverse("console:errand"), typed(qing, reporter="", papers="长" * 81))

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"reporter", "papers"}
    assert "代办慢病证明" in page.content.decode()


def test_whoever_takes_nothing_in_is_told_so(qing: QingCounty, sign_in: SignIn) -> None:
    assert sign_in(qing.liu_handles_water).get(reverse("console:errand")).status_code == 403


def test_triage_offers_a_service(clerk: Client, errand: Report) -> None:
    page = clerk.get(reverse("console:report", args=[errand.code]))

    assert page.context["form"].initial["kind"] == Kind.SERVICE


def test_the_receipt_lists_the_papers_and_names_nobody(clerk: Client, errand: Report) -> None:
    page = papers_page(clerk, errand).content.decode()

    assert all(said in page for said in ("户口簿 原件", "病历 复印件", errand.spoken_code))
    assert "何秀英" not in page and "13900000012" not in page


def test_papers_that_went_back_are_noted(clerk: Client, errand: Report) -> None:
    first = Paper.objects.get(place=1)
    address = reverse("console:papers", args=[errand.code])

    assert clerk.post(address, {"papers": [], "to": "本人"}).status_code == 422
    assert clerk.post(address, {"papers": [str(first.pk)], "to": "本人"}).status_code == 302
    page = papers_page(clerk, errand).content.decode()
    assert "本人" in page and f'value="{first.pk}"' not in page


def test_a_report_without_papers_says_so(qing: QingCounty, clerk: Client) -> None:
    report = acts.receive(qing, at=now()).report

    assert papers_page(clerk, report).status_code == 200
    assert clerk.post(reverse("console:papers", args=[report.code]), {"to": "本人"}).status_code == 403


def test_who_concludes_is_reminded_of_papers_that_are_out(
    qing: QingCounty, sign_in: SignIn, clerk: Client, errand: Report
) -> None:
    case = triaging.open_case(errand, acts.opening(qing, kind=Kind.SERVICE), by=qing.ma_clerks, at=now())
    acts.dispatch(qing, case, at=now())
    handling.accept(case, by=qing.liu_handles_water, at=now())
    page = sign_in(qing.liu_handles_water).get(reverse("console:case", args=[case.number]))

    assert page.context["page"].papers_out == 2
    assert reverse("console:papers", args=[errand.code]) in page.content.decode()
