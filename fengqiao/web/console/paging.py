"""Pages of a long list by keyset: each page starts where the one before it ended, however long the list is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

ROWS = 50
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Order:
    """A list's order: by one moment, then by id; both in the same direction."""

    field: str
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, the total, true or `more_than`, and the addresses of the pages beside them (empty: none)."""

    rows: list[Row]
    total: int
    newer: str
    older: str
    more_than: bool = False


def page_of(rows: QuerySet[Row], order: Order, asked: QueryDict, *, most: int | None = None) -> Page[Row]:
    """Cut one page out of a list, by the marks in the address; counted to the end, or only up to `most`."""
    mark, back = _mark(asked.get("after", "")), False
    if mark is None and (before := _mark(asked.get("before", ""))):
        mark, back = before, True
    total = rows.count() if most is None else rows.order_by().values("pk")[: most + 1].count()
    more_than = most is not None and total > most
    found = list(_cut(rows, order, mark, back=back)[: ROWS + 1])
    more = len(found) > ROWS
    found = found[:ROWS]
    if back:
        found.reverse()
    has_newer, has_older = (more, True) if back else (mark is not None, more)
    return Page(
        rows=found,
        total=total - more_than,
        newer=_address(asked, "before", found[0], order) if found and has_newer else "",
        older=_address(asked, "after", found[-1], order) if found and has_older else "",
        more_than=more_than,
    )


def _cut(rows: QuerySet[Row], order: Order, mark: tuple[datetime, UUID] | None, *, back: bool) -> QuerySet[Row]:
    falling = order.is_descending != back
    sign, than = ("-", "lt") if falling else ("", "gt")
    if mark is not None:
        moment, pk = mark
        same = Q(**{order.field: moment, f"id__{than}": pk})
        rows = rows.filter(Q(**{f"{order.field}__{than}": moment}) | same, **{f"{order.field}__{than}e": moment})
    return rows.order_by(f"{sign}{order.field}", f"{sign}id")


def _mark(text: str) -> tuple[datetime, UUID] | None:
    """Read a mark; one that was tampered with is no mark, and the list starts at its beginning."""
    moment, _, pk = text.partition("_")
    try:
        at = parse_datetime(moment)
        return (at, UUID(pk)) if at is not None and at.tzinfo is not None else None
    except ValueError:
        return None


def _address(asked: QueryDict, way: str, row: Any, order: Order) -> str:
    address = asked.copy()
    for key in ("after", "before"):
        address.pop(key, None)
    address[way] = f"{getattr(row, order.field).isoformat()}_{row.pk}"
    return f"?{address.urlencode()}"
