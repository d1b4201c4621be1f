"""What a list of grids would change, compared with the places there are; and carrying it out, all or nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from fengqiao.people.models import Post, Unit
from fengqiao.places import transitions
from fengqiao.places.models import Level, Region
from fengqiao.places.transitions import Day
from fengqiao.playbooks.redrawing.grid_sheet import HEADS, KIND_WORDS, Fault, Row, Sheet
from fengqiao.playbooks.redrawing.preview import UNDER


@dataclass(slots=True)
class Plan:
    """What is new, renamed, described anew, closed and unchanged; nothing is done while there is a fault."""

    new: list[Row] = field(default_factory=list)
    renamed: list[tuple[Region, Row]] = field(default_factory=list)
    described: list[tuple[Region, Row]] = field(default_factory=list)
    closed: list[Region] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """Count what would change."""
        return len(self.new) + len(self.renamed) + len(self.described) + len(self.closed)


@dataclass(frozen=True, slots=True)
class Ground:
    """The places of a county that a list is compared with, and the rows of the list, both by code."""

    county: str
    known: dict[str, Region]
    rows: dict[str, Row]

    def village_of(self, code: str) -> Region | None:
        """Find the village a code belongs to, through rows and places alike."""
        for _step in range(len(self.rows) + 10):
            if code in self.known:
                return _village(self.known[code], self.known)
            if code not in self.rows:
                return None
            code = self.rows[code].parent
        return None


def plan(county: str, sheet: Sheet, *, on: date, is_whole: bool) -> Plan:
    """Compare a list with the places of the county on a day."""
    known = {one.code: one for one in Region.objects.filter(county=county).select_related("parent")}
    ground = Ground(county, known, {row.code: row for row in sheet.rows})
    made = Plan(faults=list(sheet.faults))
    for row in sheet.rows:
        wrong = list(_faults(row, ground))
        made.faults += wrong
        if not wrong:
            _sort(row, known.get(row.code), made)
    if is_whole:
        made.closed = _left_out(ground)
        made.faults += _closing_faults(made.closed, on)
    made.faults += _same_names(made, ground)
    made.faults.sort(key=lambda fault: fault.line)
    return made


def carry_out(made: Plan, county: str, day: Day) -> None:
    """Draw what is new and rename what is renamed; closing is an act of its own."""
    known = {one.code: one for one in Region.objects.filter(county=county)}
    fresh: list[Region] = []
    waiting = {row.code: row for row in made.new}
    for row in made.new:
        _sprout(row, waiting, known, fresh)
    transitions.draw(fresh, day)
    for region, row in made.renamed:
        transitions.rename(region, row.name, day)
    for region, row in [*made.renamed, *made.described]:
        transitions.describe(region, row.extent)


def _sprout(row: Row, waiting: dict[str, Row], known: dict[str, Region], fresh: list[Region]) -> None:
    """Make a row's region after the one it hangs on, wherever that stands in the list."""
    if row.code in known:
        return
    if row.parent in waiting:
        _sprout(waiting[row.parent], waiting, known, fresh)
    region = transitions.sprout(known[row.parent], code=row.code, name=row.name, level=row.level)
    region.extent = row.extent
    known[row.code] = region
    fresh.append(region)


def _sort(row: Row, region: Region | None, made: Plan) -> None:
    if region is None:
        made.new.append(row)
    elif region.name != row.name:
        made.renamed.append((region, row))
    elif region.extent != row.extent:
        made.described.append((region, row))
    else:
        made.unchanged += 1


def _faults(row: Row, ground: Ground) -> Iterator[Fault]:
    """Say what in a row does not go with the places there are."""
    yield from _parent_faults(row, ground)
    village = ground.village_of(row.parent)
    if village is not None and not row.code.startswith(village.code):
        what = _("The code must begin with %(code)s, that of %(village)s.") % {"code": village.code, "village": village}
        yield Fault(row.line, HEADS["code"], what, _("Write the village's twelve digits and then the number."))
    if (region := ground.known.get(row.code)) is not None:
        yield from _known_faults(row, region)


def _parent_faults(row: Row, ground: Ground) -> Iterator[Fault]:
    parent, above = ground.known.get(row.parent), ground.rows.get(row.parent)
    if parent is None and above is None:
        what = _("There is no place with the code %(code)s in this county.") % {"code": row.parent}
        yield Fault(row.line, HEADS["parent"], what, _("Take the code from the list of places."))
        return
    if parent is not None and parent.valid_to is not None:
        remedy = _("Take the code of the place it belongs to now.")
        yield Fault(row.line, HEADS["parent"], parent.closed_note(parent.valid_to), remedy)
    level = Level(parent.level) if parent is not None else above.level if above is not None else Level.COUNTY
    if level not in UNDER or (row.level == Level.GROUP and level != Level.VILLAGE):
        words = {"kind": KIND_WORDS[row.level], "level": level.label}
        what = _("A %(kind)s is not drawn up directly in a %(level)s.") % words
        yield Fault(row.line, HEADS["parent"], what, _("Name the village; a grid may also lie in a group or a grid."))


def _known_faults(row: Row, region: Region) -> Iterator[Fault]:
    """Refuse a code that belongs to something else, or to something that is no more."""
    if region.valid_to is not None:
        remedy = _("Codes are not used twice; give the new one its own.")
        yield Fault(row.line, HEADS["code"], region.closed_note(region.valid_to), remedy)
    elif region.level != row.level:
        what = _("%(place)s has this code and is a %(level)s.") % {
            "place": region,
            "level": Level(region.level).label,
        }
        yield Fault(row.line, HEADS["code"], what, _("Give it its own code."))
    elif region.parent is not None and region.parent.code != row.parent:
        what = _("%(place)s is part of %(other)s.") % {"place": region, "other": region.parent}
        yield Fault(row.line, HEADS["parent"], what, _("Move it on its own page; a list moves nothing."))


def _left_out(ground: Ground) -> list[Region]:
    """Find the groups and grids of the villages in the list that it leaves out, the innermost first."""
    villages = [one for row in ground.rows.values() if (one := ground.village_of(row.code))]
    found = {
        region.code: region
        for region in ground.known.values()
        if region.level in KIND_WORDS and region.valid_to is None and region.code not in ground.rows
        if any(village.covers(region) for village in {one.pk: one for one in villages}.values())
    }
    return sorted(found.values(), key=lambda region: (-region.path.count("."), region.path))


def _closing_faults(closed: list[Region], on: date) -> list[Fault]:
    """List whoever would be left without a home, and what began on that day or later."""
    faults = [
        Fault(0, "", _("%(place)s began on that day or later.") % {"place": one}, _("Choose a later day."))
        for one in closed
        if one.valid_from is not None and on <= one.valid_from
    ]
    posts = Post.objects.lasting_beyond(on).filter(region__in=closed).select_related("user", "region")
    homes = [(post.region, str(post)) for post in posts]
    homes += [(unit.region, str(unit)) for unit in Unit.objects.filter(region__in=closed, valid_to=None)]
    remedy = _("End it or give it a new area first, or list the place.")
    for place, whose in homes:
        what = _("The list leaves out %(place)s, where %(whose)s is still at home.") % {"place": place, "whose": whose}
        faults.append(Fault(0, "", what, remedy))
    return faults


def _same_names(made: Plan, ground: Ground) -> Iterator[Fault]:
    """Find a second one of a name beside the first: a second grid over the same place."""
    lines = {row.code: row.line for row in ground.rows.values()}
    gone = {region.code for region in made.closed}
    names = {
        one.code: (one.parent.code, one.name)
        for one in ground.known.values()
        if one.parent and one.level in KIND_WORDS and one.valid_to is None and one.code not in gone
    }
    names |= {row.code: (row.parent, row.name) for row in ground.rows.values()}
    counts = Counter(names.values())
    for code, (parent, name) in names.items():
        if counts[parent, name] > 1 and code in lines:
            what = _("Another one here is called “%(name)s”.") % {"name": name}
            remedy = _("There is one grid over a place; give each its own name.")
            yield Fault(lines[code], HEADS["name"], what, remedy)


def _village(region: Region, known: dict[str, Region]) -> Region | None:
    """Find the village a place lies in."""
    here: Region | None = region
    while here is not None and here.level != Level.VILLAGE:
        here = known.get(here.parent.code) if here.parent else None
    return here
