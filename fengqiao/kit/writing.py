"""Rows written by SQL that is built once in a process, and several of them sent as one statement (docs/adr/0076)."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models import Model

from fengqiao.kit.database.waiting import Waiting, Write

# Fields that Django hands to the driver as they are, where they say what they should.
AS_THEY_ARE = {
    models.UUIDField, models.CharField, models.TextField, models.DateTimeField, models.BooleanField, models.ForeignKey,
    models.PositiveSmallIntegerField, models.SmallIntegerField, models.PositiveIntegerField, models.IntegerField,
}  # fmt: skip
PLAIN = {UUID, str, bool, int, date, datetime}

_INSERTS: dict[type[Model], tuple[str, list[Any]]] = {}


@contextmanager
def together() -> Iterator[None]:
    """Let what is written here wait, and send it as one statement: at the end, or before anything is asked.

    What the database refuses, it refuses then; inside a savepoint that is before the savepoint ends. A trigger sees
    the other rows of its statement as it happens: call `send` before a row whose trigger looks at them. What may make
    room for another row of its table is sent before that, unless both are said to be `apart`.
    """
    link = cast(Any, connection)
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
    cast(Any, connection).send_waiting()


def insert(row: Model, *, once: bool = False, apart: object = None) -> None:
    """Store a new row, as `save(force_insert=True)` does; `once`: unless there is such a one already."""
    table = type(row)
    if table not in _INSERTS:
        fields = [field for field in table._meta.local_concrete_fields if not field.generated]
        columns = ", ".join(f'"{field.column}"' for field in fields)
        places = ", ".join(["%s"] * len(fields))
        _INSERTS[table] = f'INSERT INTO "{table._meta.db_table}" ({columns}) VALUES ({places})', fields
    sql, fields = _INSERTS[table]
    ends = " ON CONFLICT DO NOTHING" if once else ""
    _write(Write(table._meta.db_table, row.pk, sql, {}, ends, _stored(row, fields), apart))
    row._state.adding, row._state.db = False, connection.alias


def facts_of(row: Model) -> dict[str, Any]:
    """Note what a row says now, for `update_changed` later."""
    fields = [field for field in row._meta.local_concrete_fields if not field.generated]
    return {field.attname: getattr(row, field.attname) for field in fields}


def update_changed(row: Model, before: dict[str, Any], *, apart: object = None) -> None:
    """Store what differs from before, as `save(update_fields=…)` does; nothing is asked when nothing does."""
    names = {name for name, value in before.items() if getattr(row, name) != value}
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
    sets = dict(zip([field.column for field in fields], _stored(row, fields), strict=True))
    return Write(
        meta.db_table, row.pk, f'UPDATE "{meta.db_table}" SET ', sets, f' WHERE "{meta.pk.column}" = %s',
        _stored(row, [meta.pk]), apart,
    )  # fmt: skip


def _write(write: Write) -> None:
    """Write this now, or let it wait with what else waits."""
    waiting: Waiting | None = cast(Any, connection).waiting
    if waiting is None:
        _execute(write.sql, write.params)
    elif not waiting.add(write):
        send()
        waiting.add(write)


def _execute(sql: str, params: Sequence[Any]) -> int:
    return int(cast(Any, connection).ask(sql, params).rowcount)


def _stored(row: Model, fields: Iterable[Any]) -> list[Any]:
    """Give what a row says in these fields, as the database takes it."""
    link, values = connections[DEFAULT_DB_ALIAS], []
    for field in fields:
        value = getattr(row, field.attname)
        if value is not None and (type(field) not in AS_THEY_ARE or type(value) not in PLAIN):
            value = field.get_db_prep_save(value, link)
        values.append(_plain(value))
    return values


def _plain(value: Any) -> Any:
    """Give a value as text: the column says what it is, and the server need not plan anew for each mix of kinds."""
    return str(value) if isinstance(value, (UUID, str, int, date)) else value
