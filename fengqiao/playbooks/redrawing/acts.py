"""What a system administrator does to the places of a county: found, rename, move, close for another.

Each holds from a stated day, judges first, and leaves a line in the staff log and in the place's own history. Cases and
reports go along by themselves afterwards (`intake/transitions/resettling.py`); no administrator sees one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused, require
from fengqiao.people import policy
from fengqiao.people.models import StaffLog, User
from fengqiao.people.transitions.alone import one_at_a_time
from fengqiao.people.transitions.logging import write
from fengqiao.places import transitions
from fengqiao.places.centres import TITLE
from fengqiao.places.models import Level, Region, RegionChange
from fengqiao.places.models.centre import TIERS
from fengqiao.places.transitions import Day
from fengqiao.playbooks.redrawing.preview import Preview, fits, look


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is said about a new place."""

    code: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class Change:
    """From which day a change holds, who makes it, and when."""

    on: date
    by: User
    at: datetime

    @property
    def day(self) -> Day:
        """The same for the places, who know no people."""
        return Day(self.on, self.at)


@transaction.atomic
def found(parent: Region, about: About, change: Change) -> Region:
    """Add a place that no edition lists under an open one, with its centre where its level has one."""
    parent = _taken(parent, change)
    region = transitions.sprout(parent, code=about.code, name=about.name, level=about.level)
    _check_new(parent, region)
    transitions.draw([region], change.day)
    if region.level in TIERS:
        transitions.found_centre(region, TITLE % region.place_name, change.day)
    _note(change, RegionChange.Act.DRAWN, place=region.name, under=parent.name)
    return region


@transaction.atomic
def rename(region: Region, name: str, change: Change) -> Region:
    """Give a place another name."""
    region = _taken(region, change)
    if region.name == name:
        raise Refused(_("It has this name already."))
    _check_name(region.parent, name)
    was = region.name
    region = transitions.rename(region, name, change.day)
    _note(change, RegionChange.Act.RENAMED, was=was, place=name)
    return region


@transaction.atomic
def move(region: Region, under: Region, change: Change) -> Region:
    """Hang a place with all below it under another; its code and its addresses stay."""
    region, under = _taken(region, change), _taken(under, change)
    if region.covers(under) or not fits(region, under):
        raise Refused(_("%(place)s cannot be part of %(other)s.") % {"place": region, "other": under})
    if region.parent_id == under.pk:
        raise Refused(_("It lies there already."))
    _check_name(under, region.name)
    was = region.parent.name if region.parent else ""
    transitions.move(region, under, change.day)
    _note(change, RegionChange.Act.MOVED, place=region.name, was=was, under=under.name)
    return region


@transaction.atomic
def close(regions: Sequence[Region], into: Region, change: Change) -> Preview:
    """Close places for another that takes over; refused while posts or units there have no new home."""
    into = _taken(into, change)
    taken = [_taken(region, change) for region in regions]
    for region in taken:
        _check_heir(region, into, change.on)
    preview = look(taken, into, change.on)
    _check_homes(preview)
    for region in preview.going_along:
        transitions.move(region, into, change.day)
    for region in reversed(preview.closing):
        _check_begun(region, change.on)
        transitions.close(region, into, change.day)
    _note(change, RegionChange.Act.CLOSED, place="、".join(region.name for region in taken), into=into.name)
    return preview


def _taken(region: Region, change: Change) -> Region:
    """Judge, then lock the place; a change is entered on its day or afterwards."""
    require(policy.may(change.by, "places", change.at))
    one_at_a_time(change.by.county)
    region = hold(Region, region.pk)
    if region.county != change.by.county:
        raise Refused(_("This place belongs to another county."))
    if region.valid_to is not None:
        raise Refused(region.closed_note(region.valid_to))
    if change.on > localdate(change.at):
        raise Refused(_("A change is entered on its day or afterwards, not ahead of it."))
    return region


def _check_new(parent: Region, region: Region) -> None:
    """Refuse a code that is taken or foreign, a name twice in one place, a level that does not hang there."""
    if not region.code.isdigit() or not region.code.startswith(parent.county):
        raise Refused(_("A code has digits only and begins with the county's %(code)s.") % {"code": parent.county})
    if Region.objects.filter(county=parent.county, code=region.code).exists():
        raise Refused(_("The code %(code)s is taken; codes are not used twice.") % {"code": region.code})
    if not fits(region, parent):
        level = Level(region.level).label
        raise Refused(_("%(level)s is not drawn up directly in %(place)s.") % {"level": level, "place": parent})
    _check_name(parent, region.name)


def _check_name(parent: Region | None, name: str) -> None:
    """Refuse a second open place of one name beside the first: it would be a second grid over the same place."""
    if parent is not None and Region.objects.children(parent).filter(name=name, valid_to=None).exists():
        raise Refused(_("%(place)s has a “%(name)s” already.") % {"place": parent, "name": name})


def _check_heir(region: Region, into: Region, on: date) -> None:
    """Refuse a successor that lies below, and one of a quite different kind."""
    if region.covers(into):
        raise Refused(_("What takes over must not be the place itself nor lie in it."))
    if region.level != into.level and region.parent_id != into.pk:
        raise Refused(_("Another place of the same level takes over, or the one it is part of."))
    if region.level in (Level.COUNTY, Level.PREFECTURE, Level.PROVINCE):
        raise Refused(_("The county itself does not close here."))
    _check_begun(region, on)


def _check_begun(region: Region, on: date) -> None:
    if region.valid_from is not None and on <= region.valid_from:
        raise Refused(_("%(place)s begins on that day or later; choose a later one.") % {"place": region})


def _check_homes(preview: Preview) -> None:
    """Refuse while somebody would be left without a place."""
    if not preview.is_free:
        counts = {"posts": len(preview.posts), "units": len(preview.units)}
        words = _("%(posts)d posts and %(units)d units are still at home there; each needs a new home first.")
        raise Refused(words % counts)


def _note(change: Change, act: RegionChange.Act, **facts: str) -> None:
    said = {"what": str(act.label), **facts, "on": change.on.isoformat()}
    write(StaffLog.Act.CHANGED_PLACE, by=change.by, at=change.at, facts=said)
