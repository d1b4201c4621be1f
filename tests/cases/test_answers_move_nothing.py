"""An answer moves no case: only a step does, seen in the record with why (row 20 of what the peers taught us)."""

import pytest

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import closing, reopening
from fengqiao.cases.transitions.closing import Answer
from fengqiao.cases.vocabulary import AnswerChannel, Solved
from fengqiao.oversight import rules
from fengqiao.people.actors import Machine, Resident
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty

ANSWERS = pytest.mark.parametrize("solved", Solved)


def answered(case: Case, solved: Solved, words: str = "水还是没来") -> Case:
    report = case.reports.get()
    answer = Answer(solved=solved, words=words, report=report.pk)
    return closing.evaluate(case, answer, by=Resident(report.pk, case.pk), at=MONDAY_9AM)


@ANSWERS
def test_no_evaluation_moves_the_case(qing: QingCounty, solved: Solved) -> None:
    """Row 20."""
    case = answered(steps.concluded(qing), solved)

    assert (case.status, case.round, case.outcome) == ("concluded", 1, "solved")


@ANSWERS
def test_no_revisit_moves_the_case_further_than_the_visit_itself(qing: QingCounty, solved: Solved) -> None:
    """Row 20."""
    case = steps.archived(qing)
    channel = AnswerChannel.CALL
    case = closing.revisit(case, solved=solved, channel=channel, words="又停水", by=qing.ma_clerks, at=MONDAY_9AM)

    assert (case.status, case.round) == ("revisited", 1)


@pytest.mark.parametrize("note", ["", "理由成立"])
def test_not_solved_reopens_only_by_a_line_that_says_why(qing: QingCounty, note: str) -> None:
    """Row 20."""
    case = answered(steps.concluded(qing), Solved.NO)
    case = reopening.reopen(case, note=note, by=qing.chen_dispatches, at=MONDAY_9AM)
    line = case.log.order_by("line").last()

    assert line is not None
    assert (case.status, line.verb, line.by, line.note) == ("opened", "reopen", qing.chen_dispatches, note)
    assert line.facts["asked"] == "水还是没来"


def test_reopened_by_rule_the_line_names_the_rule_and_what_was_asked(qing: QingCounty) -> None:
    """Row 20."""
    case = answered(steps.concluded(qing), Solved.NO)
    case = reopening.reopen(case, by=Machine(rules.UNDECIDED_REOPENS), at=MONDAY_9AM)
    line = case.log.order_by("line").last()

    assert line is not None
    assert (line.facts["rule"], line.facts["asked"]) == (rules.UNDECIDED_REOPENS, "水还是没来")


def test_not_solved_stays_concluded_only_by_a_line_that_says_why(qing: QingCounty) -> None:
    """Row 20."""
    case = answered(steps.concluded(qing), Solved.NO)
    case = reopening.refuse_reopen(
        case, reason="已复核", other_road="可申请复查", by=qing.chen_dispatches, at=MONDAY_9AM
    )
    line = case.log.order_by("line").last()

    assert line is not None
    assert (case.status, line.verb) == ("concluded", "refuse_reopen")
    assert "已复核" in line.public and "可申请复查" in line.public


@pytest.mark.parametrize("solved", [Solved.YES, Solved.PARTLY])
def test_an_answered_case_is_filed_only_by_a_line_that_says_what_was_answered(qing: QingCounty, solved: Solved) -> None:
    """Row 20."""
    case = closing.archive(answered(steps.concluded(qing), solved), by=qing.chen_dispatches, at=MONDAY_9AM)
    line = case.log.order_by("line").last()

    assert line is not None
    assert (case.status, line.verb, line.facts["solved"]) == ("archived", "archive", solved)
