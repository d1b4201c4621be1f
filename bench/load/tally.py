"""One matter taken through its four calls, timed, and what a run of many brought."""

import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bench.load import figures, verifying
from bench.load.client import Broken
from bench.load.desk import CALLS, Desk

SHOWN = 5  # faults that are told in words


@dataclass
class Tally:
    """What one run brought: times of what counts, all that was acknowledged, and what went wrong."""

    lifecycles: list[float] = field(default_factory=list)
    calls: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in CALLS})
    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def live(self, desk: Desk, due: float, until: float) -> None:
        """Take one matter through its life; it was due at that moment, and counts if it ends in time."""
        took: dict[str, float] = {}
        try:
            number = desk.register()
            took["register"] = (now := time.monotonic()) - due
            for name, call in zip(CALLS[1:], desk.steps(), strict=True):
                call(number)
                took[name], now = time.monotonic() - now, time.monotonic()
        except (Broken, OSError) as fault:
            with self.lock:
                self.faults[f"{type(fault).__name__}: {fault}"] += 1
            return
        with self.lock:
            self.acknowledged.append((desk.county, number))
            if now <= until:
                self.lifecycles.append(now - due)
                for name, taken in took.items():
                    self.calls[name].append(taken)

    def result(self) -> dict[str, Any]:
        """Give the times, the errors, and whether the database holds what was acknowledged."""
        lost = verifying.missing(self.acknowledged)
        for fault, times in self.faults.most_common(SHOWN):
            print(f"  ✗ {fault} ({times})", file=sys.stderr)
        return {
            **figures.spread(self.lifecycles),
            "calls": {name: figures.spread(times) for name, times in self.calls.items()},
            "errors": self.faults.total() + len(lost),
            "lost": len(lost),
            "verified": len(self.acknowledged) - len(lost),
            "rows": verifying.rows_of(self.acknowledged),
        }
