"""Who owes a call about the result, and when its window lets the case be archived."""

from datetime import datetime, timedelta

from fengqiao.cases.models import Case, CaseClock, Stage
from fengqiao.cases.queries import waiting_for
from fengqiao.cases.vocabulary import Solved
from tests import acts
from tests.cast import QingCounty

TICK = timedelta(microseconds=1)


def ends(case: Case) -> datetime:
    return CaseClock.objects.get(case=case, stage=Stage.EVALUATE).due_at


def waits(qing: QingCounty, at: datetime) -> tuple[int, int]:
    """Count the calls that the clerk owes, and what the dispatcher may archive."""
    calls = {each.key: each.count for each in waiting_for(qing.ma_clerks, at)}["evaluate"]
    return calls, {each.key: each.count for each in waiting_for(qing.chen_dispatches, at)}["archive"]


def test_a_result_is_called_about_until_the_window_ends_and_archived_from_then_on(
    qing: QingCounty, done_leak: Case
) -> None:
    end = ends(done_leak)

    assert waits(qing, end - TICK) == (1, 0)
    assert waits(qing, end) == (1, 1)
    assert waits(qing, end + TICK) == (0, 1)


def test_an_answer_ends_the_window(qing: QingCounty, done_leak: Case) -> None:
    before = ends(done_leak) - TICK
    acts.evaluate(done_leak, solved=Solved.YES)

    assert waits(qing, before) == (0, 1)


def test_a_window_that_was_stopped_holds_nothing_up(qing: QingCounty, done_leak: Case) -> None:
    CaseClock.objects.filter(case=done_leak, stage=Stage.EVALUATE).update(stopped_at=ends(done_leak) - TICK)

    assert waits(qing, ends(done_leak) - TICK) == (0, 1)
