from datetime import timedelta

import pytest

from fengqiao.cases.models import Case, CaseClock, Stage
from fengqiao.cases.transitions import closing, reopening
from fengqiao.cases.transitions.closing import Answer
from fengqiao.cases.vocabulary import AnswerChannel, Satisfied, Solved
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Machine, Resident
from tests import acts
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty

WINDOW_OVER = MONDAY_9AM + timedelta(days=16)


def test_the_residents_answer_is_kept_beside_the_units_claim(done_leak: Case) -> None:
    report = done_leak.reports.get()
    answer = Answer(solved=Solved.PARTLY, satisfied=Satisfied.FAIRLY, contacted=True, words="好多了", report=report.pk)

    case = closing.evaluate(done_leak, answer, by=Resident(report.pk, done_leak.pk), at=MONDAY_9AM + acts.HOUR)

    evaluation = case.evaluations.get()
    assert (evaluation.solved, evaluation.satisfied, evaluation.contacted, evaluation.by) == (
        "partly",
        "fairly",
        True,
        None,
    )
    assert case.outcome == "solved"


def test_an_answer_by_call_names_the_caller(qing: QingCounty, done_leak: Case) -> None:
    answer = Answer(solved=Solved.YES, channel=AnswerChannel.CALL)

    case = closing.evaluate(done_leak, answer, by=qing.ma_clerks, at=MONDAY_9AM + acts.HOUR)

    assert (case.evaluations.get().by, case.evaluations.get().channel) == (qing.ma_clerks, "call")


def test_not_solved_asks_for_reopening_and_the_unit_does_not_decide(done_leak: Case) -> None:
    case = acts.evaluate(done_leak, solved=Solved.NO, words="水还是黄的", at=MONDAY_9AM + acts.HOUR)

    assert case.reopen_requests.get().words == "水还是黄的"
    assert (case.status, case.due_stage) == ("concluded", Stage.DECIDE)


def test_an_answer_is_given_once(done_leak: Case) -> None:
    acts.evaluate(done_leak)

    with pytest.raises(Refused, match="already"):
        acts.evaluate(done_leak)


def test_an_answer_after_the_window_is_refused_whatever_the_form_says(done_leak: Case) -> None:
    with pytest.raises(Refused, match="over"):
        acts.evaluate(done_leak, at=WINDOW_OVER)

    CaseClock.objects.filter(case=done_leak, stage=Stage.EVALUATE).update(due_at=WINDOW_OVER + timedelta(days=1))
    assert acts.evaluate(done_leak, at=WINDOW_OVER).evaluations.exists()


def test_archiving_waits_for_the_resident(qing: QingCounty, done_leak: Case) -> None:
    with pytest.raises(Refused, match="may still answer"):
        acts.archive(qing, done_leak)

    assert acts.archive(qing, done_leak, at=WINDOW_OVER).archived_at == WINDOW_OVER


def test_archiving_waits_for_the_decision_on_reopening(qing: QingCounty) -> None:
    with pytest.raises(Refused, match="decide"):
        acts.archive(qing, steps.asked_again(qing), at=WINDOW_OVER)


def test_the_window_stops_without_being_met_when_nobody_answers(qing: QingCounty, done_leak: Case) -> None:
    case = acts.archive(qing, done_leak, at=WINDOW_OVER)

    window = case.clocks.get(stage=Stage.EVALUATE)
    assert (window.met_at, window.stopped_at) == (None, WINDOW_OVER)
    assert not case.evaluations.exists()


def test_a_planned_revisit_has_a_clock_and_the_revisit_meets_it(qing: QingCounty) -> None:
    case = closing.plan_revisit(steps.archived(qing), by=Machine("sample"), at=MONDAY_9AM)
    assert (case.due_stage, case.due_at) == (Stage.REVISIT, MONDAY_9AM + timedelta(days=30))

    case = steps._revisit(qing, case, qing.ma_clerks, MONDAY_9AM + acts.HOUR)

    assert case.clocks.get(stage=Stage.REVISIT).met_at == MONDAY_9AM + acts.HOUR
    assert case.due_at is None


def test_a_revisit_that_finds_it_unsolved_asks_for_reopening_at_any_time(qing: QingCounty) -> None:
    case = closing.revisit(
        steps.archived(qing),
        solved=Solved.NO,
        channel=AnswerChannel.VISIT,
        words="又坏了",
        by=qing.ma_clerks,
        at=WINDOW_OVER,
    )

    assert reopening.reopen(case, by=qing.chen_dispatches, at=WINDOW_OVER).round == 2
