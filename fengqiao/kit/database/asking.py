"""Statements with their values beside them, sent by the driver's own hand and not by its cursor (docs/adr/0081).

A cursor costs three times what asking costs: it is made for statements that take long, for answers that come in pieces
and for programs that do something else meanwhile. Here one asks, waits and reads.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Any

from psycopg import Connection, OperationalError, errors
from psycopg.adapt import AdaptersMap, PyFormat, Transformer
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.types.datetime import TimestamptzLoader

MOST_KEPT = 200  # statements that the server keeps the plans of, for one connection
PLANNED_OTHERWISE = (errors.FeatureNotSupported, errors.InvalidSqlStatementName)  # a table has changed since


class Answer:
    """What a statement found, or how many rows it wrote."""

    __slots__ = ("rowcount", "rows")

    def __init__(self, rows: list[Any], rowcount: int) -> None:
        self.rows, self.rowcount = rows, rowcount

    def fetchall(self) -> list[Any]:
        """Give the rows, as a cursor does."""
        return self.rows


class Asking:
    """What is asked of one connection, and which plans the server keeps for it."""

    def __init__(self, link: Connection[Any]) -> None:
        """Take over what the connection was told about keeping plans: the driver itself then keeps none."""
        self.connection, self.adapters = link, AdaptersMap(link.adapters)  # both asked for by `Transformer`
        self.adapters.register_loader("timestamptz", TimestamptzLoader)  # written in C, in the zone the server was told
        self._values: Any = Transformer(self)
        self._wire: Any = link.pgconn
        self._keeps_plans = link.prepare_threshold is not None
        link.prepare_threshold = None  # it would let go of ours with its own
        self._names: dict[tuple[str, tuple[int, ...]], bytes] = {}
        self._number = count(1)

    def ask(self, sql: str, params: Sequence[Any], *, keeps_plan: bool) -> Answer:
        """Ask and read the whole answer."""
        wire, values = self._wire, self._values
        if not self.connection.autocommit and wire.transaction_status == TransactionStatus.IDLE:
            self._read(wire.exec_(b"BEGIN"))
        given = values.dump_sequence(params, [PyFormat.AUTO] * len(params)) if params else None
        types, formats = (values.types, values.formats) if params else ((), None)
        if not (keeps_plan and self._keeps_plans):
            return self._read(wire.exec_params(numbered(sql), given, types, formats))
        which = sql, types
        name = self._names.pop(which, None) or self._plan(sql, types)
        self._names[which] = name  # whatever is asked stands last
        try:
            return self._read(wire.exec_prepared(name, given, formats))
        except PLANNED_OTHERWISE:
            self._names.clear()
            raise

    def _plan(self, sql: str, types: tuple[int, ...]) -> bytes:
        """Have the server keep a plan; the one not asked for longest makes room."""
        if len(self._names) >= MOST_KEPT:
            unused = next(iter(self._names))
            self._read(self._wire.exec_(b"DEALLOCATE " + self._names.pop(unused)))
        name = b"asked_%d" % next(self._number)
        self._read(self._wire.prepare(name, numbered(sql), types))
        return name

    def _read(self, result: Any) -> Answer:
        status = result.status
        if status == ExecStatus.TUPLES_OK:
            self._values.set_pgresult(result)
            return Answer(self._values.load_rows(0, result.ntuples, tuple), result.ntuples)
        if status == ExecStatus.COMMAND_OK:
            return Answer([], result.command_tuples or 0)
        if self._wire.status == ConnStatus.BAD:
            raise OperationalError(result.get_error_message())
        raise errors.error_from_result(result)


@lru_cache(maxsize=1000)
def numbered(sql: str) -> bytes:
    """Number the places of a statement's values, as the server wants them."""
    number = count(1)
    parts = sql.split("%s")
    return "".join([parts[0], *(f"${next(number)}{part}" for part in parts[1:])]).replace("%%", "%").encode()
