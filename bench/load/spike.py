"""A day with three rushes, in ten minutes: `./run bench spike --stock 1000000 [--fast]`.

Matters arrive when they arrive, whether the earlier ones are answered or not. One that finds no desk free waits, and
that wait counts: its first call is timed from the moment it was due.
"""

import argparse
import threading
import time
from collections.abc import Iterator

from bench.kept import database
from bench.kept.stocking import ensure
from bench.load import crowd, figures, stack
from bench.load.desk import Desk
from bench.load.tally import Tally

# From how many a second to how many, over how many seconds.
COURSE = ((1, 1, 60), (1, 15, 30), (15, 1, 120), (1, 25, 30), (25, 2, 120), (2, 35, 30), (10, 10, 180))
FAST = 0.1


def main(arguments: list[str]) -> None:
    """Seat, let them come, verify, print."""
    parser = argparse.ArgumentParser(prog="./run bench spike")
    parser.add_argument("--stock", type=int, default=database.USUAL)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--fast", action="store_const", const=FAST, default=1.0, dest="share", help="a tenth of the time"
    )
    parser.add_argument("--share", type=float, help="another share of the time")
    asked = parser.parse_args(arguments)
    ensure(asked.stock)
    machine, due = figures.machine(), list(arrivals(asked.share))
    with stack.running() as up:
        desks = crowd.seated(up.at, asked.users, asked.seed)
        rush = Rush(desks, due).run()
        stack.until_quiet()
        crowd.forget(desks)
    times = [taken for name in rush.tally.calls.values() for taken in name]
    result = {"figure": figures.spread(times)["p95_ms"], "unit": "ms, p95 of all calls", **rush.tally.result()}
    result |= {"arrived": len(due), "latest_start_ms": round(rush.latest * 1000, 1), "share": asked.share}
    figures.tell("spike", result | {"stock": asked.stock, "users": asked.users, **machine})


def arrivals(share: float) -> Iterator[float]:
    """Give the moments at which matters arrive, from the start; each second brings what the course says."""
    begun, owed, step = 0.0, 0.0, 0.01
    for first, last, seconds in COURSE:
        lasts = seconds * share
        for number in range(round(lasts / step)):
            owed += step * (first + (last - first) * number * step / lasts)
            if owed >= 1:
                owed -= 1
                yield begun + number * step
        begun += lasts


class Rush:
    """Desks that take what arrives, the next free one each time."""

    def __init__(self, desks: list[Desk], due: list[float]) -> None:
        """Prepare; nothing has arrived yet."""
        self.desks, self.tally, self.latest = desks, Tally(), 0.0
        self.waiting, self.lock = iter(due), threading.Lock()
        self.start = threading.Barrier(len(desks), action=self._clock)
        self.begun = 0.0

    def run(self) -> "Rush":
        """Let everything arrive and be dealt with."""
        threads = [threading.Thread(target=self._work, args=[desk]) for desk in self.desks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self

    def _clock(self) -> None:
        self.begun = time.monotonic()

    def _work(self, desk: Desk) -> None:
        self.tally.live(desk, due=time.monotonic(), until=0)
        self.start.wait()
        while (due := self._next()) is not None:
            time.sleep(max(0.0, due - time.monotonic()))
            self.latest = max(self.latest, time.monotonic() - due)
            self.tally.live(desk, due=due, until=float("inf"))

    def _next(self) -> float | None:
        with self.lock:
            due = next(self.waiting, None)
        return None if due is None else self.begun + due
