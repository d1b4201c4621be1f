"""Pages of a long list by keyset: each page starts where the one before it ended, however long the list is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from fengqiao.intake.newest import Newest
from fengqiao.kit.keys import Keys

ROWS = 50
MOST = 1000  # counted exactly up to here; beyond, “more than”
MOST_WALKED = 200  # the same for a common word: all that is known of it is what the walk met
Row = TypeVar("Row", bound=Model)
Asked = TypeVar("Asked")
Key: TypeAlias = tuple[datetime, UUID]
Mark: TypeAlias = Key | None


class Order(NamedTuple):
    """A list's order: by one moment, then by id; both in the same direction. All of it is shape, also its text."""

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


@dataclass(frozen=True, slots=True)
class Cut:
    """So many keys of a list: the first in an order from a mark on, or without one just the ids of any."""

    most: int
    order: Order | None = None
    mark: Mark = None
    back: bool = False

    def of(self, parts: Sequence[QuerySet[Any]]) -> QuerySet[Any, Any]:
        """Cut each part, and unite the cuts."""
        if self.order is None:
            return _united([part.order_by().values("pk")[: self.most] for part in parts])[: self.most]
        cuts = [_cut(part, self.order, self.mark, back=self.back) for part in parts]
        found = _united([cut.values_list(self.order.field, "pk")[: self.most] for cut in cuts])
        return found.order_by(*_directed(self.order, back=self.back))[: self.most] if len(cuts) > 1 else found


@dataclass(frozen=True, slots=True)
class Listed(Generic[Row]):
    """What a list is made of: the parts whose rows together it shows, and how the rows of a page are fetched by id.

    Each part is cut by its own index and the cuts are merged, where one condition with an “or” would read everything.
    """

    parts: Sequence[QuerySet[Row]]
    rows_of: Callable[[list[UUID]], Iterable[Row]]

    def count(self, most: int) -> int:
        """Count the rows, but not beyond `most`."""
        return Cut(most).of(self.parts).count()

    def keys(self, order: Order, most: int) -> list[Key]:
        """Give the moment and the id of each row, in no order, but not of more than `most`."""
        parts = [part.order_by().values_list(order.field, "pk")[:most] for part in self.parts]
        return list(_united(parts)[:most])

    def cut(self, order: Order, mark: Mark, *, back: bool) -> list[Row]:
        """Fetch one page and one row more."""
        return self.fetch([pk for _moment, pk in self.first(order, mark, ROWS + 1, back=back)])

    def first(self, order: Order, mark: Mark, most: int, *, back: bool = False) -> list[Key]:
        """Give the moment and the id of the first rows from a mark on, in order."""
        return list(Cut(most, order, mark, back).of(self.parts))

    def fetch(self, ids: list[UUID]) -> list[Row]:
        """Fetch these rows in this order."""
        return _fetch(ids, self.rows_of)


@dataclass(frozen=True, slots=True)
class Known(Generic[Row]):
    """A list asked by a structure that says which rows it shows: its parts are written once for each shape of that."""

    keys: Keys[tuple[Any, Cut]]
    asked: Any
    rows_of: Callable[[list[UUID]], Iterable[Row]]

    def count(self, most: int) -> int:
        """Count the rows, but not beyond `most`."""
        return self.keys.count((self.asked, Cut(most)))

    def cut(self, order: Order, mark: Mark, *, back: bool) -> list[Row]:
        """Fetch one page and one row more."""
        found = self.keys((self.asked, Cut(ROWS + 1, order, mark, back)))
        return _fetch([pk for _moment, pk in found], self.rows_of)


def keys_of(parts: Callable[[Asked], Sequence[QuerySet[Any]]]) -> Keys[tuple[Asked, Cut]]:
    """Prepare the keys of all lists whose parts are written so from what is asked."""
    return Keys(lambda asked: asked[1].of(parts(asked[0])), spares_values=True)


def page_of(rows: QuerySet[Row], order: Order, asked: QueryDict) -> Page[Row]:
    """Cut one page out of a list, by the marks in the address; counted to the end."""
    mark, back = _asked(asked)
    return _page(list(_cut(rows, order, mark, back=back)[: ROWS + 1]), order, asked, rows.count())


def page_of_parts(listed: Listed[Row] | Known[Row], order: Order, asked: QueryDict, *, most: int = MOST) -> Page[Row]:
    """Cut one page out of a list in parts, by the marks in the address; counted up to `most`, unless it is all seen."""
    mark, back = _asked(asked)
    rows = listed.cut(order, mark, back=back)
    is_whole = mark is None and len(rows) <= ROWS
    total = min(len(rows), most + 1) if is_whole else listed.count(most + 1)
    return _page(rows, order, asked, total, most=most)


def page_of_found(
    gathered: Listed[Row], walked: Listed[Row], order: Order, asked: QueryDict, *, most: int = MOST
) -> Page[Row]:
    """Cut one page out of what a search found: few are gathered once; of many, a walk soon fills a page."""
    mark, back = _asked(asked)
    keys = gathered.keys(order, most + 1)
    if len(keys) > most:
        return _page(walked.cut(order, mark, back=back), order, asked, len(keys), most=most)
    return _page(gathered.fetch(_pick(keys, order, mark, back=back)), order, asked, len(keys))


def page_of_common(walked: Listed[Row], order: Order, asked: QueryDict) -> Page[Row]:
    """Cut one page out of what a common word found, counted on the way: the list is walked, nothing is gathered."""
    mark, back = _asked(asked)
    keys = walked.first(order, None, MOST_WALKED + 1)
    is_cut = len(keys) > MOST_WALKED and mark is not None
    rows = walked.cut(order, mark, back=back) if is_cut else walked.fetch(_pick(keys, order, mark, back=back))
    return _page(rows, order, asked, len(keys), most=MOST_WALKED)


def page_of_newest(
    newest: Newest, fetched: Listed[Row], walk: Callable[[], Listed[Row]], order: Order, asked: QueryDict
) -> Page[Row]:
    """Cut one page out of the newest keys of what a search found; behind the last of them the list is walked."""
    (mark, back), keys = _asked(asked), newest.keys
    picked = _pick(keys, order, mark, back=back)
    are_enough = len(keys) <= newest.most or len(picked) > ROWS or (back and mark is not None and mark >= keys[-1])
    rows = fetched.fetch(picked) if are_enough else walk().cut(order, mark, back=back)
    return _page(rows, order, asked, len(keys), most=newest.most)


def _fetch(ids: list[UUID], rows_of: Callable[[list[UUID]], Iterable[Row]]) -> list[Row]:
    rows = {row.pk: row for row in rows_of(ids)} if ids else {}
    return [rows[pk] for pk in ids if pk in rows]


def _united(parts: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    return parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0]


def _pick(keys: list[Key], order: Order, mark: Mark, *, back: bool) -> list[UUID]:
    """Find one page and one row more among the keys of all rows."""
    falling = order.is_descending != back
    following = [key for key in keys if mark is None or (key < mark if falling else key > mark)]
    return [pk for _moment, pk in sorted(following, reverse=falling)[: ROWS + 1]]


def _asked(asked: QueryDict) -> tuple[Mark, bool]:
    """Read from which mark the page goes on, and whether backwards."""
    if (mark := _mark(asked.get("after", ""))) is not None:
        return mark, False
    mark = _mark(asked.get("before", ""))
    return mark, mark is not None


def _page(found: list[Row], order: Order, asked: QueryDict, total: int, *, most: int | None = None) -> Page[Row]:
    mark, back = _asked(asked)
    more_than = most is not None and total > most
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


def _cut(rows: QuerySet[Row], order: Order, mark: Mark, *, back: bool) -> QuerySet[Row]:
    if mark is not None:
        moment, pk = mark
        than = "lt" if order.is_descending != back else "gt"
        same = Q(**{order.field: moment, f"id__{than}": pk})
        rows = rows.filter(Q(**{f"{order.field}__{than}": moment}) | same, **{f"{order.field}__{than}e": moment})
    return rows.order_by(*_directed(order, back=back))


def _directed(order: Order, *, back: bool) -> tuple[str, str]:
    """Name what rows are sorted by, falling or rising."""
    sign = "-" if order.is_descending != back else ""
    return f"{sign}{order.field}", f"{sign}pk"


def _mark(text: str) -> Mark:
    """Read a mark; one that was tampered with is no mark, and the list starts at its beginning."""
    moment, _, pk = text.partition("_")
    try:
        at = parse_datetime(moment)
        return (at.astimezone(UTC), UUID(pk)) if at is not None and at.tzinfo is not None else None
    except (ValueError, OverflowError):  # a zone that takes it out of all years
        return None


def _address(asked: QueryDict, way: str, row: Any, order: Order) -> str:
    address = asked.copy()
    for key in ("after", "before"):
        address.pop(key, None)
    address[way] = f"{getattr(row, order.field).isoformat()}_{row.pk}"
    return f"?{address.urlencode()}"
