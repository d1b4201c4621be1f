"""The whole stack on the chosen database, as `./run up` starts it: web server and worker, their logs, their end."""

import os
import secrets
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils.timezone import now

from bench.kept import database
from fengqiao.cases.models import RUNNING, CaseClock, Unfollowed
from fengqiao.intake.models import ReportClock
from fengqiao.jobs.launch import supervise, where

HOST = "127.0.0.1"
PATIENCE = 90.0  # seconds until the first page
QUIET_WITHIN = 300.0  # seconds for the worker to catch up with what fell due since the stock was made


@dataclass(frozen=True, slots=True)
class Stack:
    """Where it answers, and the process groups it consists of."""

    at: tuple[str, int]
    groups: tuple[int, ...]
    logs: Path


@contextmanager
def running(*, quiet: bool = True) -> Iterator[Stack]:
    """Have the web server and the worker up while the block runs; with `quiet`, once the worker is up to date."""
    environment, logs = _environment(), settings.DATA_DIR / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["*.map"])
    port = _free_port()
    programs = [supervise.web(HOST, port, environment, logs), supervise.worker(environment, logs)]
    try:
        for program in programs:
            program.start()
        _until_it_answers(port, programs[0])
        if quiet:
            until_quiet()
        yield Stack((HOST, port), tuple(one.child.pid for one in programs if one.child), logs)
    finally:
        supervise.end(programs)


def until_quiet(within: float = QUIET_WITHIN) -> bool:
    """Wait until the worker owes nothing; say whether it came to that."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if not owed():
            return True
        time.sleep(1)
    print(f"  ! The worker still owes {owed()} acts.", file=sys.stderr)
    return False


def owed() -> int:
    """Count what the worker has not done yet."""
    at = now()
    clocks = (kind.objects.filter(RUNNING, alert_at__lte=at).count() for kind in (CaseClock, ReportClock))
    return Unfollowed.objects.filter(retry_at__lte=at).count() + sum(clocks)


def _environment() -> dict[str, str]:
    """Give the programs what `./run up` would give them: nothing that was set for the bench alone."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    if not (settings.DATA_DIR / "secret.key").exists():
        where.write_private(settings.DATA_DIR / "secret.key", secrets.token_urlsafe(64))
    left_out = ("FENGQIAO_CONNECTION_SECONDS", "FENGQIAO_TEST_DATABASE", database.NAMED)
    return {name: value for name, value in os.environ.items() if name not in left_out}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _until_it_answers(port: int, web: supervise.Watched) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=PATIENCE):
                return
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"The web server does not answer. {web.last_words()}")
