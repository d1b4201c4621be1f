"""Rows into tables by COPY: secondary indexes away before and back afterwards, both cores at work."""

import json
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Field, JSONField, Model

from bench.kept import database
from bench.kept.rows import Row, Values
from fengqiao.cases.models import Case, CaseClock, CaseLog, NamedViewer
from fengqiao.intake.models import Decision, Report, ReportClock
from fengqiao.oversight.models import Notice

TABLES: tuple[type[Model], ...] = (Case, Report, Decision, CaseLog, CaseClock, ReportClock, Notice, NamedViewer)

# Constraints that stand on an index and that no foreign key leans on, and the indexes that are nothing else.
CONSTRAINTS = """
    SELECT format('ALTER TABLE %%I DROP CONSTRAINT %%I', t.relname, c.conname),
           format('ALTER TABLE %%I ADD CONSTRAINT %%I %%s', t.relname, c.conname, pg_get_constraintdef(c.oid))
      FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
     WHERE t.relname = ANY(%s) AND c.contype = 'u'
       AND NOT EXISTS (SELECT 1 FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = c.conindid)
"""
INDEXES = """
    SELECT format('DROP INDEX %%I', i.indexname), i.indexdef
      FROM pg_indexes i
     WHERE i.tablename = ANY(%s) AND i.schemaname = current_schema()
       AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = to_regclass(quote_ident(i.indexname)))
"""


def load(chunks: int, write: Callable[[int], int]) -> int:
    """Have every chunk written by both cores into bare tables, then index them; give the number of rows."""
    names = [table._meta.db_table for table in TABLES]
    again = _bare(names)
    connection.close()  # a connection cannot be shared with the processes that are forked here
    _writing.append(write)
    rows = 0
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as both:
        for done, written in enumerate(both.map(_write_one, range(chunks)), 1):
            rows += written
            say(f"{done} of {chunks} parts, {rows} rows")
    _indexed(again, names)
    return rows


_writing: list[Callable[[int], int]] = []  # what the forked processes inherit; it would be too large to send


def _write_one(chunk: int) -> int:
    return _writing[-1](chunk)


def say(words: str) -> None:
    """Show how far it is."""
    print(f"  {words}", file=sys.stderr, flush=True)


def write(rows: Iterable[Row]) -> int:
    """Write rows of any of the tables, each table in the order of time: a case's lines lie apart, as they would."""
    kept: dict[type[Model], list[Values]] = {}
    for table, values in rows:
        kept.setdefault(table, []).append(values)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; SET synchronous_commit = off")
        for table, found in kept.items():
            copy_in(cursor, table, sorted(found, key=lambda values: values["id"].int))
    return sum(map(len, kept.values()))


def copy_in(cursor: Any, table: type[Model], rows: list[Values]) -> None:
    """COPY rows into one table; all give the same columns, and the others hold their defaults."""
    fields = [field for field in table._meta.concrete_fields if not field.generated]
    given = [field for field in fields if field.attname in rows[0]]
    usual = [field for field in fields if field.attname not in rows[0]]
    columns = ", ".join(f'"{field.column}"' for field in given + usual)
    cells = [(field.attname, writer_of(field)) for field in given]
    rest = "".join("\t" + writer_of(field)(field.get_default()) for field in usual) + "\n"
    with cursor.copy(f'COPY "{table._meta.db_table}" ({columns}) FROM STDIN') as target:
        target.write("".join("\t".join([write(row[name]) for name, write in cells]) + rest for row in rows))


def writer_of(field: "Field[Any, Any]") -> Callable[[Any], str]:
    """Give what turns a column's value into COPY's text."""
    return _json if isinstance(field, JSONField) else _plain


def _json(value: object) -> str:
    if not value:
        return "[]" if isinstance(value, list) else "{}"
    return json.dumps(value, ensure_ascii=False).replace("\\", "\\\\")


@lru_cache(100_000)
def _moment(value: datetime) -> str:
    return value.isoformat()


def _text(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n")


# The exact class decides: asking each of a hundred million values for its kinds would take minutes.
_CELLS: dict[type, Callable[[Any], str]] = {
    type(None): lambda value: "\\N",
    UUID: lambda value: f"{value.int:032x}",
    datetime: _moment,
    str: _text,
}


def _plain(value: object) -> str:
    return _CELLS.get(value.__class__, str)(value)


def data_directory() -> str:
    """Say where the server keeps its files; here, if it does not tell."""
    with database.connect("postgres") as connected:
        found = connected.execute("SELECT setting FROM pg_settings WHERE name = 'data_directory'").fetchone()
    return found[0] if found and os.path.exists(found[0]) else "."


def _bare(names: list[str]) -> list[str]:
    """Take the secondary indexes away, and give the statements that make them again."""
    with connection.cursor() as cursor:
        found: list[tuple[str, str]] = []
        for asked in (CONSTRAINTS, INDEXES):
            cursor.execute(asked, [names])
            found += cursor.fetchall()
        for drop, _make in found:
            cursor.execute(drop)
        for name in names:
            cursor.execute(f'ALTER TABLE "{name}" SET (autovacuum_enabled = false)')
    return [make for _drop, make in found]


def _indexed(again: list[str], names: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 2")
        say(f"{len(again)} indexes")
        for statement in again:
            cursor.execute(statement)
        for name in names:
            cursor.execute(f'ALTER TABLE "{name}" RESET (autovacuum_enabled)')
        cursor.execute("VACUUM ANALYZE")
