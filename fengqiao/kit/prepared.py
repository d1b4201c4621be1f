"""Queries whose SQL is written once in a process: each call only fills in other values.

Django writes the SQL of a query anew each time it is asked, which on a busy page costs more than the database's answer.
A prepared query is built once, with marks in the places of its values (docs/adr/0060-prepared-queries.md).
"""

from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.postgresql.base import TIMESTAMPTZ_OID, ServerBindingCursor
from django.db.backends.postgresql.psycopg_any import register_tzloader
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.utils.timezone import now
from psycopg.pq import Format

from fengqiao.kit.ids import new_id

Row = TypeVar("Row", bound=Model)
Value = UUID | str | int | date  # a moment is a date, too
MOST_SHAPES = 200
LENGTHS = (1, 5, 20, 51)  # one row, the first of what waits, some, and a page with one row more


class Prepared(Generic[Row]):
    """A query for rows of one model, prepared once for each shape it takes.

    `build` gets the shape and as many marks as there are values, and gives the query. What the query looks like may
    depend on the shape alone, never on a value: a value may only be compared with, alone or as part of a text.
    """

    def __init__(self, build: Callable[..., QuerySet[Row]], *, spares_values: bool = False) -> None:
        self._build = build
        self._spares_values = spares_values  # some shapes have no use for some values
        self._plans: dict[Hashable, _Plan[Row] | _Nothing] = {}

    def __call__(self, *values: Value, shape: Hashable = ()) -> list[Row]:
        """Fetch the rows for these values."""
        key = (shape, tuple(type(value) for value in values))
        plan = self._plans.get(key)
        if plan is None:
            if len(self._plans) >= MOST_SHAPES:
                self._plans.clear()
            marks = [_mark(number, value) for number, value in enumerate(values)]
            plan = self._plans[key] = self._plan(shape, marks)
        return plan.fetch(values)

    def _plan(self, shape: Hashable, marks: Sequence[Value]) -> "_Plan[Row] | _Nothing":
        try:
            plan = _Plan(self._build(shape, *marks), marks)
        except EmptyResultSet:  # nothing can be found in this shape, whatever the values
            return _Nothing()
        if plan.lost and not self._spares_values:
            raise ValueError(f"The query says nothing of its values {plan.lost}.")
        return plan


def filled(ids: list[UUID]) -> list[UUID]:
    """Lengthen a list of ids, by its last, to one of few lengths: lists of different lengths are different queries."""
    wanted = next((length for length in LENGTHS if len(ids) <= length), len(ids))
    return [*ids, *ids[-1:] * (wanted - len(ids))]


def _cursor() -> Any:
    """Open a cursor that sends values beside the SQL, so that the server keeps the plan (`prepare_threshold`)."""
    link, binding = cast(Any, connection), cast(Any, ServerBindingCursor)  # without stubs
    if link.queries_logged:
        return link.cursor()  # whoever reads along wants statements with their values in them
    link.close_if_health_check_failed()
    link.ensure_connection()
    with link.wrap_database_errors:
        cursor = binding(link.connection)
        if link.timezone != cursor.adapters.get_loader(TIMESTAMPTZ_OID, Format.TEXT).timezone:
            register_tzloader(link.timezone, cursor)
        return link._prepare_cursor(cursor)


class _Nothing:
    """The plan of a query that need not be asked."""

    def fetch(self, _values: Sequence[Value]) -> list[Any]:
        return []


class _Plan(Generic[Row]):
    """The SQL of one shape, where its values go, and how its rows become objects."""

    def __init__(self, query: QuerySet[Row], marks: Sequence[Value]) -> None:
        compiler: Any = query.query.get_compiler(connection.alias)
        self._sql, given = compiler.as_sql()
        self._params = [_place(param, marks) for param in given]
        self.lost = [number for number, mark in enumerate(marks) if not any(_is_in(mark, param) for param in given)]
        self._compiler = compiler
        self._converters = compiler.get_converters([column[0] for column in compiler.select])
        known: Any = compiler.klass_info
        self._model: type[Row] = known["model"]
        columns = known["select_fields"]
        self._from, self._to = columns[0], columns[-1] + 1
        self._names = [column[0].target.attname for column in compiler.select[self._from : self._to]]
        related: Any = get_related_populators  # its stub is of a later Django
        self._related = related(known, compiler.select, connection.alias)
        self._annotated: dict[str, int] = compiler.annotation_col_map

    def fetch(self, values: Sequence[Value]) -> list[Row]:
        params = [fill(values) for fill in self._params]
        with _cursor() as cursor:
            cursor.execute(self._sql, params)
            rows: Any = cursor.fetchall()
        if self._converters:
            rows = self._compiler.apply_converters(rows, self._converters)
        return [self._object(row) for row in rows]

    def _object(self, row: Sequence[Any]) -> Row:
        found = self._model.from_db(connection.alias, self._names, row[self._from : self._to])
        for related in self._related:
            related.populate(row, found)
        for name, column in self._annotated.items():
            setattr(found, name, row[column])
        return found


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


def _place(param: Any, marks: Sequence[Value]) -> Callable[[Sequence[Value]], Any]:
    """Tell how a parameter of the SQL comes from the values: one of them, a text around it, or always the same."""
    for number, mark in enumerate(marks):
        if _is_in(mark, param):
            return _around(number, *param.split(mark)) if isinstance(mark, str) else itemgetter(number)
    return lambda values: param


def _around(number: int, before: str, after: str) -> Callable[[Sequence[Value]], Any]:
    return lambda values: f"{before}{values[number]}{after}"


_INSERTS: dict[type[Model], tuple[str, list[Any]]] = {}
_UPDATES: dict[tuple[type[Model], tuple[str, ...]], tuple[str, list[Any]]] = {}


def insert(row: Model) -> None:
    """Store a new row, as `save(force_insert=True)` does."""
    table = type(row)
    if table not in _INSERTS:
        fields = [field for field in table._meta.local_concrete_fields if not field.generated]
        columns = ", ".join(f'"{field.column}"' for field in fields)
        places = ", ".join(["%s"] * len(fields))
        _INSERTS[table] = f'INSERT INTO "{table._meta.db_table}" ({columns}) VALUES ({places})', fields
    sql, fields = _INSERTS[table]
    with _cursor() as cursor:
        cursor.execute(sql, [_stored(row, field) for field in fields])
    row._state.adding, row._state.db = False, connection.alias


def facts_of(row: Model) -> dict[str, Any]:
    """Note what a row says now, for `update_changed` later."""
    fields = [field for field in row._meta.local_concrete_fields if not field.generated]
    return {field.attname: getattr(row, field.attname) for field in fields}


def update_changed(row: Model, before: dict[str, Any]) -> None:
    """Store what differs from before, as `save(update_fields=…)` does; nothing is asked when nothing does."""
    names = tuple(name for name, value in before.items() if getattr(row, name) != value)
    if not names:
        return
    key = (type(row), names)
    if key not in _UPDATES:
        fields: list[Any] = [field for field in row._meta.local_concrete_fields if field.attname in names]
        columns = ", ".join(f'"{field.column}" = %s' for field in fields)
        sql = f'UPDATE "{row._meta.db_table}" SET {columns} WHERE "{row._meta.pk.column}" = %s'
        _UPDATES[key] = sql, [*fields, row._meta.pk]
    sql, fields = _UPDATES[key]
    with _cursor() as cursor:
        cursor.execute(sql, [_stored(row, field) for field in fields])


def _stored(row: Model, field: Any) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)
