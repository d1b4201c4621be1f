"""The databases the benches keep: one for each size of stock, each with a note of its making."""

import argparse
import json
import os
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

FORM = 1  # of what is loaded: raised when the rows themselves change, so that kept stocks are made anew
USUAL = 100_000  # cases, where nobody says
KINDS = {"disputes": 2570}  # what else is kept, and how much of it usually: as many as were printed of a county's year
VARIABLE = "FENGQIAO_DATABASE_URL"
NAMED = "FENGQIAO_BENCH_DATABASE"  # who measures beside somebody else gives a name of his own

Note = dict[str, Any]


def name_for(stock: int, kind: str = "") -> str:
    """Give the name of the database that keeps a stock of this size; one of another kind says which."""
    return "_".join(filter(None, [os.environ.get(NAMED, "bench_stock"), kind, str(stock)]))


def stock_in(arguments: list[str], usual: int = USUAL) -> int:
    """Read the size that was asked for, before the bench itself reads its arguments."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--stock", type=int, default=usual)
    return int(parser.parse_known_args(arguments)[0].stock)


def choose(name: str) -> None:
    """Point the settings, and every program started from here, at a kept database; before Django."""
    server = urlsplit(os.environ[VARIABLE])
    os.environ[VARIABLE] = urlunsplit(server._replace(path=f"/{name}"))


def connect(database: str = "") -> psycopg.Connection[tuple[Any, ...]]:
    """Connect to the chosen database, or to another one of its server."""
    url = urlsplit(os.environ[VARIABLE])
    return psycopg.connect(urlunsplit(url._replace(path=f"/{database}")) if database else urlunsplit(url))


def note_on(name: str) -> Note | None:
    """Read what was noted when the database was made; nothing if it is not there or was not finished."""
    asked = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    with closing(connect("postgres")) as connection:
        found = connection.execute(asked, [name]).fetchone()
    return json.loads(found[0]) if found and found[0] else None


def write_note(name: str, note: Note) -> None:
    """Note that the database is whole, and what it holds."""
    said = sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(json.dumps(note)))
    with closing(connect("postgres")) as connection:
        connection.execute(said)
        connection.commit()


def make(name: str, like: str = "template0") -> None:
    """Make the database, empty or as a copy, instead of the one that may be there."""
    drop(name)
    names = {"name": sql.Identifier(name), "like": sql.Identifier(like)}
    with closing(connect("postgres")) as connection:
        connection.autocommit = True
        connection.execute(sql.SQL("CREATE DATABASE {name} TEMPLATE {like} ENCODING 'UTF8'").format(**names))


def drop(name: str) -> None:
    """Take the database away, with whoever is still connected."""
    with closing(connect("postgres")) as connection:
        connection.autocommit = True
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
