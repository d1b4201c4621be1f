"""The worker against itself, and cut off in the midst: each alert and each follow-up once, and none at once.

Killing the whole process is tried in tests/jobs/test_tasks.py; here the database cuts its connection at a known moment.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import InterfaceError, OperationalError, connection, connections, transaction
from django.db.backends.utils import CursorWrapper

from fengqiao.cases import deadlines
from fengqiao.cases.models import Case, CaseClock, Stage
from fengqiao.jobs import follow, pulse, watch
from fengqiao.oversight.models import Heartbeat, Notice
from tests import acts
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty
from tests.together.hands import together
from tests.together.whole import faults_of, faults_of_the_worker

pytestmark = pytest.mark.django_db(transaction=True)
NEXT_DAY = MONDAY_9AM + timedelta(days=1)
CASES = 5


def test_three_watchers_of_one_alert_give_it_once(qing: QingCounty) -> None:
    case = acts.open_leak(qing)
    clock = CaseClock.objects.get(case=case, stage=Stage.DISPATCH)
    read = [CaseClock.objects.get(pk=clock.pk) for _ in range(3)]

    told = together(*(partial(watch.take, each, NEXT_DAY) for each in read), held=case)

    assert sorted(str(each.given) for each in told) == ["False", "False", "True"]
    assert Notice.objects.get().level == 100
    assert faults_of(case) + faults_of_the_worker() == []


def test_the_first_alert_does_not_come_at_once_and_each_comes_in_its_turn(qing: QingCounty) -> None:
    case = steps.handling_(qing)
    clock = CaseClock.objects.get(case=case, stage=Stage.HANDLE)
    span = (clock.due_at - clock.started_at) / 20
    seen: list[tuple[int, int]] = []

    for tenth in range(23):
        watch.sweep(clock.started_at + span * tenth)
        seen.append((tenth * 5, Notice.objects.filter(case_clock=clock).count()))

    assert [count for share, count in seen if share < 50] == [0] * 10
    assert [count for _, count in seen] == sorted(count for _, count in seen)
    assert seen[-1][1] == 3


def test_windows_that_are_over_are_closed_by_two_at_once(qing: QingCounty) -> None:
    for _ in range(CASES):
        steps.evaluated(qing)
    after = MONDAY_9AM + timedelta(days=31)

    told = together(*[partial(deadlines.close_windows, after)] * 3)

    assert sum(int(str(each.given)) for each in told) == CASES, told


@pytest.mark.parametrize("work", [watch.sweep, follow.follow])
def test_cut_off_in_the_midst_and_run_again_it_is_done_once(
    qing: QingCounty, work: Callable[[datetime], object]
) -> None:
    cases = [acts.open_leak(qing) for _ in range(CASES)]
    if work is follow.follow:
        cases = [acts.dispatch(qing, case) for case in cases]

    _cut_off(partial(work, NEXT_DAY), held=cases[CASES // 2])
    assert Notice.objects.filter(case=cases[CASES // 2]).count() == 0

    later = NEXT_DAY + 2 * acts.HOUR  # what was put aside for an hour has its turn again
    together(partial(work, later), partial(work, later))
    work(later)

    assert [Notice.objects.filter(case=case).count() for case in cases] == [1] * CASES
    assert [fault for case in cases for fault in faults_of(case)] + faults_of_the_worker() == []


def test_two_workers_are_two_beating_hearts(db: None) -> None:
    for name in ("one", "other", "one"):
        pulse.beat(NEXT_DAY, name=name)

    assert Heartbeat.objects.count() == 2


def _cut_off(act: Callable[[], object], *, held: Case) -> None:
    """Let the worker come to a case that is held, and cut its connection while it waits there."""
    pids: list[int] = []

    def run() -> None:
        connection.ensure_connection()
        pids.append(connection.connection.info.backend_pid)
        try:
            with suppress(OperationalError, InterfaceError):
                act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool, transaction.atomic(), connection.cursor() as cursor:
        Case.objects.select_for_update().get(pk=held.pk)
        running = pool.submit(run)
        _until_somebody_waits(cursor, pids)
        cursor.execute("SELECT pg_terminate_backend(%s)", pids)
        if not running.done():
            wait([running], timeout=1)  # it has met its end, or waits anew for the same case
    running.result(timeout=60)


def _until_somebody_waits(cursor: CursorWrapper, pids: list[int]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND pid = ANY(%s)", [pids])
        if cursor.fetchone():
            return
        time.sleep(0.01)
    raise AssertionError("the worker never came to the case that is held")
