"""The worker itself: what it runs, that it does not pile up, and that a killed one loses nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import now
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from fengqiao.cases.models import Unfollowed
from fengqiao.jobs import tasks
from fengqiao.oversight import owing, transitions
from fengqiao.oversight.models import Heartbeat, Notice
from tests import acts, cast
from tests.cast import MONDAY_9AM, QingCounty

CHECKOUT = Path(__file__).resolve().parents[2]


def test_each_task_comes_as_often_as_it_should_and_does_not_pile_up() -> None:
    timetable = {each.task.name: each for each in app.periodic_registry.periodic_tasks.values()}

    assert {name: _seconds_between(each) for name, each in timetable.items()} == {
        "heartbeat": 10,
        "follow": 5,
        "watch": 30,
        "rescue": 15,
        "remind": 600,
        "succession": 20,
        "resettle": 20,
        "outward": 10,
        "tidy": 24 * 3600,
        "forget_dead_workers": 24 * 3600,
        "forget_bulk_runs": 24 * 3600,
        "sweep_files": 24 * 3600,
    }
    assert all(each.task.queueing_lock == name for name, each in timetable.items())


def _seconds_between(each: Any) -> float:
    """Count from one tick to the next."""
    each.croniter.set_current(start_time=MONDAY_9AM.timestamp())
    first = each.croniter.get_next(ret_type=float)
    return float(each.croniter.get_next(ret_type=float) - first)


def test_a_task_is_not_queued_twice(db: None) -> None:
    app.tasks["follow"].defer(timestamp=1)
    with pytest.raises(AlreadyEnqueued), transaction.atomic():
        app.tasks["follow"].defer(timestamp=2)

    assert ProcrastinateJob.objects.filter(task_name="follow").count() == 1


def test_the_tasks_do_their_work_at_the_present_moment(qing: QingCounty) -> None:
    acts.dispatch(qing, acts.open_leak(qing))
    for task in (tasks.heartbeat, tasks.follow_steps, tasks.watch_deadlines, tasks.forget_dead_workers):
        task.func(timestamp=0)

    assert Heartbeat.objects.get().at <= now()
    assert not Unfollowed.objects.filter(line__verb="dispatch").exists()
    assert Notice.objects.filter(kind="deadline").exists()


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start real workers on the test's own database, and end those still running."""
    started: list[subprocess.Popen[bytes]] = []
    address = connection.settings_dict
    url = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**address)

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, str(CHECKOUT / "manage.py"), "procrastinate", "worker", "--concurrency", "5"]
        environment = {**os.environ, "FENGQIAO_DATABASE_URL": url, "FENGQIAO_DATA": str(settings.DATA_DIR)}
        with (tmp_path / f"worker-{len(started)}.log").open("wb") as log:
            child = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        started.append(child)
        return child

    yield start
    for child in started:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    _empty_the_queue()


def until(true: Callable[[], bool], patience: float = 120) -> bool:
    """Wait until something is so."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def _empty_the_queue() -> None:
    """Leave no job to the next test, once the server has noticed that the killed workers are gone."""
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

    def alone() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(others)
            return bool(cursor.fetchone()[0] == 0)

    until(alone)
    sql("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers, procrastinate_events")


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_work_a_killed_worker_left_is_taken_up_and_nothing_is_done_twice(
    worker: Callable[[], subprocess.Popen[bytes]],
) -> None:
    qing = cast.build()
    held = acts.dispatch(qing, acts.open_leak(qing))
    doing = ProcrastinateJob.objects.filter(task_name="follow", status="doing")

    with transaction.atomic():  # the same notice, not yet decided, makes the worker wait in the middle of its job
        line = held.log.get(verb="dispatch")
        transitions.tell(line, Notice.Kind.DISPATCHED, owing.lead(held, line.at), at=line.at)
        first = worker()
        assert until(doing.exists)
        assert until(_somebody_waits_for_a_lock)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
        transaction.set_rollback(True)
    assert doing.exists()
    assert Unfollowed.objects.filter(line__verb="dispatch").count() == 1

    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")  # half a minute passes
    with suppress(AlreadyEnqueued):  # the killed worker's own may still be queued, and does as well
        app.tasks["rescue"].defer(timestamp=0)
    worker()

    assert until(lambda: not Unfollowed.objects.exists())
    assert Notice.objects.filter(case=held, kind="dispatched").count() == 1
    assert until(lambda: not ProcrastinateJob.objects.filter(status="doing", worker__isnull=True).exists())
    assert Heartbeat.objects.filter(name__contains=f" {first.pid} ").count() <= 1


def _somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees what its first look saw
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])
