"""Writes that wait for each other, to be sent as one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Write:
    """One statement that gives nothing back: what it begins with, the columns it sets, what it ends with."""

    table: str
    row: object  # which row; None: any of the table
    begins: str
    sets: dict[str, Any]  # for an update
    ends: str
    values: Sequence[Any]
    apart: object = None  # no unique constraint holds between rows of the table that differ in this

    @property
    def sql(self) -> str:
        """Give the whole statement."""
        return self.begins + ", ".join([f'"{column}" = %s' for column in self.sets]) + self.ends

    @property
    def params(self) -> list[Any]:
        """Give the values of its places, in their order."""
        return [*self.sets.values(), *self.values]


class Waiting:
    """Writes in the order they came, none of which minds in what order they happen."""

    def __init__(self) -> None:
        self._writes: list[Write] = []

    def add(self, write: Write) -> bool:
        """Take a write in, into an earlier one of the same row where both set columns; False: first send what waits.

        The parts of a statement happen in no order that one could rely on, and each row may be touched once only.
        """
        others = [other for other in self._writes if other.table == write.table and _is_bound(other, write)]
        if not others:
            self._writes.append(write)
            return True
        if len(others) > 1 or others[0].row != write.row or not (write.sets and others[0].sets):
            return False
        others[0].sets |= write.sets
        return True

    def take(self) -> tuple[str, list[Any]] | None:
        """Give all that waits as one statement and let go of it; None where nothing does."""
        if not self._writes:
            return None
        *first, last = self._writes
        self._writes = []
        beside = ", ".join(f"w{number} AS ({write.sql})" for number, write in enumerate(first))
        sql = f"WITH {beside} {last.sql}" if first else last.sql
        return sql, [value for write in (*first, last) for value in write.params]

    def __bool__(self) -> bool:
        return bool(self._writes)


def _is_bound(one: Write, other: Write) -> bool:
    """Test if two writes to a table touch one row, or one may make room for the other by a unique constraint."""
    if one.row is None or other.row is None or one.row == other.row:
        return True
    are_new = one.begins.startswith("INSERT") and other.begins.startswith("INSERT")
    return not are_new and (one.apart is None or one.apart == other.apart)
