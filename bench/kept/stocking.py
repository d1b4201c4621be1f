"""Make the kept database of one size, unless it is there: `./run bench stock --stock 1000000`."""

import argparse
import json
import os
import random
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import now

from bench.kept import country, database, loading, staff
from bench.kept.lives import CASES_A_LIFE, YEARS, live, rules_of
from bench.kept.matters import Matter, Place, draw, id_at
from bench.kept.rows import rows
from fengqiao.cases.models import Case
from fengqiao.jobs.doctor.chains import first_break
from fengqiao.kit.workdays import SHANGHAI
from fengqiao.places.models import Level, Region

A_CHUNK = 10_000
FEWEST_LIVES = 2000
BYTES_A_CASE = 8_000  # with indexes, and room to make them
SAMPLE = 500


def main(arguments: list[str]) -> None:
    """Make it if needed, and print what is there."""
    parser = argparse.ArgumentParser(prog="./run bench stock")
    parser.add_argument("--stock", type=int, default=database.USUAL)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    note = ensure(asked.stock, asked.seed)
    machine = {"machine_load": round(os.getloadavg()[0], 1), "processors": os.cpu_count()}
    print(json.dumps({"bench": "stock", **note, "bytes": _size(), **machine}))


def ensure(stock: int, seed: int = 1) -> database.Note:
    """Have the chosen database hold this stock, and give the note of its making."""
    name = database.name_for(stock)
    note = database.note_on(name)
    wanted = {"stock": stock, "seed": seed, "form": database.FORM}
    if note is None or wanted.items() - note.items() or knows_other_migrations():
        note = _make(name, stock, seed) | wanted
        database.write_note(name, note)
    elif is_behind():
        call_command("migrate", interactive=False, verbosity=0)
    return note


def _make(name: str, stock: int, seed: int) -> database.Note:
    _must_have_room(stock * BYTES_A_CASE)
    began = time.monotonic()
    places = _country()
    connection.close()
    database.make(name, like=database.name_for(0))
    at = now().astimezone(SHANGHAI)
    loading.say(f"{name}: cases")
    writer = Writer(stock, seed, at)
    written = loading.load(-(-stock // A_CHUNK), writer.write)
    _verify(stock, at)
    taken = round(time.monotonic() - began, 1)
    return {"database": name, "places": places, "rows": written, "made_at": at.isoformat(), "load_s": taken}


def _country() -> str:
    """Have a database with the places and people and no case, to copy; say whose list of places it holds."""
    base, chosen = database.name_for(0), connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = base
    note = database.note_on(base)
    if note is None or note["form"] != database.FORM or is_behind() or knows_other_migrations():
        loading.say(f"{base}: tables, places, people")
        connection.close()
        database.make(base)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        note = {"places": country.build(), "form": database.FORM}
        staff.enlist()
        database.write_note(base, note)
    connection.close()
    connection.settings_dict["NAME"] = chosen
    return str(note["places"])


class Writer:
    """Writes the cases of one stretch of time; the size, the seed and the moment alone say what is in it."""

    def __init__(self, stock: int, seed: int, at: datetime) -> None:
        """Read once what every stretch needs: rules, people, villages."""
        counties = staff.directory()
        self.stock, self.seed = stock, seed
        self.rules = rules_of(counties[0].code, at)
        self.county = {county.code: county for county in counties}
        self.places = _villages([county.code for county in counties])
        self.sharing = max(1, min(CASES_A_LIFE, stock // FEWEST_LIVES))

    def write(self, chunk: int) -> int:
        """Write one stretch and give the number of its rows."""
        chance = random.Random(f"{self.seed} {chunk}")
        return loading.write(chain.from_iterable(map(rows, self._matters(chunk, chance))))

    def _matters(self, chunk: int, chance: random.Random) -> Iterator[Matter]:
        life = None
        for number in range(chunk * A_CHUNK, min(self.stock, (chunk + 1) * A_CHUNK)):
            if life is None or number % self.sharing == 0:
                life = live(self.rules, (number + self.sharing * chance.random()) / self.stock, chance)
            place = chance.choice(self.places)
            yield draw(number, place, self.county[place.county], life, chance)


def _villages(counties: list[str]) -> list[Place]:
    found = Region.objects.filter(level=Level.VILLAGE, county__in=counties).order_by("path")
    return [Place(one.pk, one.path, one.county, *one.ancestor_codes()[1:3]) for one in found]


def _must_have_room(needed: int) -> None:
    """Refuse to begin what the disk of the database cannot hold."""
    free = shutil.disk_usage(loading.data_directory()).free
    if free < needed:
        sys.exit(f"Loading needs about {needed >> 30} GiB; {free >> 30} GiB are free.")


def _verify(stock: int, at: datetime) -> None:
    """Compute the chains of a sample of cases of all times again, as the doctor does."""
    chance = random.Random(stock)
    for number in range(min(stock, SAMPLE)):
        moment = id_at(at - YEARS * (number / SAMPLE), chance)
        case = Case.objects.filter(pk__lte=moment).order_by("-pk").first() or Case.objects.earliest("pk")
        found = first_break(case, case.log.order_by("line"))
        if found is not None:
            sys.exit(found.why % {"case": case.number, "line": found.line})
    if Case.objects.count() != stock:
        sys.exit(f"{Case.objects.count()} cases were stored instead of {stock}.")


def _size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def is_behind() -> bool:
    """Test if this program has migrations that the database has not."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def knows_other_migrations() -> bool:
    """Test if it was brought forward by a program that this one is not."""
    loader = MigrationExecutor(connection).loader
    return not set(loader.applied_migrations) <= set(loader.disk_migrations)
