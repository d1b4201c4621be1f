"""A program that dies is started again, later each time, and it is said."""

import os
import signal
import sys
import time
from pathlib import Path

import psycopg
import pytest

from fengqiao.jobs.launch import postgres
from fengqiao.jobs.launch.cluster import open_cluster
from fengqiao.jobs.launch.supervise import Database, Timekeeper, Watched, end


def watched(code: str, folder: Path) -> Watched:
    return Watched("Worker", [sys.executable, "-c", code], dict(os.environ), folder / "worker.log")


def running(pid: str) -> bool:
    """Say whether a process still has a command line, which a dead one that nobody has buried has not."""
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except OSError:
        return False


def test_a_program_that_dies_is_started_again_and_its_last_words_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = watched("print('no more paper'); raise SystemExit(3)", tmp_path)
    program.start()
    assert program.child
    first = program.child.pid
    program.child.wait()

    program.look_after()
    assert "ended (3)" in capsys.readouterr().out.replace("Worker 停止了 / ", "")
    program.next_try = 0.0
    program.look_after()

    assert program.child and program.child.pid != first
    end([program])


def test_it_waits_longer_each_time_it_dies_young(tmp_path: Path) -> None:
    program = watched("raise SystemExit(1)", tmp_path)
    for pause in (1, 2, 4):
        program.start()
        assert program.child
        program.child.wait()
        before = time.monotonic()
        program.look_after()
        assert before + pause <= program.next_try <= time.monotonic() + pause


def test_what_a_killed_master_leaves_behind_is_swept_away(tmp_path: Path) -> None:
    program = watched("import os, time; os.fork(); print(os.getpid(), flush=True); time.sleep(60)", tmp_path)
    program.start()
    while len(pids := program.log.read_text().split()) < 2:
        time.sleep(0.05)
    end([program])

    until = time.monotonic() + 60
    while any(running(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert [pid for pid in pids if running(pid)] == []


def test_our_own_database_is_started_again_where_it_was(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cluster = open_cluster(data, careless=True)
    with postgres.running(cluster) as url:
        looked_after = Database(cluster, cluster.port)
        looked_after.look_after()
        assert capsys.readouterr().out == ""

        os.kill(int((cluster.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        while postgres.is_running(cluster):
            time.sleep(0.05)
        looked_after.look_after()

        assert "PostgreSQL 停止了" in capsys.readouterr().out
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_the_worker_starts_anew_when_the_clock_is_set_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = watched("import time; time.sleep(60)", tmp_path)
    program.start()
    assert program.child
    first, set_to = program.child.pid, [0.0]
    keeper = Timekeeper(program, clock=lambda: time.monotonic() + set_to[0])

    set_to[0] = 3600.0
    keeper.look_after()
    assert program.child.pid == first

    set_to[0] = -60.0
    keeper.look_after()
    assert program.child.pid != first and "set back by 3660 s" in capsys.readouterr().out
    end([program])
