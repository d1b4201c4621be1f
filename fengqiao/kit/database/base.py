"""PostgreSQL as Django speaks to it, asked less often: of its health, and once for several writes (docs/adr/0076)."""

import select
import time
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, RawCursor
from psycopg.pq import TransactionStatus
from psycopg.types.datetime import TimestamptzLoader

from fengqiao.kit.database.waiting import Waiting

FRESH = 10.0  # seconds; a connection that was silent for longer is asked whether it still lives
_Django: Any = base.DatabaseWrapper  # without stubs


class DatabaseWrapper(_Django):  # type: ignore[misc]
    """A connection that knows when it was last answered, and what waits to be written together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.health_check_done = False
        self.answered_at = float("-inf")
        self.waiting: Waiting | None = None  # set while writes are gathered (`kit/writing.together`)
        self._asking: RawCursor[Any] | None = None  # one for all that is asked: whoever asks reads the answer at once

    def close_if_unusable_or_obsolete(self) -> None:
        """Note, between two requests, that the one before was answered to its end."""
        if self.health_check_done and not self.errors_occurred:
            self.answered_at = time.monotonic()
        super().close_if_unusable_or_obsolete()

    def close_if_health_check_failed(self) -> None:
        """Ask nothing of a connection that was answered just now and has said nothing since."""
        if self.connection is not None and not self.health_check_done and self._is_fresh():
            self.health_check_done = True
        super().close_if_health_check_failed()

    def _is_fresh(self) -> bool:
        """Test if there is no sign that the connection has ended: a server that goes away says so, or hangs up."""
        link = self.connection.pgconn
        if time.monotonic() - self.answered_at > FRESH or link.transaction_status != TransactionStatus.IDLE:
            return False
        heard = select.poll()
        heard.register(link.socket, select.POLLIN | select.POLLPRI)
        return not heard.poll(0)

    def ask(self, sql: str, params: Sequence[Any], *, keeps_plan: bool = True) -> Any:
        """Send a statement with its values beside it, so that the server can keep its plan; give the cursor.

        Read the answer before the next statement is sent: the cursor is the same.
        """
        if self.queries_logged or self.execute_wrappers:  # whoever reads along wants the values in it
            cursor = super()._cursor()
            cursor.execute(sql, params)
            return cursor
        self.close_if_health_check_failed()
        self.ensure_connection()
        self.validate_thread_sharing()
        self.validate_no_broken_transaction()
        with self.wrap_database_errors:
            if self._asking is None or self._asking.connection is not self.connection:
                self._asking = _asking(self.connection)
            return self._asking.execute(numbered(sql), params, prepare=None if keeps_plan else False)

    def send_waiting(self) -> None:
        """Write what waits, in one statement."""
        if self.waiting and (sent := self.waiting.take()):
            self.ask(*sent)

    def _drop_waiting(self) -> None:
        if self.waiting:
            self.waiting.take()

    def _cursor(self, name: str | None = None) -> Any:
        self.send_waiting()  # whatever is asked now finds it written
        return super()._cursor(name)

    def _commit(self) -> None:
        self.send_waiting()
        super()._commit()

    def _rollback(self) -> None:
        self._drop_waiting()
        super()._rollback()

    def _savepoint_rollback(self, sid: str) -> None:
        self._drop_waiting()  # what came before the savepoint was sent when it was made
        super()._savepoint_rollback(sid)


def _asking(link: Connection[Any]) -> RawCursor[Any]:
    """Open a cursor that gives moments in the zone the server was told, by the driver's own hand."""
    cursor = RawCursor(link)
    cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
    return cursor


@lru_cache(maxsize=1000)
def numbered(sql: str) -> str:
    """Number the places of a statement's values, as the server wants them: so the driver need not read it each time."""
    number = count(1)
    parts = sql.split("%s")
    return "".join([parts[0], *(f"${next(number)}{part}" for part in parts[1:])]).replace("%%", "%")
