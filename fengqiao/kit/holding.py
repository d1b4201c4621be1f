"""Holding rows, so that of two hands at once one comes after the other. The one order in which rows are held:

1. the county, by its administrators (`people/transitions/alone.py`); then place, unit, account, reception day
2. a report that is in no case yet, a booking, a row of a bulk run
3. the case, which is held for every step on it
4. the reports in that case, its files that wait, its clocks, its notices, what it still owes

Nobody who holds something further down waits for something further up. Rows of one kind are held in the order of their
ids, or passed over while another has them (`skip_locked`). What a log line still owes is taken first by the worker, but
always passing over, so that nobody waits for it there. ADR 0054 says why.
"""

from functools import cache
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db.models import Model, QuerySet

from fengqiao.kit.prepared import Prepared

Row = TypeVar("Row", bound=Model)


def hold(kind: type[Row], pk: UUID) -> Row:
    """Hold a row until the transaction ends, and read it as it is by then.

    The row alone: if it was read together with others, and now points to another of them because somebody changed it
    while we waited, PostgreSQL gives back no row at all.
    """
    found: list[Row] = _held(kind)(pk)
    if not found:
        raise cast(Any, kind).DoesNotExist  # its own, which the stubs do not know of a kind that is open
    return found[0]


def keep_from_ending(kind: type[Row], pk: UUID) -> Row:
    """Read a row as it is and keep others from holding it until the transaction ends; many can do so at once."""
    found: list[Row] = _shared(kind)(pk)
    return found[0]


@cache
def _held(kind: type[Row]) -> Prepared[Row]:
    """Prepare the query once for each sort of row; every step asks it."""

    def build(_shape: object, pk: UUID) -> QuerySet[Row]:
        return kind._default_manager.select_for_update().filter(pk=pk)

    return Prepared(build)


@cache
def _shared(kind: type[Row]) -> Prepared[Row]:
    def build(_shape: object, pk: UUID) -> QuerySet[Row]:
        return kind._default_manager.filter(pk=pk)

    return Prepared(build, ends=" FOR KEY SHARE")
