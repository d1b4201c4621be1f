"""The ground everything stands on: database, tables, disk, secrets, calendar."""

import shutil
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.jobs.doctor.findings import Finding, fault, good, watch
from fengqiao.places.models import CalendarYear

OLDEST = 15
LITTLE, VERY_LITTLE = 5 * 2**30, 2**30  # bytes
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def is_reachable() -> bool:
    """Test if the database answers at all; nothing else can be examined without it."""
    try:
        connection.ensure_connection()
    except DatabaseError:
        return False
    return True


def database(at: datetime) -> Iterator[Finding]:
    """Examine the server and the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = str(cursor.fetchone()[0])
    if int(version.split(".")[0]) < OLDEST:
        yield fault(
            _("PostgreSQL %(version)s is too old.") % {"version": version},
            _("Move to PostgreSQL %(oldest)s or newer.") % {"oldest": OLDEST},
        )
    else:
        yield good(_("PostgreSQL %(version)s answers.") % {"version": version})
    yield _tables()


def _tables() -> Finding:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not missing:
        return good(_("All tables are up to date."))
    return fault(
        _("%(count)s migrations are not applied.") % {"count": len(missing)},
        _("Start ./run up once, or run ./run migrate."),
    )


def disk(at: datetime) -> Iterator[Finding]:
    """Examine the room that is left: for the files, and for our own database, which may lie elsewhere."""
    places = (settings.DATA_DIR, Path(settings.MEDIA_ROOT), settings.DATA_DIR / "postgres")
    there = [place for place in places if place.exists()] or [settings.BASE_DIR]
    free = min(shutil.disk_usage(place).free for place in there)
    said = _("%(free).1f GB are free on the disk.") % {"free": free / 2**30}
    if free < VERY_LITTLE:
        yield fault(said, _("Make room now: the database stops when the disk is full."))
    elif free < LITTLE:
        yield watch(said, _("Make room or add a disk."))
    else:
        yield good(said)


def secrets(at: datetime) -> Iterator[Finding]:
    """Examine whether the secret key outlives a restart, and who can read its file."""
    path = settings.DATA_DIR / "secret.key"
    if not settings.LASTING_KEY:
        yield fault(
            _("There is no secret key: sign-ins and the residents' secrets end with every restart."),
            _("Start ./run up once; it makes %(path)s.") % {"path": path},
        )
    elif path.is_file() and path.stat().st_mode & OTHERS:
        yield fault(_("Others on this machine can read the secret key."), _("Run: chmod 600 %(path)s") % {"path": path})
    else:
        yield good(_("The secret key is kept and nobody else can read it."))


def calendar(at: datetime) -> Iterator[Finding]:
    """Examine whether the days off of this year, and late in the year of the next, are published."""
    year = localdate(at).year
    official = set(CalendarYear.objects.filter(provisional=False).values_list("year", flat=True))
    if year not in official:
        yield fault(
            _("The days off of %(year)s are provisional: every due time of this year is a guess.") % {"year": year},
            _("Load the official notice of the State Council into the calendar."),
        )
    elif year + 1 not in official:
        yield watch(
            _("The days off of %(year)s are not published yet; due times in it say so.") % {"year": year + 1},
            _("Load the official notice when it comes, usually in November."),
        )
    else:
        yield good(_("The calendar is official through %(year)s.") % {"year": year + 1})
