"""A program that dies is started again, later each time, and it is said."""

import os
import sys
import time
from pathlib import Path

import pytest

from fengqiao.jobs.launch.supervise import Watched, end


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
    pauses = []
    for _ in range(3):
        program.start()
        assert program.child
        program.child.wait()
        program.look_after()
        pauses.append(round(program.next_try - time.monotonic()))
    assert pauses == [1, 2, 4]


def test_what_a_killed_master_leaves_behind_is_swept_away(tmp_path: Path) -> None:
    program = watched("import os, time; os.fork(); print(os.getpid(), flush=True); time.sleep(60)", tmp_path)
    program.start()
    while len(pids := program.log.read_text().split()) < 2:
        time.sleep(0.05)
    end([program])

    until = time.monotonic() + 5
    while any(running(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert [pid for pid in pids if running(pid)] == []
