"""Two workers at once, over real connections: everything is done once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection, connections, transaction

from fengqiao.cases.models import Case, CaseClock, CaseLog, Stage, Unfollowed
from fengqiao.cases.transitions import handling
from fengqiao.jobs import follow, watch
from fengqiao.kit.verdict import Refused
from fengqiao.oversight.models import Notice
from tests import acts, cast
from tests.cast import MONDAY_9AM, QingCounty

pytestmark = pytest.mark.django_db(transaction=True)
Answer = TypeVar("Answer")

NEXT_DAY = MONDAY_9AM + timedelta(days=1)
CASES = 6


@pytest.fixture
def qing(transactional_db: None) -> QingCounty:
    """Qing County, committed, so that other connections see it."""
    return cast.build()


def together(act: Callable[[], Answer], hands: int = 2) -> list[Answer]:
    """Let several threads, each with its own connection, do the same at the same moment."""
    start = Barrier(hands)

    def one() -> Answer:
        try:
            connection.ensure_connection()
            start.wait(timeout=60)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(hands) as pool:
        return [each.result(timeout=60) for each in [pool.submit(one) for _ in range(hands)]]


def test_two_watchers_raise_each_alert_once_and_accept_once(qing: QingCounty) -> None:
    silent = [acts.dispatch(qing, acts.open_leak(qing)) for _ in range(CASES)]
    waiting = [acts.open_leak(qing) for _ in range(CASES)]

    swept = together(lambda: watch.sweep(NEXT_DAY), hands=3)

    assert sum(each.failed for each in swept) == 0
    assert sum(each.alerts for each in swept) == 2 * CASES
    assert Notice.objects.filter(case__in=waiting).count() == CASES
    assert CaseLog.objects.filter(case__in=silent, verb="accept").count() == CASES


def test_one_alert_is_claimed_by_one_of_many(qing: QingCounty) -> None:
    case = acts.open_leak(qing)
    clock = CaseClock.objects.get(case=case, stage=Stage.DISPATCH)

    won = together(lambda: watch.take(CaseClock.objects.get(pk=clock.pk), NEXT_DAY), hands=4)

    assert won.count(True) == 1
    assert Notice.objects.count() == 1


def test_two_workers_follow_each_line_once(qing: QingCounty) -> None:
    for _ in range(CASES):
        acts.dispatch(qing, acts.open_leak(qing))

    together(lambda: follow.follow(NEXT_DAY))

    assert not Unfollowed.objects.exists()
    assert Notice.objects.filter(kind="dispatched").count() == CASES


def test_a_line_another_worker_holds_is_passed_over_and_not_waited_for(qing: QingCounty) -> None:
    held = acts.dispatch(qing, acts.open_leak(qing))
    free = acts.dispatch(qing, acts.open_leak(qing))
    with transaction.atomic():
        list(Unfollowed.objects.select_for_update().filter(line__case=held))
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_follow_elsewhere).result(timeout=60)

    assert set(Unfollowed.objects.values_list("line__case", flat=True)) == {held.pk}
    assert [each.case for each in Notice.objects.all()] == [free]


def test_a_step_and_the_watch_at_once_do_not_lock_each_other_out(qing: QingCounty) -> None:
    cases = [acts.dispatch(qing, acts.open_leak(qing)) for _ in range(CASES)]
    with ThreadPoolExecutor(2) as pool:
        steps = pool.submit(_accept_all, qing, cases)
        swept = pool.submit(_sweep)
        done = steps.result(timeout=60)
        assert swept.result(timeout=60).failed == 0

    assert done + CaseLog.objects.filter(verb="accept", actor="machine").count() == CASES


def _follow_elsewhere() -> None:
    try:
        follow.follow(NEXT_DAY)
    finally:
        connections.close_all()


def _sweep() -> watch.Swept:
    try:
        return watch.sweep(NEXT_DAY)
    finally:
        connections.close_all()


def _accept_all(qing: QingCounty, cases: list[Case]) -> int:
    """Press "accept" on every case; say how often the person was first."""
    done = 0
    try:
        for case in cases:
            try:
                handling.accept(case, by=qing.liu_handles_water, at=NEXT_DAY)
                done += 1
            except Refused:
                continue
    finally:
        connections.close_all()
    return done
