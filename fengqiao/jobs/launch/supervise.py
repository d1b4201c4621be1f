"""Keep the web server and the worker running as children of one foreground process."""

import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from fengqiao.jobs.launch import processes, where
from fengqiao.jobs.launch.steps import say

LARGEST_LOG = 10_000_000
LONGEST_PAUSE = 30.0
STEADY = 60.0  # seconds; a program that ran this long starts again without a pause


@dataclass
class Watched:
    """A program that should always be running, and how often it has failed of late."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
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

    def last_words(self) -> str:
        """Give the last line it wrote."""
        lines = self.log.read_text(errors="replace").strip().splitlines() if self.log.exists() else []
        return f"{self.log}: {lines[-1]}" if lines else str(self.log)


def web(host: str, port: int, environment: dict[str, str], logs: Path) -> Watched:
    """Describe the web server: one process a core, two threads each."""
    command = [
        str(Path(sys.executable).with_name("granian")), "config.wsgi:application", "--interface", "wsgi",
        "--host", host, "--port", str(port), "--workers", str(os.cpu_count() or 2), "--blocking-threads", "2",
        "--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning",
    ]  # fmt: skip
    # A page that waits this long for the database is a fault; better one refused request than a stuck server.
    return Watched("Web", command, {"FENGQIAO_STATEMENT_SECONDS": "15", **environment}, logs / "web.log")


def worker(environment: dict[str, str], logs: Path) -> Watched:
    """Describe the worker that does what follows each step."""
    command = where.manage("procrastinate", "worker", "--concurrency", "5")
    return Watched("Worker", command, environment, logs / "worker.log")


def keep(programs: list[Watched]) -> None:
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
