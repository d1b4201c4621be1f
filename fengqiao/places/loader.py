from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from django.db import transaction

from fengqiao.places import calendar, tree
from fengqiao.places.editions import Division, Edition, read, rows_of
from fengqiao.places.models import CalendarYear, PrintedFigure, Region, WorkDay, WorkHours

BATCH = 2000


@dataclass(frozen=True)
class Loaded:
    """What one load changed."""

    added: int = 0
    updated: int = 0
    closed: int = 0
    unchanged: int = 0


@transaction.atomic
def load_divisions(path: Path) -> Loaded:
    """Bring the tree up to a file's edition: add, rename, close; never delete, never step back to an older edition."""
    edition = read(path)
    known = _known(edition)
    root = known.get(tree.full(edition.root))
    if root and root.edition > edition.name:
        return Loaded(unchanged=len(edition.rows))
    # A place's first edition lists what there is; only a later one can say since when something new is there.
    begins = edition.cut if root and root.edition < edition.name else None
    updated = _update(known, edition)
    added = _add(known, edition, begins)
    closed = _close_vanished(edition)
    return Loaded(added, updated, closed, len(edition.rows) - added - updated)


def load_calendar(folder: Path) -> Loaded:
    """Load the years whose notice is new here; what was corrected by hand within the same notice stays."""
    days = defaultdict(list)
    for row in rows_of(folder / "workdays.csv"):
        day = WorkDay(on=date.fromisoformat(row["on"]), working=row["working"] == "1", name=row["name"])
        days[day.on.year].append(day)
    loaded = Loaded()
    for row in rows_of(folder / "years.csv"):
        year = CalendarYear(year=int(row["year"]), edition=row["edition"], provisional=row["provisional"] == "1")
        loaded = _tally(loaded, _load_year(year, days[year.year]))
    calendar.forget()
    return loaded


@transaction.atomic
def load_hours(county: str, hours: Sequence[tuple[time, time]]) -> Loaded:
    """Give a county its first office hours; what it has changed since stays."""
    if WorkHours.objects.filter(county=county).exists():
        return Loaded(unchanged=len(hours))
    WorkHours.objects.bulk_create(WorkHours(county=county, opens=opens, closes=closes) for opens, closes in hours)
    calendar.forget()
    return Loaded(added=len(hours))


def load_printed(path: Path) -> Loaded:
    """Load the figures that sources print, to stand beside the ones we count."""
    added = 0
    rows = list(rows_of(path))
    for row in rows:
        known = {key: row[key] for key in ("county", "what", "printed_on", "source")}
        values = {"value": int(row["value"]), "note": row["note"]}
        added += PrintedFigure.objects.get_or_create(**known, defaults=values)[1]
    return Loaded(added=added, unchanged=len(rows) - added)


def _known(edition: Edition) -> dict[str, Region]:
    codes = [tree.full(row.code) for row in edition.rows]
    found = Region.objects.select_for_update().filter(county__in=edition.counties, code__in=codes)
    return {region.code: region for region in found}


def _update(known: dict[str, Region], edition: Edition) -> int:
    """Take over names from a newer edition; what it lists again is open again."""
    names = {tree.full(row.code): row.name for row in edition.rows}
    older = [region for region in known.values() if region.edition < edition.name]
    for region in older:
        region.name, region.edition, region.valid_to = names[region.code], edition.name, None
        region.successor = None
    return Region.objects.bulk_update(older, ["name", "edition", "valid_to", "successor"], batch_size=BATCH)


def _add(known: dict[str, Region], edition: Edition, begins: date | None) -> int:
    """Add what the tree does not hold, parents first."""
    fresh: list[Region] = []
    for row in _missing(known, edition):
        parent = known[tree.full(row.parent)] if row.parent else None
        region = tree.sprout(parent, code=row.code, name=row.name, level=row.level)
        region.edition, region.valid_from = edition.name, begins
        known[region.code] = region
        fresh.append(region)
    Region.objects.bulk_create(fresh, batch_size=BATCH)
    return len(fresh)


def _missing(known: dict[str, Region], edition: Edition) -> Iterable[Division]:
    missing = [row for row in edition.rows if tree.full(row.code) not in known]
    return sorted(missing, key=lambda row: len(row.code))


def _close_vanished(edition: Edition) -> int:
    """Close what a newer edition no longer lists, on the day it was cut; what was drawn up here has no edition."""
    root = Region.objects.get(county=tree.county_of(edition.root), code=tree.full(edition.root))
    open_still = Region.objects.in_region(root).filter(valid_to=None)
    vanished = open_still.filter(edition__gt="", edition__lt=edition.name)
    return sum(tree.close(region, on=edition.cut) for region in vanished)


@transaction.atomic
def _load_year(year: CalendarYear, days: list[WorkDay]) -> Loaded:
    known = CalendarYear.objects.select_for_update().filter(year=year.year).first()
    if known and (known.edition == year.edition or year.provisional > known.provisional):
        return Loaded(unchanged=1)
    said = {"edition": year.edition, "provisional": year.provisional}
    CalendarYear.objects.update_or_create(year=year.year, defaults=said)
    WorkDay.objects.filter(on__year=year.year).delete()
    WorkDay.objects.bulk_create(days)
    return Loaded(updated=1) if known else Loaded(added=1)


def _tally(one: Loaded, other: Loaded) -> Loaded:
    return Loaded(
        one.added + other.added,
        one.updated + other.updated,
        one.closed + other.closed,
        one.unchanged + other.unchanged,
    )
