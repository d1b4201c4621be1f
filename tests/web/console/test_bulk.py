"""Acting on several rows of a list: chosen, filled in once, checked row by row, done row by row."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import handling
from fengqiao.cases.workflow import STEPS
from fengqiao.desk.models import BulkRun
from fengqiao.intake.models import Report
from fengqiao.intake.workflow import Status as ReportStatus
from fengqiao.web.console.bulk import ONE_BY_ONE
from tests import acts
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn

HIDDEN = re.compile(r'<input type="hidden" name="(?!csrf)([\w]+)" value="([^"]*)">')


def mark(case: Case) -> str:
    case.refresh_from_db()
    return f"{case.number}.{case.line_count}"


def check(client: Client, verb: str, marks: list[str], **answers: object) -> Any:
    return client.post(reverse("console:bulk_check"), {"verb": verb, "case": marks, **answers})


def confirm(client: Client, checked: Any) -> Any:
    """Press the button of a check page: send on what it carries."""
    sent: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(checked.content.decode()):
        sent.setdefault(name, []).append(value)
    return client.post(reverse("console:bulk_confirm"), sent, follow=True)


@pytest.fixture
def three(qing: QingCounty, today: datetime) -> list[Case]:
    """Three leaks opened just now."""
    return [acts.open_leak(qing, at=today, title=f"第{number}处漏水") for number in range(3)]


def test_rows_can_be_chosen_by_whoever_acts_on_cases(qing: QingCounty, sign_in: SignIn, three: list[Case]) -> None:
    page = sign_in(qing.chen_dispatches).get(reverse("console:cases")).content.decode()
    assert f'name="case" value="{mark(three[0])}"' in page

    assert 'name="case"' not in sign_in(qing.gao_leads).get(reverse("console:cases")).content.decode()


def test_a_number_with_a_null_in_it_is_nobodys(qing: QingCounty, sign_in: SignIn, three: list[Case]) -> None:
    client = sign_in(qing.chen_dispatches)

    assert check(client, "dispatch", ["\x00", f"{three[0].number}\x00.1"], to=qing.water.pk).status_code == 404


def test_the_steps_offered_are_counted(qing: QingCounty, sign_in: SignIn, three: list[Case], today: datetime) -> None:
    marks = [mark(acts.dispatch(qing, three[0], at=today)), mark(three[1]), mark(three[2])]

    page = sign_in(qing.chen_dispatches).get(reverse("console:bulk"), {"case": marks})

    offered = {offer.step.verb: offer.count for offer in page.context["offers"]}
    assert offered["dispatch"] == 2
    assert offered["add_note"] == 3
    assert offered.keys().isdisjoint(ONE_BY_ONE)


def test_what_is_weighed_one_by_one_is_a_step_of_the_table() -> None:
    assert set(STEPS) >= ONE_BY_ONE


@pytest.mark.parametrize("verb", sorted(ONE_BY_ONE))
def test_what_is_weighed_one_by_one_is_not_taken_on_many(
    qing: QingCounty, sign_in: SignIn, done: Case, verb: str
) -> None:
    assert check(sign_in(qing.ma_clerks), verb, [mark(done)]).status_code == 404


def test_each_row_is_checked_and_each_row_is_done(
    qing: QingCounty, sign_in: SignIn, three: list[Case], today: datetime
) -> None:
    desk = sign_in(qing.chen_dispatches)
    sent = acts.dispatch(qing, three[0], at=today)

    checked = check(
        desk, "dispatch", [mark(sent), mark(three[1]), mark(three[2])], to=str(qing.roads.pk), note="请今日办"
    )

    assert [each.picked.thing for each in checked.context["can"]] == three[1:]
    assert [each.verdict.reason for each in checked.context["cannot"]] == ["这件事已进入下一环节：待签收。"]
    assert Case.objects.filter(lead=qing.roads).count() == 0
    assert checked.context["told"] == [("主办单位", "清县交通局"), ("给承办单位的说明", "请今日办")]

    done = confirm(desk, checked)

    assert [(row.thing, row.outcome) for row in done.context["rows"]] == [
        (three[1], "done"),
        (three[2], "done"),
        (sent, "refused"),
    ]
    assert set(Case.objects.filter(lead=qing.roads)) == set(three[1:])
    assert all(case.log.get(verb="dispatch").note == "请今日办" for case in three[1:])


def test_pressing_twice_does_it_once(qing: QingCounty, sign_in: SignIn, three: list[Case]) -> None:
    desk = sign_in(qing.chen_dispatches)
    checked = check(desk, "add_note", [mark(case) for case in three], note="已电话联系")

    first, second = confirm(desk, checked), confirm(desk, checked)

    assert first.redirect_chain == second.redirect_chain
    assert BulkRun.objects.count() == 1
    assert [case.log.filter(verb="add_note").count() for case in three] == [1, 1, 1]


def test_a_case_that_changed_after_it_was_chosen_is_left_alone(
    qing: QingCounty, sign_in: SignIn, three: list[Case], today: datetime
) -> None:
    desk = sign_in(qing.chen_dispatches)
    marks = [mark(case) for case in three]
    handling.add_note(three[0], note="群众又来电", by=qing.ma_clerks, at=today)
    checked = check(desk, "dispatch", marks, to=str(qing.water.pk))
    assert [each.picked.thing for each in checked.context["cannot"]] == three[:1]
    assert "先打开看" in checked.context["cannot"][0].verdict.reason

    handling.add_note(three[1], note="群众又来电", by=qing.ma_clerks, at=today)
    done = confirm(desk, checked)

    assert [row.outcome for row in done.context["rows"]] == ["refused", "done", "refused"]
    assert list(Case.objects.filter(lead=qing.water)) == three[2:]


@pytest.mark.parametrize("who", ["sun_dispatches_west", "deng_is_a_stranger", "bai_audits"])
def test_a_case_out_of_sight_does_not_exist(qing: QingCounty, sign_in: SignIn, three: list[Case], who: str) -> None:
    desk = sign_in(getattr(qing, who))
    marks = [mark(case) for case in three]

    page = desk.get(reverse("console:bulk"), {"case": marks, "verb": "dispatch"})

    assert page.context["chosen"] == []
    assert three[0].title not in page.content.decode()
    assert check(desk, "add_note", marks, note="试").status_code == 404
    assert Case.objects.filter(log__verb="add_note").count() == 0


def test_a_restricted_case_among_others_does_not_exist_either(
    qing: QingCounty, sign_in: SignIn, three: list[Case], today: datetime
) -> None:
    secret = acts.open_accusation(qing, at=today)

    checked = check(sign_in(qing.chen_dispatches), "add_note", [mark(secret), mark(three[0])], note="试")

    assert [each.picked.thing for each in (*checked.context["can"], *checked.context["cannot"])] == three[:1]
    assert secret.number not in checked.content.decode()


def test_a_run_is_shown_to_whoever_made_it_alone(qing: QingCounty, sign_in: SignIn, three: list[Case]) -> None:
    desk = sign_in(qing.chen_dispatches)
    confirm(desk, check(desk, "dispatch", [mark(three[0])], to=str(qing.water.pk)))
    address = reverse("console:bulk_run", args=[BulkRun.objects.get().pk])

    assert desk.get(address).status_code == 200
    for who in ("chen_dispatches_east", "wu_supervises", "liu_handles_water", "deng_is_a_stranger"):
        other = sign_in(getattr(qing, who))
        assert {other.get(address).status_code, other.post(address).status_code} == {404}


def test_what_was_done_together_is_found_again_by_whoever_did_it(
    qing: QingCounty, sign_in: SignIn, three: list[Case], today: datetime
) -> None:
    desk = sign_in(qing.chen_dispatches)
    assert 'class="empty"' in desk.get(reverse("console:bulk_runs")).content.decode()
    gone = mark(acts.dispatch(qing, three[0], at=today))
    confirm(desk, check(desk, "dispatch", [gone, mark(three[1]), mark(three[2])], to=str(qing.water.pk)))
    confirm(desk, check(desk, "add_note", [mark(three[1])], note="已联系"))

    page = desk.get(reverse("console:bulk_runs"))

    counted = [(run.verb, run.done, run.refused, run.waiting) for run, _label in page.context["runs"]]
    assert counted == [("add_note", 1, 0, 0), ("dispatch", 2, 1, 0)]
    assert sign_in(qing.wu_supervises).get(reverse("console:bulk_runs")).context["runs"] == []


def test_what_has_left_ones_sight_keeps_its_outcome_and_loses_its_title(
    qing: QingCounty, sign_in: SignIn, three: list[Case]
) -> None:
    desk = sign_in(qing.chen_dispatches)
    confirm(desk, check(desk, "dispatch", [mark(three[0])], to=str(qing.water.pk)))
    Case.objects.filter(pk=three[0].pk).update(is_restricted=True)

    page = desk.get(reverse("console:bulk_run", args=[BulkRun.objects.get().pk]))

    assert [row.outcome for row in page.context["rows"]] == ["done"]
    assert three[0].title not in page.content.decode() and three[0].number not in page.content.decode()


def test_answers_that_fit_no_row_are_refused_beside_their_field(
    qing: QingCounty, sign_in: SignIn, three: list[Case]
) -> None:
    page = check(sign_in(qing.chen_dispatches), "dispatch", [mark(case) for case in three], note="没选单位")

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"to"}
    assert "没选单位" in page.content.decode()


def test_what_is_written_can_be_changed_after_the_check(qing: QingCounty, sign_in: SignIn, three: list[Case]) -> None:
    page = check(sign_in(qing.chen_dispatches), "add_note", [mark(three[0])], note="写错了", change="1")

    assert page.status_code == 200
    assert "写错了" in page.content.decode()
    assert page.context["chosen"][0].thing == three[0]


def test_reports_are_joined_to_one_case_at_once(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    leak = acts.open_leak(qing, at=today)
    desk = sign_in(qing.ma_clerks)
    waiting = [acts.receive(qing, at=today).report for _ in range(3)]
    taken = leak.reports.get()
    codes = [report.code for report in (*waiting, taken)]
    page = desk.get(reverse("console:bulk"), {"report": codes})
    assert [(offer.step.verb, offer.count) for offer in page.context["offers"]] == [("join", 3)]

    checked = desk.post(reverse("console:bulk_check"), {"verb": "join", "report": codes, "candidate": leak.number})
    assert [each.picked.thing for each in checked.context["cannot"]] == [taken]
    confirm(desk, checked)

    assert set(leak.reports.all()) == {*waiting, taken}
    assert set(Report.objects.values_list("status", flat=True)) == {ReportStatus.IN_CASE}
    assert leak.log.filter(verb="join").count() == 3


def test_an_accusation_is_not_joined_to_what_others_see(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    leak = acts.open_leak(qing, at=today)
    plain = acts.receive(qing, at=today).report
    accusation = acts.receive(qing, at=today, nature="accusation").report  # type: ignore[arg-type]
    codes = [plain.code, accusation.code]

    checked = sign_in(qing.ma_clerks).post(
        reverse("console:bulk_check"), {"verb": "join", "report": codes, "number": leak.number}
    )

    assert [each.picked.thing for each in checked.context["can"]] == [plain]
    assert [each.picked.thing for each in checked.context["cannot"]] == [accusation]


@pytest.mark.parametrize(
    "sent",
    [{}, {"case": "x"}, {"case": "20260302-XXXXX.1"}, {"report": "???"}, {"case": "20260302-XXXXX.٣", "verb": "open"}],
)
def test_nonsense_finds_nothing(qing: QingCounty, sign_in: SignIn, sent: dict[str, str]) -> None:
    desk = sign_in(qing.chen_dispatches)

    assert desk.get(reverse("console:bulk"), sent).context["chosen"] == []
    assert desk.post(reverse("console:bulk_check"), sent).status_code == 404
    assert desk.post(reverse("console:bulk_confirm"), sent).status_code == 404


def test_no_more_than_a_page_is_taken_at_once(qing: QingCounty, sign_in: SignIn, three: list[Case]) -> None:
    marks = [f"20260302-AAA{number:02}.1" for number in range(50)] + [mark(three[0])]

    assert sign_in(qing.chen_dispatches).get(reverse("console:bulk"), {"case": marks}).context["chosen"] == []


def test_reading_and_writing_are_kept_apart(qing: QingCounty, sign_in: SignIn) -> None:
    desk = sign_in(qing.chen_dispatches)
    assert desk.post(reverse("console:bulk")).status_code == 405
    assert desk.get(reverse("console:bulk_check")).status_code == 405
    assert desk.get(reverse("console:bulk_confirm")).status_code == 405


def test_choosing_asks_at_most_one_question_a_case(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    desk, marks = sign_in(qing.chen_dispatches), [mark(acts.open_leak(qing, at=today)) for _ in range(12)]
    costs = []
    for chosen in (marks[:2], marks):
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("console:bulk"), {"case": chosen})
        costs.append(len(queries))

    assert costs[0] <= 16
    assert costs[1] - costs[0] <= 10  # where a step itself depends on the record
