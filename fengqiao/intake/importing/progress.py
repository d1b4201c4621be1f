import time
from typing import TextIO

EVERY = 500  # rows, where no line can be written over


class Progress:
    """A line that says how far a long run has come and how fast it goes."""

    def __init__(self, name: str, total: int, out: TextIO) -> None:
        self._name, self._total, self._out = name, total, out
        self._done, self._said, self._begun = 0, 0, time.monotonic()

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return time.monotonic() - self._begun

    def __call__(self, done: int) -> None:
        """Count so many rows more."""
        self._done += done
        over = self._out.isatty()
        if over or self._done - self._said >= EVERY or self._done == self._total:
            self._said = self._done
            rate = self._done / max(self.seconds, 0.001)
            end = "\r" if over and self._done < self._total else "\n"
            self._out.write(f"  {self._name} {self._done}/{self._total} · {rate:.0f}/s{end}")
            self._out.flush()
