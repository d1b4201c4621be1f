"""Hands: threads with real connections of their own, which act at the same moment on what is committed."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

from django.db import connection, connections, transaction
from django.db.models import Model
from psycopg import errors

from fengqiao.kit.verdict import Refused

Act = Callable[[], object]
PATIENCE = 60.0  # seconds after which a hand that does not come back is a fault of the program
MEETING = 20.0  # seconds within which hands come to a row that is held for them, on a machine with much else to do
LOOKING_EVERY = 0.001
WAITING = "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND pid = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one hand's act: it was done, it was refused in words, or something broke."""

    given: object = None
    words: str = ""
    fault: BaseException | None = None

    @property
    def won(self) -> bool:
        """Test if the act was done."""
        return not self.words and self.fault is None

    @property
    def is_deadlock(self) -> bool:
        """Test if the database had to end this hand because two waited for one another."""
        return isinstance(getattr(self.fault, "__cause__", None), errors.DeadlockDetected)


class Hands:
    """So many threads, each with a connection that stays open from act to act."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool = ThreadPoolExecutor(count)
        self._pids: dict[int, int] = {}

    def __enter__(self) -> "Hands":
        return self

    def __exit__(self, *_: object) -> None:
        start = Barrier(self.count)
        for each in [self._pool.submit(_leave, start) for _ in range(self.count)]:
            each.result(timeout=PATIENCE)
        self._pool.shutdown()

    def free(self, acts: Sequence[Act]) -> list[Told]:
        """Let all go off at the same moment."""
        start = Barrier(len(acts))
        return _told([self._pool.submit(self._act, place, act, start) for place, act in enumerate(acts)])

    def gathered(self, acts: Sequence[Act], held: Model, *, in_order: bool = False) -> list[Told]:
        """Hold a row until every hand waits for it, has come past it or is done: then they truly meet there.

        In order, each comes to the row only when the one before waits there, and the database lets them in that order.
        """
        start = Barrier(1 if in_order else len(acts))
        futures: list[Future[Told]] = []
        with transaction.atomic():
            type(held)._default_manager.select_for_update(of=("self",)).get(pk=held.pk)
            for place, act in enumerate(acts):
                futures.append(self._pool.submit(self._act, place, act, start))
                if in_order:
                    self._meet(futures)
            self._meet(futures)
        return _told(futures)

    def _act(self, place: int, act: Act, start: Barrier) -> Told:
        connection.ensure_connection()
        self._pids[place] = connection.connection.info.backend_pid
        start.wait(timeout=PATIENCE)
        try:
            return Told(given=act())
        except Refused as refusal:
            return Told(words=str(refusal))
        except BaseException as fault:
            return Told(fault=fault)
        finally:
            self._pids.pop(place, None)

    def _meet(self, futures: Sequence[Future[Told]]) -> None:
        """Wait until each hand waits for a lock or has come back."""
        until = time.monotonic() + MEETING
        while time.monotonic() < until and self._waiting() < sum(not each.done() for each in futures):
            time.sleep(LOOKING_EVERY)

    def _waiting(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(WAITING, [list(self._pids.values())])
            return int(cursor.fetchone()[0])


def together(*acts: Act, held: Model | None = None, in_order: bool = False) -> list[Told]:
    """Let each act be done by a hand of its own, for a test that needs them once."""
    with Hands(len(acts)) as hands:
        return hands.gathered(acts, held, in_order=in_order) if held is not None else hands.free(acts)


def _told(futures: Sequence[Future[Told]]) -> list[Told]:
    return [each.result(timeout=PATIENCE) for each in futures]


def _leave(start: Barrier) -> None:
    start.wait(timeout=PATIENCE)
    connections.close_all()
