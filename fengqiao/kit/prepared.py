"""Queries whose SQL is written once in a process: each call only fills in other values.

Django writes the SQL of a query anew each time it is asked, which on a busy page costs more than the database's answer.
A prepared query is built once, with marks in the places of its values (docs/adr/0060-prepared-queries.md).
"""

from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime, timedelta
from json import JSONDecoder
from operator import itemgetter
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Count, JSONField, Model, QuerySet
from django.db.models.expressions import Col
from django.db.models.query import get_related_populators
from django.utils.timezone import now

from fengqiao.kit.ids import new_id
from fengqiao.kit.rows import Known, give_related, make_plainly, maker_of

Row = TypeVar("Row", bound=Model)
Value = UUID | str | int | date  # a moment is a date, too
READER = JSONDecoder()
MOST_SHAPES = 200
LENGTHS = (1, 5, 20, 51)  # one row, the first of what waits, some, and a page with one row more


class Prepared(Generic[Row]):
    """A query for rows of one model, prepared once for each shape it takes.

    `build` gets the shape and as many marks as there are values, and gives the query. What the query looks like may
    depend on the shape alone, never on a value: a value may only be compared with, alone or as part of a text.
    """

    def __init__(
        self,
        build: Callable[..., QuerySet[Row]],
        *,
        spares_values: bool = False,
        is_apart: bool = False,
        ends: str = "",
    ) -> None:
        self._build = build
        self._spares_values = spares_values  # some shapes have no use for some values
        self._is_apart = is_apart  # of tables that nobody writes to by `kit/writing`: what waits there may wait on
        self._ends = ends  # what Django has no words for
        self._plans: dict[Hashable, Plan[Row] | Nothing] = {}

    def __call__(self, *values: Value, shape: Hashable = ()) -> list[Row]:
        """Fetch the rows for these values."""
        if not self._is_apart:
            link: Any = connections[DEFAULT_DB_ALIAS]
            link.send_waiting()
        return self.plan(values, shape).fetch(values)

    def plan(self, values: Sequence[Value], shape: Hashable = ()) -> "Plan[Row] | Nothing":
        """Give what is known of the query for values like these."""
        key = (shape, tuple(map(type, values)))
        plan = self._plans.get(key)
        if plan is None:
            if len(self._plans) >= MOST_SHAPES:
                self._plans.clear()
            marks = marks_for(values)
            plan = self._plans[key] = self._plan(shape, marks)
        return plan

    def _plan(self, shape: Hashable, marks: Sequence[Value]) -> "Plan[Row] | Nothing":
        try:
            plan = Plan(self._build(shape, *marks), marks, self._ends)
        except EmptyResultSet:  # nothing can be found in this shape, whatever the values
            return Nothing()
        if plan.lost and not self._spares_values:
            raise ValueError(f"The query says nothing of its values {plan.lost}.")
        return plan


def filled(ids: list[UUID]) -> list[UUID]:
    """Lengthen a list of ids, by its last, to one of few lengths: lists of different lengths are different queries."""
    wanted = next((length for length in LENGTHS if len(ids) <= length), len(ids))
    return [*ids, *ids[-1:] * (wanted - len(ids))]


class Nothing:
    """The plan of a query that need not be asked."""

    def fetch(self, _values: Sequence[Value]) -> list[Any]:
        """Find nothing."""
        return []


def compiler_of(query: QuerySet[Any, Any]) -> Any:
    """Give what writes the SQL of a query."""
    return query.query.get_compiler(connection.alias)


class Statement:
    """The SQL of one shape, and where its values go."""

    def __init__(self, compiler: Any, marks: Sequence[Value], ends: str = "") -> None:
        sql, given = compiler.as_sql()
        self.sql = sql + ends
        self._params = list(given)
        self._filled = [(place, fill) for place, param in enumerate(given) if (fill := _fill(param, marks))]
        self.lost = [number for number, mark in enumerate(marks) if not any(_is_in(mark, param) for param in given)]
        known = compiler.get_converters([None if _is_count(column[0]) else column[0] for column in compiler.select])
        self._converters = {place: ([_read] if _is_json(one[1]) else one[0], one[1]) for place, one in known.items()}
        self._convert = compiler.apply_converters if known else None  # else it goes, with the query that it holds

    def params(self, values: Sequence[Value]) -> list[Any]:
        """Put values in their places."""
        params = self._params.copy()
        for place, fill in self._filled:
            params[place] = fill(values)
        return params

    def converted(self, rows: Any) -> Any:
        """Make what the driver gives what the columns mean."""
        return self._convert(rows, self._converters) if self._convert else rows


def _is_count(column: Any) -> bool:
    """Test if this is a count, of which the driver makes a whole number."""
    return type(getattr(column, "source_expression", column)) is Count


def _is_json(column: Any) -> bool:
    """Test if this is a column of JSON that says nothing special of how it is read."""
    return isinstance(column, Col) and type(column.target) is JSONField and column.target.decoder is None


def _read(text: str | None, *_column: object) -> Any:
    """Make JSON an object as Django does; a database gives nothing else, without spaces around it."""
    return None if text is None else READER.raw_decode(text)[0]


class Plan(Statement, Generic[Row]):
    """The SQL of one shape, and how its rows become objects."""

    def __init__(self, query: QuerySet[Row], marks: Sequence[Value], ends: str) -> None:
        compiler: Any = compiler_of(_as_written(query))
        super().__init__(compiler, marks, ends)
        self.width = len(compiler.select)
        known: Any = compiler.klass_info
        columns = known["select_fields"]
        self._from, self._to = columns[0], columns[-1] + 1
        self._names = [column[0].target.attname for column in compiler.select[self._from : self._to]]
        self._maker = maker_of(known["model"], self._names)
        related: Any = get_related_populators  # its stub is of a later Django
        self._related = related(known, compiler.select, connection.alias)
        make_plainly(self._related)
        self._alias = connection.alias
        self._annotated: dict[str, int] = compiler.annotation_col_map

    def fetch(self, values: Sequence[Value]) -> list[Row]:
        """Ask, and make the rows objects."""
        link: Any = connections[DEFAULT_DB_ALIAS]
        return self.objects(link.ask(self.sql, self.params(values)).fetchall())

    def objects(self, rows: Any) -> list[Row]:
        """Make rows of this query objects."""
        known = Known() if len(rows) > 1 else None  # what is read with one row is of one kind each
        return [self._object(row, known) for row in self.converted(rows)]

    def _object(self, row: Sequence[Any], known: Known | None) -> Row:
        found: Row = self._maker.from_db(self._alias, self._names, row[self._from : self._to])
        give_related(self._related, row, found, known)
        for name, column in self._annotated.items():
            setattr(found, name, row[column])
        return found


def _as_written(query: QuerySet[Row]) -> QuerySet[Row]:
    """Leave out what the database makes of a row by itself: it is as long as the row, and nobody reads it off one.

    Of a row that is read along with another, leave out besides what its model says only its own pages look at.
    """
    asked: Any = query.query
    said_which = not asked.deferred_loading[1]
    unread = [] if said_which or asked.combinator else _unread(query.model, asked.select_related)
    return query.defer(*unread) if unread else query


def _unread(model: Any, related: Any, before: str = "") -> list[str]:
    """List the columns that are left out, with those of what is read along, by their names in a query."""
    apart = getattr(model, "NOT_READ_ALONG", ()) if before else ()
    fields = model._meta.concrete_fields
    unread = [before + field.name for field in fields if field.generated or field.name in apart]
    for name, further in related.items() if isinstance(related, dict) else ():
        unread += _unread(model._meta.get_field(name).related_model, further, f"{before}{name}__")
    return unread


def marks_for(values: Sequence[Value]) -> list[Value]:
    """Make marks of the kinds of these values."""
    return [_mark(number, value) for number, value in enumerate(values)]


def _mark(number: int, value: Value) -> Value:
    """Make a value that stands nowhere else in the query."""
    if isinstance(value, UUID):
        return new_id()
    if isinstance(value, str):
        return f"mark{number}-{new_id().hex}"
    if isinstance(value, date):
        far = now() + timedelta(days=10_000 + number)
        return far if isinstance(value, datetime) else far.date()
    return 30_000 + number  # fits the smallest of number fields: what does not fit is compared with nothing


def _is_in(mark: Value, param: Any) -> bool:
    """Test if a parameter is a mark, or a text around it."""
    if isinstance(mark, str) and isinstance(param, str):
        return mark in param
    if isinstance(mark, int):
        return isinstance(param, int) and param == mark  # the driver has types of its own for small numbers
    return type(param) is type(mark) and bool(param == mark)


def _fill(param: Any, marks: Sequence[Value]) -> Callable[[Sequence[Value]], Any] | None:
    """Tell how a parameter of the SQL comes from the values: one of them, or a text around it; None: from none."""
    for number, mark in enumerate(marks):
        if _is_in(mark, param):
            return _around(number, *param.split(mark)) if isinstance(mark, str) else itemgetter(number)
    return None


def _around(number: int, before: str, after: str) -> Callable[[Sequence[Value]], Any]:
    return lambda values: f"{before}{values[number]}{after}"
