"""The clock of the tests: ten in the morning when the first of a file begins, running on until the last.

None is torn by a midnight, by a minute that a page names twice, or by the end of a span in which knocks are counted.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import time_machine

from tests.cast import SHANGHAI

TEN = datetime.now(SHANGHAI).replace(hour=10, minute=0, second=0, microsecond=0)
HERE = Path(__file__).parent
BESIDE_OTHERS = {
    HERE / "jobs",
    HERE / "test_bench.py",
    HERE / "test_run.py",
}  # start programs that have their own clock


class Daytime:
    """Gives each test the time it begins at."""

    def __init__(self) -> None:
        self._file, self._begun = Path(), 0.0

    @contextmanager
    def at(self, file: Path) -> Iterator[None]:
        """Let a test of this file run by day; the file's first begins at ten."""
        if not BESIDE_OTHERS.isdisjoint({file, *file.parents}):
            yield
            return
        if file != self._file:
            self._file, self._begun = file, time.monotonic()
        with time_machine.travel(TEN + timedelta(seconds=time.monotonic() - self._begun)):
            yield
