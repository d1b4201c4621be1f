"""A month of turns read out of a pasted table; every line that is wrong is named, and then nothing is entered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from fengqiao.people.models import DutyTurn, Post, Unit
from fengqiao.people.transitions.rota import Turn

COLUMNS = re.compile(r"[\t,，;；]")
DAY = re.compile(r"(?:(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*)?(\d{1,2})\s*日?")
SHIFTS = {"": DutyTurn.Shift.DAY, "白班": DutyTurn.Shift.DAY, "day": DutyTurn.Shift.DAY}
SHIFTS |= {"夜班": DutyTurn.Shift.NIGHT, "night": DutyTurn.Shift.NIGHT}
Fault = tuple[int, str]


class WrongLine(ValueError):
    """A line that cannot be read, with the sentence about it."""


@dataclass
class Read:
    """What a table says, and what is wrong with it, line by line."""

    turns: list[Turn] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(table: str, centre: Unit, month: date) -> Read:
    """Read a table; a day without its month lies in the month that is shown."""
    found = Read()
    for number, cells in _lines(table):
        try:
            found.turns.append(_turn(cells, centre, month))
        except WrongLine as wrong:
            found.faults.append((number, str(wrong)))
    return found


def _lines(table: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(table.splitlines(), 1):
        cells = [cell.strip() for cell in COLUMNS.split(line)]
        if any(cells):
            yield number, [*cells, "", "", "", ""][:5]


def _turn(cells: list[str], centre: Unit, month: date) -> Turn:
    day, unit_name, person, shift, phone = cells
    on = _day(day, month)
    unit = _unit(unit_name, centre, on)
    if shift.lower() not in SHIFTS:
        raise WrongLine(_("“%(shift)s” is no shift; write 白班 or 夜班, or nothing.") % {"shift": shift})
    post = _post(person, unit, on) if person else None
    return Turn(on=on, unit=unit, post=post, shift=SHIFTS[shift.lower()], phone=phone[:30])


def _day(text: str, month: date) -> date:
    matched = DAY.fullmatch(text)
    try:
        if matched:
            year, number, day = (int(part) if part else 0 for part in matched.groups())
            return date(year or month.year, number or month.month, day)
    except ValueError:
        pass
    raise WrongLine(_("“%(text)s” is no day; write it as 2026-03-02, 3月2日 or 2.") % {"text": text})


def _unit(name: str, centre: Unit, on: date) -> Unit:
    named = Q(name=name) | Q(short_name=name)
    found = list(Unit.objects.current(on).filter(named, county=centre.county).exclude(name="")[:2])
    if len(found) != 1 or not name:
        raise WrongLine(_("There is no unit “%(name)s” open then; write its name or short name.") % {"name": name})
    return found[0]


def _post(person: str, unit: Unit, on: date) -> Post:
    post = Post.objects.held_on(on).filter(unit=unit, user__name=person).order_by("role").first()
    if post is None:
        raise WrongLine(_("%(name)s holds no post in %(unit)s then.") % {"name": person, "unit": unit})
    return post
