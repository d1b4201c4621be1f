"""Keep a county's year of disputes: played once through the real steps, with the last weeks of this year beside it.

The year is over; of the last weeks much still runs, so that there is a day to look at, and a dossier at every stand.
"""

import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction
from django.utils.timezone import now

from bench.kept import database, stocking
from bench.kept.loading import say
from fengqiao.cases.models import CaseLog
from fengqiao.kit.workdays import SHANGHAI
from fengqiao.mediation.models import Dossier
from fengqiao.people.models import Post, Role, User
from fengqiao.playbooks import reading, setting_up
from fengqiao.playbooks.year import people, playing
from fengqiao.playbooks.year.playing import Asked

KIND = "disputes"
USUAL = database.KINDS[KIND]
FORM = 1  # raised when the year is played differently, so that a kept one is played anew
LATELY = timedelta(days=40)
PLAYBOOK = "zhenyuan"


def ensure(disputes: int, seed: int = 1) -> database.Note:
    """Have the chosen database hold this year, and give the note of its making."""
    name = database.name_for(disputes, KIND)
    note = database.note_on(name)
    wanted = {"disputes": disputes, "seed": seed, "form": FORM}
    if note is None or wanted.items() - note.items() or stocking.knows_other_migrations():
        note = _make(name, disputes, seed) | wanted
        database.write_note(name, note)
    elif stocking.is_behind():
        call_command("migrate", interactive=False, verbosity=0)
    return note


def _make(name: str, disputes: int, seed: int) -> database.Note:
    connection.close()
    database.make(name)
    say(f"{name}: tables, places")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_reference", verbosity=0, stdout=StringIO())
    at = now().astimezone(SHANGHAI)
    began, cpu = time.monotonic(), time.process_time()
    _play(at, disputes, seed)
    took = {"played_s": round(time.monotonic() - began, 1), "played_cpu_s": round(time.process_time() - cpu, 1)}
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    held = {"year": at.year - 1, "dossiers": Dossier.objects.count(), "lines": CaseLog.objects.count()}
    return {"database": name, "made_at": at.isoformat(), **held, **took}


def _play(at: datetime, disputes: int, seed: int) -> None:
    """Play the last whole year, and what was told lately at the same pace."""
    playbook = reading.read(PLAYBOOK)
    county = setting_up.set_up(playbook).county
    with transaction.atomic():
        since = datetime(at.year - 1, 1, 1, tzinfo=SHANGHAI)
        cast = people.gather(county, playbook, since)
        _readers(cast)
        playing.play(cast, Asked(at.year - 1, disputes, seed, until=at), _progress(disputes))
        lately = Asked(at.year, disputes, seed, until=at, since=at - LATELY)
        playing.play(cast, lately, _progress(disputes))


def _readers(cast: people.Cast) -> None:
    """Let somebody supervise and somebody lead: they read what others mediate."""
    for role in (Role.SUPERVISOR, Role.LEADER):
        user = User.objects.create(username=role, name=str(role.label), county=cast.county.code, password="!")
        said = {"county": cast.county.code, "role": role, "region": cast.centre.region, "unit": cast.centre}
        Post.objects.create(user=user, starts_on=date(cast.since.year, 1, 1), **said)


def _progress(of: int) -> Callable[[int], None]:
    def show(number: int) -> None:
        if number % 50 == 0:
            print(f"  {number} of {of} disputes", file=sys.stderr, flush=True)

    return show
