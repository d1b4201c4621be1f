"""Looking at a restricted case: the reason it asks for, the line it leaves, and the page that shows both."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import opening
from fengqiao.cases.transitions.naming import unname_viewer
from fengqiao.rights.models import AccessLog
from tests import acts
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn

ASKS = "console/cases/why.html"


@pytest.fixture
def lead(qing: QingCounty, today: datetime) -> Case:
    """An accusation that names its opener, who is not to act, and a dispatcher, who is."""
    case = acts.open_accusation(qing, at=today)
    return opening.name_viewer(case, qing.chen_dispatches, reason="由其分办", by=qing.ma_clerks, at=today)


def page(case: Case, name: str = "case") -> str:
    return reverse(f"console:{name}", args=[case.number])


def give(client: Client, case: Case, onward: str = "", **answers: str) -> str:
    posted = client.post(page(case, "look"), {"reason": "resident", "next": onward, **answers})
    assert posted.status_code == 302
    return posted.headers["Location"]


def reasons() -> list[str]:
    return list(AccessLog.objects.order_by("at", "pk").values_list("reason", flat=True))


def asks(answer: object) -> bool:
    return ASKS in [template.name for template in getattr(answer, "templates")]  # noqa: B009


def test_whose_turn_it_is_reads_on_and_that_is_the_reason(qing: QingCounty, lead: Case, sign_in: SignIn) -> None:
    answer = sign_in(qing.chen_dispatches).get(page(lead))

    assert lead.title in answer.content.decode()
    assert reasons() == ["轮到本人：分流转办"]


def test_everybody_else_is_asked_once_a_day(qing: QingCounty, lead: Case, sign_in: SignIn) -> None:
    client = sign_in(qing.ma_clerks)
    asked = client.get(page(lead))
    assert asks(asked) and lead.title not in asked.content.decode() and reasons() == []

    assert give(client, lead, words="何秀英来电") == page(lead)
    for name in ("case", "case", "print"):
        assert lead.title in client.get(page(lead, name)).content.decode()

    assert reasons() == ["群众询问: 何秀英来电", "群众询问: 何秀英来电", "打印 · 群众询问: 何秀英来电"]


def test_the_reason_of_yesterday_is_asked_for_again(qing: QingCounty, lead: Case, sign_in: SignIn) -> None:
    client = sign_in(qing.ma_clerks)
    give(client, lead)
    session = client.session
    session["looking"] = {key: ["2020-01-01", words] for key, (_day, words) in session["looking"].items()}
    session.save()

    assert asks(client.get(page(lead)))


def test_paper_and_report_ask_as_the_page_does(qing: QingCounty, lead: Case, sign_in: SignIn) -> None:
    client = sign_in(qing.ma_clerks)
    report = reverse("console:report", args=[lead.reports.get().code])

    assert asks(client.get(page(lead, "print"))) and asks(client.get(report))
    assert give(client, lead, onward=report) == report
    assert client.get(report).status_code == 200
    assert reasons() == ["群众询问"]


def test_a_look_within_the_page_sends_the_whole_page_to_be_asked(qing: QingCounty, lead: Case, sign_in: SignIn) -> None:
    answer = sign_in(qing.ma_clerks).get(page(lead), headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == page(lead)


@pytest.mark.parametrize(
    "answers", [{"reason": ""}, {"reason": "x"}, {"reason": "other"}, {"reason": "other", "words": " "}]
)
def test_no_reason_opens_nothing(qing: QingCounty, lead: Case, sign_in: SignIn, answers: dict[str, str]) -> None:
    client = sign_in(qing.ma_clerks)
    answer = client.post(page(lead, "look"), answers)

    assert answer.status_code == 422 and lead.title not in answer.content.decode()
    assert asks(client.get(page(lead)))


@pytest.mark.parametrize(
    "onward", ["https://elsewhere.example/", "//elsewhere.example/", "/track/", "javascript:alert(1)"]
)
def test_it_leads_nowhere_but_to_the_desk(qing: QingCounty, lead: Case, sign_in: SignIn, onward: str) -> None:
    assert give(sign_in(qing.ma_clerks), lead, onward=onward) == page(lead)


def test_a_step_is_never_held_up(qing: QingCounty, lead: Case, sign_in: SignIn) -> None:
    seen = {"seen": str(lead.line_count), "note": "已与纪检联系"}
    answer = sign_in(qing.ma_clerks).post(reverse("console:step", args=[lead.number, "add_note"]), seen)

    assert answer.status_code == 302
    assert lead.log.filter(verb="add_note").count() == 1


def test_a_plain_case_asks_nothing_and_is_not_written_down(qing: QingCounty, new_leak: Case, sign_in: SignIn) -> None:
    answer = sign_in(qing.gao_leads).get(page(new_leak))

    assert new_leak.title in answer.content.decode() and reasons() == []
    assert "<table" not in sign_in(qing.gao_leads).get(page(new_leak, "viewers")).content.decode()


def test_the_page_says_who_may_look_since_when_why_and_who_did(
    qing: QingCounty, lead: Case, sign_in: SignIn, today: datetime
) -> None:
    opening.name_viewer(lead, qing.wu_supervises, reason="督办此事", by=qing.ma_clerks, at=today)
    unname_viewer(lead, qing.wu_supervises, reason="不再督办", by=qing.chen_dispatches, at=today + timedelta(minutes=1))
    sign_in(qing.chen_dispatches).get(page(lead))

    answer = sign_in(qing.ma_clerks).get(page(lead, "viewers"))
    shown = answer.content.decode()

    assert [viewer.row.user for viewer in answer.context["viewers"]] == [qing.ma_clerks, qing.chen_dispatches]
    assert [bool(viewer.last) for viewer in answer.context["viewers"]] == [False, True]
    for words in ("由其分办", "不再督办", "吴明", "轮到本人：分流转办"):
        assert words in shown
    assert lead.title not in shown


def test_unnaming_is_a_step_on_the_page_and_oneself_is_led_away(qing: QingCounty, lead: Case, sign_in: SignIn) -> None:
    client = sign_in(qing.ma_clerks)
    form = client.get(page(lead), {"step": "unname_viewer"})
    assert asks(form)
    give(client, lead)
    offered = client.get(page(lead), {"step": "unname_viewer"}).context["page"].form.fields["person"].queryset
    assert set(offered) == {qing.ma_clerks, qing.chen_dispatches}

    posted = {"seen": str(lead.line_count), "person": str(qing.ma_clerks.pk), "reason": "已交接"}
    answer = client.post(reverse("console:step", args=[lead.number, "unname_viewer"]), posted)

    assert answer.headers["Location"] == reverse("console:cases")
    assert client.get(page(lead)).status_code == 404
