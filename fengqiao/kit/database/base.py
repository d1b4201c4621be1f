"""PostgreSQL as Django speaks to it, asked less often: of its health, and once for several writes (docs/adr/0076)."""

import select
import time
from collections.abc import Sequence
from threading import get_ident
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from fengqiao.kit.database.asking import Asking
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
        self._asking: Asking | None = None

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
        """Send a statement with its values beside it, so that the server can keep its plan; give its rows to fetch."""
        if self.queries_logged or self.execute_wrappers:  # whoever reads along wants the values in it
            cursor = super()._cursor()
            cursor.execute(sql, params)
            return cursor
        if not self.health_check_done:
            self.close_if_health_check_failed()
        self.ensure_connection()
        if self._thread_ident != get_ident():  # else it is nobody else's
            self.validate_thread_sharing()
        if self.needs_rollback:
            self.validate_no_broken_transaction()
        with self.wrap_database_errors:
            if self._asking is None or self._asking.connection is not self.connection:
                self._asking = Asking(self.connection)
            return self._asking.ask(sql, params, keeps_plan=keeps_plan)

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
