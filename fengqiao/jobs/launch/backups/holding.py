"""What a database holds: its version, its migrations, how many rows each table has, and where every log ends."""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from fengqiao.jobs.launch.backups.archive import Digests, Facts
from fengqiao.jobs.launch.steps import Stop

NOT_KEPT = ("django_session", "people_signin", "cache")  # nobody who restores is signed in as somebody else
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND NOT tablename = ANY(%s) ORDER BY tablename"
SEALED = "SELECT DISTINCT key_id FROM mediation_identity ORDER BY 1"
HEADS = "SELECT id, line_count, last_digest FROM cases_case ORDER BY id"
BATCH = 5000

Connection = psycopg.Connection[Any]


@dataclass(frozen=True)
class Holding:
    """A database counted at one moment."""

    postgres: str
    major: int
    counties: list[str]
    migrations: list[str]
    rows: dict[str, int]
    heads: Facts
    sealed_under: list[str]


def held(connection: Connection) -> Holding:
    """Count what is there, as the connection's own snapshot sees it."""
    tables = [name for (name,) in connection.execute(TABLES, [list(NOT_KEPT)])]
    if not {"cases_case", "places_county", "django_migrations"} <= {*tables}:
        raise Stop("数据库里还没有枫桥的数据 / There is no data of Fengqiao in this database: start ./run up once.")
    return Holding(
        postgres=str(connection.info.parameter_status("server_version")),
        major=connection.info.server_version // 10000,
        counties=[tag for (tag,) in connection.execute("SELECT tag FROM places_county ORDER BY tag")],
        migrations=[
            f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")
        ],
        rows={name: _count(connection, name) for name in tables},
        heads=_heads(connection),
        sealed_under=[key for (key,) in connection.execute(SEALED)] if "mediation_identity" in tables else [],
    )


def is_empty(connection: Connection) -> bool:
    """Test if nobody has put anything into this database yet."""
    return not connection.execute(TABLES, [[]]).fetchone()


def _count(connection: Connection, table: str) -> int:
    row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", table))).fetchone()
    return int(row[0]) if row else 0


def _heads(connection: Connection) -> Facts:
    """Digest where the log of every case ends; a line more, less or other gives another digest."""
    digests, count = Digests(), 0
    with connection.transaction(), connection.cursor("heads") as cursor:
        cursor.itersize = BATCH
        for case, lines, last in cursor.execute(HEADS):
            digests.update(f"{case} {lines} {last}\n".encode())
            count += 1
    return {"cases": count, **digests.both()}
