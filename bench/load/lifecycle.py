"""Lifecycles a second: `./run bench lifecycle --stock 1000000 --users 50 --seconds 60`.

Each user is a desk of three signed-in people who take one matter after another from registration to conclusion and look
it up, each call to its final page, each page read. The clock starts when all are signed in and have done one each.
"""

import argparse
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bench.kept import database
from bench.kept.stocking import ensure
from bench.load import crowd, figures, stack, verifying, yardstick
from bench.load.client import Broken
from bench.load.desk import CALLS, Desk

SHOWN = 5  # faults that are told in words


@dataclass
class Tally:
    """What one run brought."""

    lifecycles: list[float] = field(default_factory=list)  # within the time
    calls: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in CALLS})
    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)


def main(arguments: list[str]) -> None:
    """Seat, run, verify, measure the yardstick, print."""
    parser = argparse.ArgumentParser(prog="./run bench lifecycle")
    parser.add_argument("--stock", type=int, default=database.USUAL)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    ensure(asked.stock)
    machine = figures.machine()
    with stack.running() as up:
        desks = crowd.seated(up.at, asked.users, asked.seed)
        worked = Work(desks, asked.seconds).run()
        stack.until_quiet()
        crowd.forget(desks)
    result = result_of(worked, asked.seconds) | yardstick.measure(worked.tally.acknowledged, max(2, asked.seconds / 6))
    result["ratio"] = round(result["figure"] / result["yardstick"], 3)
    figures.tell("lifecycle", result | {"stock": asked.stock, "users": asked.users, **machine})


class Work:
    """All desks at work at the same time."""

    def __init__(self, desks: list[Desk], seconds: float) -> None:
        """Prepare; nothing runs yet."""
        self.desks, self.seconds, self.tally = desks, seconds, Tally()
        self.begun = self.until = self.own_time = 0.0
        self.asked = 0
        self.lock = threading.Lock()
        self.start = threading.Barrier(len(desks), action=self._clock)

    def run(self) -> "Work":
        """Let every desk work until the time is over."""
        threads = [threading.Thread(target=self._work, args=[desk]) for desk in self.desks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.own_time = time.process_time() - self.own_time
        return self

    def _clock(self) -> None:
        self.begun, self.own_time = time.monotonic(), time.process_time()
        self.asked = sum(browser.asked for desk in self.desks for browser in desk.browsers)
        self.until = self.begun + self.seconds

    def _work(self, desk: Desk) -> None:
        self._one(desk, counts=False)
        self.start.wait()
        while time.monotonic() < self.until:
            self._one(desk, counts=True)

    def _one(self, desk: Desk, *, counts: bool) -> None:
        """Take one matter through its life; a fault ends it and is counted."""
        took: dict[str, float] = {}
        begun = now = time.monotonic()
        try:
            number = desk.register()
            took["register"] = (now := time.monotonic()) - begun
            for name, call in zip(CALLS[1:], desk.steps(), strict=True):
                call(number)
                took[name], now = time.monotonic() - now, time.monotonic()
        except (Broken, OSError) as fault:
            self.tally.faults[f"{type(fault).__name__}: {fault}"] += 1
            return
        self.tally.acknowledged.append((desk.county, number))
        if counts and now <= self.until:
            with self.lock:
                self.tally.lifecycles.append(now - begun)
                for name, taken in took.items():
                    self.tally.calls[name].append(taken)


def result_of(worked: Work, seconds: float) -> dict[str, Any]:
    """Give the figures of a run, and whether the database holds what was acknowledged."""
    tally = worked.tally
    lost = verifying.missing(tally.acknowledged)
    for fault, times in tally.faults.most_common(SHOWN):
        print(f"  ✗ {fault} ({times})", file=sys.stderr)
    asked = sum(browser.asked for desk in worked.desks for browser in desk.browsers) - worked.asked
    return {
        "figure": round(len(tally.lifecycles) / seconds, 2),
        "unit": "lifecycles a second",
        **figures.spread(tally.lifecycles),
        "calls": {name: figures.spread(times) for name, times in tally.calls.items()},
        "errors": tally.faults.total() + len(lost),
        "lost": len(lost),
        "verified": len(tally.acknowledged) - len(lost),
        "rows": verifying.rows_of(tally.acknowledged),
        "client_ms_a_request": round(worked.own_time * 1000 / max(1, asked), 3),
        "seconds": seconds,
    }
