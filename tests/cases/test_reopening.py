from datetime import timedelta

import pytest

from fengqiao.cases.models import Case, CaseClock, Stage
from fengqiao.cases.transitions import reopening
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Machine
from tests import acts
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty

AFTER_30_DAYS = MONDAY_9AM + timedelta(days=30, hours=1, minutes=1)


def ask(qing: QingCounty, case: Case, **changes: object) -> Case:
    """A clerk writes down the resident's request."""
    facts = {"words": "又停水了", "by": qing.ma_clerks, "at": MONDAY_9AM + 2 * acts.HOUR}
    return reopening.ask_reopen(case, **(facts | changes))  # type: ignore[arg-type]


def test_reopening_begins_a_round_and_erases_nothing(qing: QingCounty) -> None:
    case = steps.asked_again(qing)
    lines = list(case.log.order_by("line").values_list("digest", flat=True))

    case = reopening.reopen(case, by=qing.chen_dispatches, at=MONDAY_9AM)

    assert (case.status, case.round, case.lead, case.outcome) == ("opened", 2, None, "")
    assert list(case.log.order_by("line").values_list("digest", flat=True))[:-1] == lines
    assert case.log.get(verb="reopen").facts["lead"] == "清县水务局"
    assert {each.stage for each in case.clocks.all() if each.is_running()} == {Stage.DISPATCH}


def test_the_window_is_thirty_days_as_the_stored_clock_has_it(qing: QingCounty, done_leak: Case) -> None:
    with pytest.raises(Refused, match="over"):
        ask(qing, done_leak, at=AFTER_30_DAYS)

    CaseClock.objects.filter(case=done_leak, stage=Stage.REOPEN).update(due_at=AFTER_30_DAYS)
    assert ask(qing, done_leak, at=AFTER_30_DAYS).reopen_requests.exists()


def test_an_archived_case_can_still_be_asked_for(qing: QingCounty) -> None:
    assert ask(qing, steps.archived(qing)).reopen_requests.exists()


def test_one_request_at_a_time(qing: QingCounty, done_leak: Case) -> None:
    ask(qing, done_leak)

    with pytest.raises(Refused, match="already"):
        ask(qing, done_leak)


def test_a_request_says_why(qing: QingCounty, done_leak: Case) -> None:
    with pytest.raises(Refused, match="still not settled"):
        ask(qing, done_leak, words=" ")


def test_nothing_is_reopened_that_nobody_asked_for(qing: QingCounty, done_leak: Case) -> None:
    with pytest.raises(Refused, match="Nobody has asked"):
        reopening.reopen(done_leak, by=qing.chen_dispatches, at=MONDAY_9AM)


def test_undecided_in_time_it_reopens_by_rule(qing: QingCounty) -> None:
    case = reopening.reopen(steps.asked_again(qing), by=Machine("undecided in time"), at=MONDAY_9AM)

    assert (case.round, case.log.get(verb="reopen").actor) == (2, "machine")


def test_a_refusal_tells_the_resident_why_and_which_road_is_left(qing: QingCounty) -> None:
    case = steps.asked_again(qing)
    with pytest.raises(Refused, match="other road"):
        reopening.refuse_reopen(case, reason="已核实", other_road="", by=qing.chen_dispatches, at=MONDAY_9AM)

    case = reopening.refuse_reopen(
        case, reason="已核实", other_road="可向市综治中心申请复查", by=qing.chen_dispatches, at=MONDAY_9AM
    )

    assert case.log.get(verb="refuse_reopen").public == "已核实\n\n可向市综治中心申请复查"
    assert case.reopen_requests.get().decision == "refused"
    assert case.clocks.get(stage=Stage.DECIDE).met_at == MONDAY_9AM
