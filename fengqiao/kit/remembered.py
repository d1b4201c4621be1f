"""What is read all day and changes seldom, kept in memory for a while.

An edit is seen at once in the process where it was made (`forget`), and in every other when the while is over. So this
is for what may be that old wherever it is used; each use says why it may.
"""

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Generic, TypeVar

from django.db import connection, transaction

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")
A_MINUTE = 60.0  # seconds
MOST_KEPT = 1000


class Remembered(Generic[Key, Thing]):
    """Things read by key. What is not there, or empty, is asked for again each time: it is only being set up."""

    def __init__(self, read: Callable[[Key], Thing], *, seconds: float = A_MINUTE, most: int = MOST_KEPT) -> None:
        self._read, self._seconds, self._most = read, seconds, most
        self._kept: dict[Key, tuple[float, Thing]] = {}

    def __call__(self, key: Key) -> Thing:
        """Give what stands under a key, from memory while it is fresh."""
        there = self._kept  # if it is forgotten while this one still reads, what is read goes with it
        kept = there.get(key)
        if kept is not None and monotonic() - kept[0] < self._seconds:
            return kept[1]
        thing = self._read(key)
        if thing:
            if len(there) >= self._most:
                there.clear()
            there[key] = monotonic(), thing
        return thing

    def forget(self) -> None:
        """Drop what is remembered; once more when the edit is committed, since others still read the old until then."""
        self._drop()
        if connection.in_atomic_block:
            transaction.on_commit(self._drop)

    def _drop(self) -> None:
        self._kept = {}
