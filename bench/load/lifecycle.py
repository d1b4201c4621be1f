"""Lifecycles a second: `./run bench lifecycle --stock 1000000 --users 50 --seconds 60`.

Each user is a desk of three signed-in people who take one matter after another from registration to conclusion and look
it up, each call to its final page, each page read. The clock starts when all are signed in and have done one each.
"""

import argparse
import threading
import time
from typing import Any

from bench.kept import database
from bench.kept.stocking import ensure
from bench.load import crowd, figures, stack, yardstick
from bench.load.desk import Desk
from bench.load.tally import Tally


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
        self.tally.live(desk, due=time.monotonic(), until=0)
        self.start.wait()
        while (now := time.monotonic()) < self.until:
            self.tally.live(desk, due=now, until=self.until)


def result_of(worked: Work, seconds: float) -> dict[str, Any]:
    """Give the figures of a run, and what the client itself cost."""
    asked = sum(browser.asked for desk in worked.desks for browser in desk.browsers) - worked.asked
    return {
        "figure": round(len(worked.tally.lifecycles) / seconds, 2),
        "unit": "lifecycles a second",
        **worked.tally.result(),
        "client_ms_a_request": round(worked.own_time * 1000 / max(1, asked), 3),
        "seconds": seconds,
    }
