"""Keep the web server, the worker and our own PostgreSQL running, all looked after by one foreground process."""

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from config import env
from fengqiao.jobs.launch import postgres, processes, where
from fengqiao.jobs.launch.cluster import Cluster
from fengqiao.jobs.launch.steps import Stop, say

LARGEST_LOG = 10_000_000
LONGEST_PAUSE = 30.0
SET_BACK = 2.0  # seconds by which a clock that is kept by a time server does not go back
STEADY = 60.0  # seconds; a program that ran this long starts again without a pause


class LookedAfter(Protocol):
    """Something that should always be running."""

    def look_after(self) -> None:
        """Start it again if it has died."""


@dataclass
class Database:
    """Our own PostgreSQL: it recovers from a killed process of its own by itself, from the death of all only by us."""

    cluster: Cluster
    port: int

    def look_after(self) -> None:
        """Start it again where it was; the others find it by its port and wait for it meanwhile."""
        if postgres.is_running(self.cluster):
            return
        say("  ! PostgreSQL 停止了 / ended; again now.")
        try:
            postgres.start(self.cluster)
        except Stop as still_down:
            say(f"  ! {still_down}")
            return
        if self.cluster.port != self.port:
            raise Stop(f"PostgreSQL 的端口 / port {self.port} was taken by another program. Start again: ./run up")


@dataclass
class Watched:
    """A program that should always be running, and how often it has failed of late."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    can_wait: bool = False  # nobody sits before it
    child: processes.Child | None = None
    begun: float = 0.0
    failures: int = 0
    next_try: float = field(default=0.0)

    def start(self) -> None:
        """Start it, its words going to its own log."""
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.child = processes.begin(self.command, env=self.environment, cwd=where.CHECKOUT, log=log)
            if self.can_wait:
                processes.yield_to_others(self.child)
        self.begun = time.monotonic()

    def look_after(self) -> None:
        """Start it again if it has died, waiting longer each time it dies young."""
        here = time.monotonic()
        if self.child and self.child.poll() is not None:
            processes.sweep(self.child)
            code, self.child = self.child.returncode, None
            self.failures = 1 if here - self.begun > STEADY else self.failures + 1
            pause = min(LONGEST_PAUSE, 2.0 ** (self.failures - 1))
            self.next_try = here + pause
            say(f"  ! {self.name} 停止了 / ended ({code}); again in {pause:.0f} s. {self.last_words()}")
        elif self.child is None and here >= self.next_try:
            self.start()

    def start_anew(self, why: str) -> None:
        """End it in good order and start it at once."""
        say(f"  ! {self.name} {why}")
        if self.child:
            processes.end(self.child)
        self.start()

    def last_words(self) -> str:
        """Give the last line it wrote."""
        lines = self.log.read_text(errors="replace").strip().splitlines() if self.log.exists() else []
        return f"{self.log}: {lines[-1]}" if lines else str(self.log)


@dataclass
class Timekeeper:
    """Notices that the machine's clock was set back.

    The worker's timetable would stand still until the old time comes again: for an hour nobody would be told anything.
    """

    worker: Watched
    clock: Callable[[], float] = time.time
    ahead: float = field(init=False)

    def __post_init__(self) -> None:
        self.ahead = self._ahead()

    def look_after(self) -> None:
        """Start the worker anew if the clock went back."""
        before, self.ahead = self.ahead, self._ahead()
        if before - self.ahead > SET_BACK:
            self.worker.start_anew(f"重新启动 / starts anew: the clock was set back by {before - self.ahead:.0f} s.")

    def _ahead(self) -> float:
        """Say by how much the clock is ahead of one that only counts seconds."""
        return self.clock() - time.monotonic()


def web(host: str, port: int, environment: dict[str, str], logs: Path) -> Watched:
    """Describe the web server: one process a core, and few threads, since those of one process wait for each other.

    One alone answers a third more, but a phone that sends a photo for a minute would hold it; a proxy waits for that.
    """
    threads = "1" if env.flag("FENGQIAO_BEHIND_PROXY") else "2"
    command = [
        str(Path(sys.executable).with_name("granian")), "config.wsgi:application", "--interface", "wsgi",
        "--host", host, "--port", str(port), "--workers", str(os.cpu_count() or 2), "--blocking-threads", threads,
        "--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning",
    ]  # fmt: skip
    # A page that waits this long for the database is a fault; better one refused request than a stuck server.
    return Watched("Web", command, {"FENGQIAO_STATEMENT_SECONDS": "15", **environment}, logs / "web.log")


def worker(environment: dict[str, str], logs: Path) -> Watched:
    """Describe the worker that does what follows each step."""
    command = where.manage("procrastinate", "worker", "--concurrency", "5")
    return Watched("Worker", command, environment, logs / "worker.log", can_wait=True)


def keep(programs: Sequence[LookedAfter]) -> None:
    """Look after the programs until somebody stops us."""
    while True:
        for program in programs:
            program.look_after()
        time.sleep(0.3)


def end(programs: list[Watched]) -> None:
    """Stop all of them, the last started first."""
    for program in reversed(programs):
        if program.child:
            processes.end(program.child)
