"""What the fields of console forms offer: units by kind, places by township, subjects under what stands above them.

All of it is asked of the database each time it is drawn, by plans that are kept there, and put in order anew only when
it has changed.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from fengqiao.cases.models import Category
from fengqiao.kit.keys import Keys
from fengqiao.people.models import Unit
from fengqiao.places.models import Region
from fengqiao.places.models.region import Level

GROUPED_KEPT = 40  # lists of units, put in groups once for each language
COUNTIES_KEPT = 10  # whose places and subjects are kept the same way
Choices = list[tuple[Any, Any]]
Kept = tuple[tuple[Any, Any], ...]
Told = tuple[str, str, str, str]  # of a unit: its id, kind, code and name


def unit_choices(county: str, today: date, *, without: Iterable[object] = (), beside: str = "") -> Choices:
    """List the open units of a county, and of one beside it, by kind; `without` names units, or kinds of units."""
    return _by_kind(_UNITS(((county, beside or county), today)), without)


def unit_choices_within(region: Region, today: date, *, without: Iterable[object] = ()) -> Choices:
    """List the open units seated in a region, by kind."""
    return _by_kind(_told(Unit.objects.in_region(region).current(today)), without)


def _units(asked: tuple[tuple[str, str], date]) -> QuerySet[Any, Any]:
    counties, today = asked
    return _told(Unit.objects.current(today).filter(county__in=counties))


_UNITS: Keys[tuple[tuple[str, str], date]] = Keys(_units, keeps_plan=True)


def _told(units: QuerySet[Unit]) -> QuerySet[Any, Any]:
    return units.values_list(Cast("pk", TextField()), "kind", "code", "name")


def _by_kind(units: Iterable[Told], without: Iterable[object]) -> Choices:
    left_out = set(map(str, without))
    rows = [row for row in units if row[0] not in left_out and row[1] not in left_out]
    return [*_grouped(tuple(rows), get_language())]


@lru_cache(GROUPED_KEPT)
def _grouped(units: tuple[Told, ...], _language: str | None) -> Kept:
    places = {str(kind): place for place, kind in enumerate(Unit.Kind)}
    rows = sorted(units, key=lambda row: (places[row[1]], row[2]))
    return tuple(
        (str(Unit.Kind(kind).label), tuple([(pk, name) for pk, _kind, _code, name in group]))
        for kind, group in groupby(rows, itemgetter(1))
    )


def region_choices(county: str, today: date) -> Choices:
    """List a county's places by township, the township itself first in its group."""
    return [*_by_township(tuple(_PLACES((county, today))), get_language())]


def _places(asked: tuple[str, date]) -> QuerySet[Any, Any]:
    county, today = asked
    found = Region.objects.current(today).filter(county=county).order_by("path")
    return found.values_list(Cast("pk", TextField()), "name", "level", "kind")


_PLACES: Keys[tuple[str, date]] = Keys(_places, keeps_plan=True)


@lru_cache(COUNTIES_KEPT)
def _by_township(places: tuple[Told, ...], _language: str | None) -> Kept:
    choices: Choices = []
    village = ""
    for pk, name, level, kind in places:
        if level == Level.COUNTY:
            choices.append((pk, _("%(county)s as a whole, or not known") % {"county": name}))
        elif level == Level.TOWNSHIP:
            choices.append((name, [(pk, name)]))
        elif choices and isinstance(choices[-1][1], list):
            village = Region(name=name, kind=kind).place_name if level == Level.VILLAGE else village
            below = village if level == Level.VILLAGE else f"{village} {name}"
            choices[-1][1].append((pk, _below(choices[-1][0], below)))
    return _for_good(choices)


def _below(township: str, name: str) -> str:
    """Name a place with the township, so that typing either finds it."""
    return pgettext("place in its township", "%(township)s %(village)s") % {"township": township, "village": name}


def category_choices(county: str) -> Choices:
    """List the subjects: the third level under the names of the two above it; a subject without any stands alone."""
    return [*_under_headings(tuple(_SUBJECTS(county)))]


def _subjects(county: str) -> QuerySet[Any, Any]:
    found = Category.objects.filter(county=county, valid_to=None).order_by("code")
    return found.values_list(Cast("pk", TextField()), Cast("parent_id", TextField()), "name")


_SUBJECTS: Keys[str] = Keys(_subjects, keeps_plan=True)


@lru_cache(COUNTIES_KEPT)
def _under_headings(subjects: tuple[tuple[str, str | None, str], ...]) -> Kept:
    names = {pk: name for pk, _parent, name in subjects}
    parents = {pk: parent for pk, parent, _name in subjects}
    with_children = set(parents.values())
    choices: Choices = []
    for pk, parent, name in subjects:
        if pk in with_children:
            continue
        label = " › ".join(names[each] for each in _above(parent, parents)) or name
        if not choices or choices[-1][0] != label:
            choices.append((label, []))
        choices[-1][1].append((pk, name))
    return _for_good(choices)


def _above(parent: str | None, parents: dict[str, str | None]) -> list[str]:
    found: list[str] = []
    while parent is not None and parent in parents:
        found.insert(0, parent)
        parent = parents[parent]
    return found


def _for_good(choices: Choices) -> Kept:
    """Give choices that nobody can add to."""
    return tuple((key, tuple(words) if isinstance(words, list) else words) for key, words in choices)
