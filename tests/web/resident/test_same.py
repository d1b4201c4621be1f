"""See, then join instead of file: never in the way, and a clerk has the last word."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from fengqiao.cases.models import Case, Category
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
from fengqiao.web.resident import limits
from tests import acts
from tests.cast import QING, QingCounty
from tests.web.resident.pages import Page, hidden, press


@pytest.fixture
def public_leak(qing: QingCounty) -> Case:
    """A neighbour's burst pipe, open, sorted under water supply."""
    above = Category.objects.create(county=QING, code="0102", name="市政管理", level=2)
    water = Category.objects.create(county=QING, code="010215", name="自来水供应", parent=above, level=3)
    report = acts.receive(qing, at=now()).report
    return triaging.open_case(report, acts.opening(qing, category=water), by=qing.ma_clerks, at=now())


def after_where(client: Client, said: dict[str, str]) -> Page:
    page = press(client, client.get("/report/"), text=said["text"], nature=said["nature"])
    return press(client, page, region=said["region"], place=said["place"])


def finish(client: Client, page: Page, said: dict[str, str]) -> Page:
    return press(client, press(client, page, phone=said["phone"], reporter="", proxy=""), to="send")


def test_something_alike_is_shown_once_the_place_is_known(
    client: Client, answers: dict[str, str], public_leak: Case
) -> None:
    page = after_where(client, answers)

    shown = page.content.decode()
    assert page.context["screen"] == "same"
    assert "自来水供应" in shown
    assert public_leak.title not in shown and public_leak.number not in shown and str(public_leak.pk) not in shown


def test_joining_is_a_report_of_its_own_that_a_clerk_joins(
    client: Client, answers: dict[str, str], qing: QingCounty, public_leak: Case
) -> None:
    page = after_where(client, answers)
    who = press(client, page, same=page.context["hints"][0].answer)
    check = press(client, who, phone=answers["phone"], reporter="", proxy="")
    sent = press(client, check, to="send")

    assert "自来水供应" in check.content.decode()
    report = Report.objects.exclude(case=public_leak).get()
    assert sent["Location"] == f"/receipt/{report.code}/"
    assert (report.same_as, report.case, report.status) == (public_leak, None, "received")


def test_mine_is_different_goes_on_and_says_nothing(client: Client, answers: dict[str, str], public_leak: Case) -> None:
    who = press(client, after_where(client, answers))
    finish(client, who, answers)

    assert who.context["screen"] == "who"
    assert Report.objects.exclude(case=public_leak).get().same_as is None


def test_nothing_alike_is_not_in_the_way(client: Client, answers: dict[str, str], public_leak: Case) -> None:
    page = after_where(client, answers | {"text": "广场舞太吵，睡不着觉。"})

    assert page.context["screen"] == "who"


def test_an_accusation_is_asked_nothing(client: Client, answers: dict[str, str], public_leak: Case) -> None:
    assert after_where(client, answers | {"nature": "accusation"}).context["screen"] == "who"


def test_a_made_up_answer_joins_nothing(client: Client, answers: dict[str, str], public_leak: Case) -> None:
    who = press(client, after_where(client, answers), same=str(public_leak.pk))
    finish(client, who, answers)

    assert Report.objects.exclude(case=public_leak).get().same_as is None


def test_what_is_no_longer_open_when_it_is_sent_is_let_go(
    client: Client, answers: dict[str, str], qing: QingCounty, public_leak: Case
) -> None:
    page = after_where(client, answers)
    who = press(client, page, same=page.context["hints"][0].answer)
    acts.conclude(qing, acts.dispatch(qing, public_leak, at=now()), at=now())
    finish(client, who, answers)

    assert Report.objects.exclude(case=public_leak).get().same_as is None


def test_the_answer_can_be_taken_back_from_the_summary(
    client: Client, answers: dict[str, str], public_leak: Case
) -> None:
    page = after_where(client, answers)
    who = press(client, page, same=page.context["hints"][0].answer)
    check = press(client, who, phone="", reporter="", proxy="")
    changed = press(client, press(client, check, to="same"))

    assert changed.context["screen"] == "check"
    assert "same" not in hidden(changed)


def test_whoever_tries_text_after_text_is_shown_nothing_more(
    client: Client, answers: dict[str, str], public_leak: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "HINTS", replace(limits.HINTS, most=2, span=timedelta(days=10_000)))

    seen = [after_where(client, answers).context["screen"] for _try in range(3)]

    assert seen == ["same", "same", "who"]
