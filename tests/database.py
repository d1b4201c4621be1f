"""The database of the tests: the migrations make it once for each state of them, and each worker has a copy.

Making it takes as long as a hundred tests. What was made stays on the server, so that the next run begins at once.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from fengqiao.jobs.launch.where import CHECKOUT

KIND = "made_for_tests_"
LISTS = {"django_content_type", "auth_permission"}  # of the models and what may be done with them
COUNTED = {settings.CACHES["default"]["LOCATION"]}  # knocks and guesses; no model, so Django knows nothing of it
BY_ONE = 7_391_204  # the lock under which one worker makes it, and the others wait
IMPORTED = re.compile(r"^(?:from|import) (fengqiao[\w.]+)", re.MULTILINE)


@contextmanager
def copied(*, anew: bool) -> Iterator[None]:
    """Have a database to test in, named as Django would name it, while the block runs."""
    usual, own = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    with connection._nodb_cursor() as server:
        made = _made(server, anew=anew)
        server.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{own}" TEMPLATE "{made}"')
    _use(own)
    yield
    connection.close()
    _use(usual)
    with connection._nodb_cursor() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')


def _made(server: CursorWrapper, *, anew: bool) -> str:
    """Name the database that the present migrations make; make it where it is not there. The lock goes with us."""
    server.execute("SET lock_timeout = 0")
    server.execute("SELECT pg_advisory_lock(%s)", [BY_ONE])
    server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [KIND])
    there, wanted = {name for (name,) in server.fetchall()}, KIND + _state()
    for name in there if anew else there - {wanted}:
        server.execute(f'DROP DATABASE "{name}"')
    if anew or wanted not in there:
        _make(server, wanted)
    return wanted


def _make(server: CursorWrapper, wanted: str) -> None:
    """Let Django make it, and name it only then: what was begun and not finished is never copied."""
    test, begun = connection.settings_dict["TEST"], f"{wanted}_begun"
    own, test["NAME"] = test["NAME"], begun
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    test["NAME"] = own
    server.execute(f'ALTER DATABASE "{begun}" RENAME TO "{wanted}"')


def _use(name: str) -> None:
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _state() -> str:
    """Tell one state of the migrations from another: by all that they, and what they import, say."""
    files = {file for app in apps.get_app_configs() for file in Path(app.path).glob("migrations/*.py")}
    for file in sorted(files):
        for name in IMPORTED.findall(file.read_text(encoding="utf-8")):
            path = CHECKOUT / Path(*name.split("."))
            files.update(path.glob("*.py") if path.is_dir() else [path.with_suffix(".py")])
    files |= {CHECKOUT / "config" / "settings.py", CHECKOUT / "requirements" / "base.txt"}
    told = sha256()
    for file in sorted(files):
        told.update(f"{file.name}\n".encode() + file.read_bytes())
    return told.hexdigest()[:16]


def empty() -> None:
    """Empty the tables in which there is something: Django empties all, and writes its lists of models anew each time.

    The lock waits for whoever still writes, as emptying all would.
    """
    names = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - LISTS | COUNTED
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(sorted(names))} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names))
        for (name,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {name}")
