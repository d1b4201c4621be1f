"""All of Gansu as the statistics office lists it, each county set up from the playbook; or what this program ships."""

import csv
import gzip
from collections.abc import Iterable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command

from fengqiao.places.loader import load_calendar, load_divisions
from fengqiao.places.models import Level, Region
from fengqiao.playbooks.model import Body, Place, Playbook
from fengqiao.playbooks.reading import read
from fengqiao.playbooks.setting_up import set_up

EDITION = "62.nbs-2023-06-30.csv.gz"
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"


def build() -> str:
    """Load the places and set every county up; say whose list it was."""
    whole = settings.REAL_DATA_DIR / "divisions.csv.gz"
    if whole.exists():
        _load(whole)
        load_calendar(settings.BASE_DIR / "data" / "calendar")
    else:
        call_command("load_reference", verbosity=0, stdout=StringIO())
    playbook = read("zhenyuan")
    for number, county in enumerate(counties()):
        set_up(_for(playbook, county, LETTERS[number // len(LETTERS)] + LETTERS[number % len(LETTERS)]))
    return "gansu" if whole.exists() else "shipped with the program"


def counties() -> list[Region]:
    """List the counties of the province."""
    found = Region.objects.filter(level=Level.COUNTY, county__startswith="62").select_related("parent")
    return list(found.order_by("county"))


def _load(whole: Path) -> None:
    """Load the province's part of the list under the name an edition's file has."""
    with TemporaryDirectory() as folder, gzip.open(whole, "rt", encoding="utf-8", newline="") as lines:
        edition = Path(folder) / EDITION
        _write(edition, (row for row in csv.reader(lines) if row[0].startswith(("code", "62"))))
        load_divisions(edition)


def _write(path: Path, rows: Iterable[list[str]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(rows)


def _for(playbook: Playbook, county: Region, tag: str) -> Playbook:
    """Give the playbook as this county would write it: its own names, the same bodies, hours and spans."""
    above = county.parent
    assert above is not None  # only provinces stand alone
    old = playbook.place.name

    def own(body: Body, name: str = "") -> Body:
        return replace(body, county=county.county, name=name or body.name.replace(old, county.name))

    return replace(
        playbook,
        place=Place(code=county.county, tag=tag, name=county.name),
        centre=own(playbook.centre),
        parent_centre=replace(playbook.parent_centre, county=above.county, name=f"{above.name}综治中心"),
        units=tuple(own(unit) for unit in playbook.units),
        committees_of=(),
    )
