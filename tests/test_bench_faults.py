"""Kills under load, small: the whole program is started, four of its processes are killed, and all is accounted for."""

import json
import subprocess
import sys

import pytest

from bench.faults.stack import PROC
from fengqiao.jobs.launch import where


@pytest.mark.skipif(not (PROC / "self" / "stat").exists(), reason="needs to see the processes of a program")
def test_what_was_acknowledged_outlives_four_kills() -> None:
    command = [sys.executable, "-m", "bench", "faults", "--times", "4", "--seed", "78"]
    ran = subprocess.run(command, cwd=where.CHECKOUT, capture_output=True, text=True, check=False)

    assert ran.stdout, ran.stderr[-3000:]
    told = json.loads(ran.stdout.splitlines()[-1])
    assert set(told["killed"]) == {"web process", "worker", "backend", "database"}
    assert (told["lost"], told["doubled"], told["untold"], told["unfollowed"]) == (0, 0, 0, 0), told
    assert (told["surprises"], told["doctor"], told["orphans"], told["failed_jobs"]) == ([], [], 0, 0), told
    assert told["acknowledged"] > 0
