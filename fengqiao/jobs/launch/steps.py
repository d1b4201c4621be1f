"""Say what is being done, one line a step, with how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stop(Exception):
    """A start that cannot go on; its text says why and what to do."""


@contextmanager
def step(name: str) -> Iterator[list[str]]:
    """Print the step's name when it begins and a tick with the time when it is done; what is appended is shown too."""
    begun, remarks = time.monotonic(), list[str]()
    _write(f"  … {name}", end="\r" if sys.stdout.isatty() else "\n")
    try:
        yield remarks
    except BaseException:
        _write(f"  ✗ {name}")
        raise
    remark = "".join(f" · {text}" for text in remarks)
    _write(f"  ✓ {name}{remark} ({time.monotonic() - begun:.1f} s)")


def say(text: str) -> None:
    """Print a line at once, also into a pipe."""
    _write(text)


def _write(text: str, end: str = "\n") -> None:
    sys.stdout.write(text + end)
    sys.stdout.flush()
