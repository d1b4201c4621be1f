"""Prepared queries for a few columns, asked by a structure: its texts, ids and times are values, all else is shape.

So what a query looks like cannot depend on a value: who writes it is shown marks in the places of all of them.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache, reduce
from operator import and_, attrgetter
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Q, QuerySet, expressions

from fengqiao.kit.prepared import MOST_SHAPES, Statement, Value, compiler_of, marks_for

Asked = TypeVar("Asked")
IS_VALUE = object()
NOTHING = object()  # the plan of what nobody can meet in this shape, whatever the values
VALUES = frozenset({str, UUID, datetime, date})


@dataclass(frozen=True, slots=True)
class Where:
    """A condition as a structure holds it: who writes it, which is shape, and what of."""

    write: Callable[..., Q]
    of: tuple[Any, ...] = ()


@cache
def same(column: str) -> Callable[[Value], Q]:
    """Give who writes that a column has a value; the column is shape."""
    return lambda value: Q(**{column: value})


def all_of(conditions: Iterable[Where]) -> Q:
    """Match what meets all of these."""
    return reduce(and_, [each.write(*each.of) for each in conditions], Q())


def in_one_row(rows: QuerySet[Any, Any], **counts: Count) -> QuerySet[Any, Any]:
    """Count several things together: grouped by what is the same of all rows."""
    counted: QuerySet[Any, Any] = (
        rows.order_by().values(same=expressions.Value(1)).annotate(**counts).values_list(*counts)
    )
    return counted


class Keys(Generic[Asked]):
    """A query for some columns, prepared once for each shape of what is asked.

    The database plans it anew each time: what is a good plan for one word or place is a bad one for another. What is
    found in the same way whatever its values, by ids or in a small table, keeps its plan.
    """

    def __init__(
        self, build: Callable[[Asked], QuerySet[Any, Any]], *, keeps_plan: bool = False, spares_values: bool = False
    ) -> None:
        self._build = build
        self._spares_values = spares_values  # some shapes have no use for some values
        self._keeps_plan = keeps_plan
        self._plans: dict[Hashable, Any] = {}

    def __call__(self, asked: Asked) -> list[Any]:
        """Fetch the columns of each row found."""
        plan, values = self._planned(asked)
        return [] if plan is NOTHING else list(plan.converted(self._ask(plan.sql, plan.params(values))))

    def count(self, asked: Asked) -> int:
        """Count the rows found."""
        plan, values = self._planned(asked)
        if plan is NOTHING:
            return 0
        [(found,)] = self._ask(f"SELECT COUNT(*) FROM ({plan.sql}) AS found", plan.params(values))
        return int(found)

    def _ask(self, sql: str, params: Sequence[Any]) -> Any:
        link = cast(Any, connection)
        link.send_waiting()
        return link.ask(sql, params, keeps_plan=self._keeps_plan).fetchall()

    def _planned(self, asked: Asked) -> tuple[Any, list[Value]]:
        values: list[Value] = []
        shape = apart(asked, values)
        return self._plans.get(shape) or self._plan(shape, values), values

    def _plan(self, shape: Hashable, values: Sequence[Value]) -> Any:
        if len(self._plans) >= MOST_SHAPES:
            self._plans.clear()
        plan = self._plans[shape] = self._written(shape, marks_for(values))
        return plan

    def _written(self, shape: Hashable, marks: Sequence[Value]) -> Any:
        try:
            plan = Statement(compiler_of(self._build(together(shape, iter(marks)))), marks)
        except EmptyResultSet:
            return NOTHING
        if plan.lost and not self._spares_values:
            raise ValueError(f"The query says nothing of its values {plan.lost}.")
        return plan


def apart(thing: Any, values: list[Value]) -> Hashable:
    """Take a structure apart: give its shape, and put its values in a list."""
    kind: Any = type(thing)
    if kind in VALUES:
        values.append(thing)
        return IS_VALUE
    if kind is tuple:
        return (tuple, tuple([apart(part, values) for part in thing]))
    parts = _parts(kind)
    return (kind, tuple([apart(get(thing), values) for get in parts])) if parts else thing


def together(shape: Any, values: Iterator[Value]) -> Any:
    """Put a structure together again, from its shape and values."""
    if shape is IS_VALUE:
        return next(values)
    if type(shape) is not tuple:
        return shape
    kind, parts = shape
    made = [together(part, values) for part in parts]
    return tuple(made) if kind is tuple else kind(*made)


@cache
def _parts(kind: Any) -> list[Callable[[Any], Any]]:
    return [attrgetter(field.name) for field in fields(kind)] if is_dataclass(kind) else []
