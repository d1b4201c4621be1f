"""Rows written by SQL that is built once in a process, and several of them sent as one statement (docs/adr/0076)."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Model

from fengqiao.kit.database.waiting import Waiting, Write

# Fields that Django hands to the driver as they are, where they say what they should.
AS_THEY_ARE = {
    models.UUIDField, models.CharField, models.TextField, models.DateTimeField, models.BooleanField, models.ForeignKey,
    models.PositiveSmallIntegerField, models.SmallIntegerField, models.PositiveIntegerField, models.IntegerField,
}  # fmt: skip
PLAIN = {UUID, str, bool, int, date, datetime}
EMPTY: dict[type, str] = {list: "[]", dict: "{}"}  # what most JSON columns of a new row say


@contextmanager
def together() -> Iterator[None]:
    """Let what is written here wait, and send it as one statement: at the end, or before anything is asked.

    What the database refuses, it refuses then; inside a savepoint that is before the savepoint ends. A trigger sees
    the other rows of its statement as it happens: call `send` before a row whose trigger looks at them. What may make
    room for another row of its table is sent before that, unless both are said to be `apart`.
    """
    link: Any = connections[DEFAULT_DB_ALIAS]
    if link.waiting is not None:
        yield
        return
    link.waiting = Waiting()
    try:
        yield
        send()
    finally:
        link.waiting = None


def send() -> None:
    """Send what waits now."""
    link: Any = connections[DEFAULT_DB_ALIAS]
    link.send_waiting()


def insert(row: Model, *, once: bool = False, apart: object = None) -> None:
    """Store a new row, as `save(force_insert=True)` does; `once`: unless there is such a one already."""
    table, ends = type(row), " ON CONFLICT DO NOTHING" if once else ""
    fields, values_of = _columns(table)
    _write(Write(table._meta.db_table, row.pk, _insert(table), {}, ends, _stored(fields, values_of(row)), apart))
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@cache
def _insert(table: type[Model]) -> str:
    columns = ", ".join(f'"{field.column}"' for field in _columns(table)[0])
    places = ", ".join(["%s"] * len(_columns(table)[0]))
    return f'INSERT INTO "{table._meta.db_table}" ({columns}) VALUES ({places})'


@cache
def _columns(table: type[Model]) -> tuple[list[Any], Callable[[Model], tuple[Any, ...]]]:
    """List the fields of a table that are written, and tell how to take what a row says in them all at once."""
    fields = [field for field in table._meta.local_concrete_fields if not field.generated]
    return fields, attrgetter(*[field.attname for field in fields])


def facts_of(row: Model) -> dict[str, Any]:
    """Note what a row says now, for `update_changed` later."""
    fields, values_of = _columns(type(row))
    return dict(zip([field.attname for field in fields], values_of(row), strict=True))


def update_changed(row: Model, before: dict[str, Any], *, apart: object = None) -> None:
    """Store what differs from before, as `save(update_fields=…)` does; nothing is asked when nothing does."""
    now = facts_of(row)
    names = {name for name, value in before.items() if now[name] is not value and now[name] != value}
    if names:
        _write(_update(row, names, apart))


def update_now(row: Model, names: set[str]) -> bool:
    """Store these fields of a row at once; say whether the row is still there."""
    write = _update(row, names, None)
    send()
    return _execute(write.sql, write.params) > 0


def delete(kind: type[Model], **which: object) -> None:
    """Take away the rows that say this, as they are; nothing may depend on them."""
    fields = [kind._meta.get_field(name) for name in which]
    condition = " AND ".join(f'"{field.column}" = %s' for field in fields)  # type: ignore[union-attr]
    table = kind._meta.db_table
    _write(Write(table, None, f'DELETE FROM "{table}"', {}, f" WHERE {condition}", [_plain(v) for v in which.values()]))


def _update(row: Model, names: set[str], apart: object) -> Write:
    meta: Any = row._meta
    fields = [field for field in meta.local_concrete_fields if field.attname in names]
    values = _stored([*fields, meta.pk], [*[getattr(row, field.attname) for field in fields], row.pk])
    sets = dict(zip([field.column for field in fields], values, strict=False))
    return Write(
        meta.db_table, row.pk, f'UPDATE "{meta.db_table}" SET ', sets, f' WHERE "{meta.pk.column}" = %s', values[-1:],
        apart,
    )  # fmt: skip


def _write(write: Write) -> None:
    """Write this now, or let it wait with what else waits."""
    link: Any = connections[DEFAULT_DB_ALIAS]
    waiting: Waiting | None = link.waiting
    if waiting is None:
        _execute(write.sql, write.params)
    elif not waiting.add(write):
        send()
        waiting.add(write)


def _execute(sql: str, params: Sequence[Any]) -> int:
    link: Any = connections[DEFAULT_DB_ALIAS]
    return int(link.ask(sql, params).rowcount)


def _stored(fields: Iterable[Any], values: Iterable[Any]) -> list[Any]:
    """Give what a row says in these fields, as the database takes it.

    It goes as text: the column says what it is, and the server need not plan anew for each mix of kinds.
    """
    return [
        value if value is None
        else str(value) if type(value) in PLAIN and type(field) in AS_THEY_ARE
        else _text(field, value)
        for field, value in zip(fields, values, strict=True)
    ]  # fmt: skip


def _text(field: Any, value: Any) -> Any:
    """Give what only its field knows how to store; most often a choice, or something empty of JSON."""
    if type(field) is models.JSONField:
        return EMPTY[type(value)] if not value and type(value) in EMPTY else json.dumps(value, cls=field.encoder)
    if type(field) in AS_THEY_ARE and isinstance(value, str):
        return str.__str__(value)
    return _plain(field.get_db_prep_save(value, connections[DEFAULT_DB_ALIAS]))


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, (UUID, str, int, date)) else value
