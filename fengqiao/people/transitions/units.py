"""Units: added, changed, closed. Their names of earlier times are kept, and each act leaves a line."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused, require
from fengqiao.people import policy
from fengqiao.people.models import DutyTurn, FormerName, Post, Presence, StaffLog, Unit, User
from fengqiao.people.transitions.alone import one_at_a_time
from fengqiao.people.transitions.logging import write
from fengqiao.people.transitions.posts import facts_of
from fengqiao.places.models import Region

Act = StaffLog.Act
SAID = ("name", "short_name", "kind", "region", "phone")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is said about a unit."""

    name: str
    kind: str
    region: Region
    short_name: str = ""
    phone: str = ""


@transaction.atomic
def add_unit(about: About, *, by: User, at: datetime) -> Unit:
    """Add a unit to the own county; it stands from today."""
    require(policy.may(by, "units", at))
    today = localdate(at)
    _check(about, by, today)
    said = {name: getattr(about, name) for name in SAID}
    unit = Unit.objects.create(county=by.county, code=_free_code(by.county), valid_from=today, **said)
    write(Act.ADDED_UNIT, by=by, at=at, unit=unit, facts={"name": unit.name, "region": unit.region.name})
    return unit


@transaction.atomic
def change_unit(unit: Unit, about: About, *, by: User, at: datetime) -> Unit:
    """Change what is said about a unit; a name it no longer has is kept with the day."""
    unit, today = _taken(unit, by, at), localdate(at)
    _check(about, by, today, known=unit)
    changes = {name: (getattr(unit, name), getattr(about, name)) for name in SAID}
    changed = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if not changed:
        raise Refused(_("Nothing was changed."))
    if "name" in changed:
        FormerName.objects.get_or_create(county=unit.county, unit=unit, name=unit.name, until=today)
    for name, (_was, now) in changed.items():
        setattr(unit, name, now)
    unit.save(update_fields=[*changed])
    write(Act.CHANGED_UNIT, by=by, at=at, unit=unit, facts=_in_words(changed))
    return unit


@transaction.atomic
def close(unit: Unit, *, on: date, successor: Unit | None, by: User, at: datetime) -> Unit:
    """Close a unit; `on` is the first day it is no more. Its posts end that day.

    Pages call `cases/transitions/succeeding.py:close_unit`, which looks after the cases in its hands first.
    """
    unit = _taken(unit, by, at)
    if successor is not None:
        successor.refresh_from_db()  # it may be closing, too
    _check_closing(unit, on, successor, localdate(at))
    unit.valid_to, unit.successor = on, successor
    unit.save(update_fields=["valid_to", "successor"])
    facts = {"unit": unit.name, "from": on.isoformat(), "successor": successor.name if successor else ""}
    write(Act.CLOSED_UNIT, by=by, at=at, unit=unit, facts={name: said for name, said in facts.items() if said})
    _leave_centres(unit, on)
    for post in unit.posts.lasting_beyond(on).select_related("user", "unit", "region"):
        _end_with_unit(post, on, by, at)
    return unit


def _taken(unit: Unit, by: User, at: datetime) -> Unit:
    """Judge, then lock the unit; another county's cannot be touched, nor one whose closing is settled."""
    require(policy.may(by, "units", at))
    one_at_a_time(by.county)
    unit = hold(Unit, unit.pk)
    if unit.county != by.county:
        raise Refused(_("This unit belongs to another county."))
    if unit.valid_to is not None:
        raise Refused(_("The closing of %(unit)s is settled; nothing about it changes any more.") % {"unit": unit})
    return unit


def _check(about: About, by: User, today: date, *, known: Unit | None = None) -> None:
    """Refuse a seat elsewhere, a name that is taken, and a second centre in one place."""
    if about.region.county != by.county:
        raise Refused(_("Unit and area must lie in your county."))
    others = Unit.objects.current(today).filter(county=by.county).exclude(code=known.code if known else "")
    if others.filter(name=about.name).exists():
        raise Refused(_("Another unit has this name."))
    was_centre, is_centre = (kind == Unit.Kind.CENTRE for kind in (known.kind if known else about.kind, about.kind))
    if was_centre != is_centre:
        raise Refused(_("A centre does not become something else, nor something else a centre; add a new unit."))
    if is_centre and others.filter(kind=Unit.Kind.CENTRE, region=about.region).exists():
        raise Refused(_("%(place)s has a centre already.") % {"place": about.region})


def _check_closing(unit: Unit, on: date, successor: Unit | None, today: date) -> None:
    """Refuse a day in the past, a successor that is none, and a place left without a centre."""
    if on < today:
        raise Refused(_("A unit closes today at the earliest."))
    if unit.valid_from is not None and on <= unit.valid_from:
        raise Refused(_("%(unit)s opens on that day or later; choose a later one.") % {"unit": unit})
    if successor is None:
        _check_alone(unit, on, today)
        return
    if successor.pk == unit.pk or successor.county != unit.county or not successor.is_open_on(on):
        raise Refused(_("The successor must be another unit of the county that is open on that day."))
    if successor.kind != unit.kind and Unit.Kind.CENTRE in (unit.kind, successor.kind):
        raise Refused(_("Only a centre takes over from a centre."))


def _check_alone(unit: Unit, on: date, today: date) -> None:
    """Refuse to leave nobody behind: a centre always has a successor, and work may still come until a later day."""
    if unit.kind == Unit.Kind.CENTRE:
        raise Refused(_("A centre closes only when another centre takes over."))
    if on > today:
        raise Refused(_("Until that day it can still be sent work: name a successor, or close it today."))


def _end_with_unit(post: Post, on: date, by: User, at: datetime) -> None:
    """End a post on the day its unit is no more; one that would begin later is never held."""
    require(policy.can_be_spared(post.user, [post.role], on))
    post.ends_on = max(on, post.starts_on)
    post.save(update_fields=["ends_on"])
    write(Act.ENDED_POST, by=by, at=at, about=post.user, unit=post.unit, facts=facts_of(post))


def _leave_centres(unit: Unit, on: date) -> None:
    """Let a unit that is no more be present nowhere and have no turn from that day."""
    its = Q(unit=unit) | Q(centre=unit)
    DutyTurn.objects.filter(its, on__gte=on).delete()
    Presence.objects.filter(its, valid_from__gte=on).delete()
    Presence.objects.filter(its, Q(valid_to__isnull=True) | Q(valid_to__gt=on)).update(valid_to=on)


def _free_code(county: str) -> str:
    """Name the next free code; codes of playbooks are words, so these never meet."""
    taken = set(Unit.objects.filter(county=county, code__startswith="unit-").values_list("code", flat=True))
    number = len(taken) + 1
    while f"unit-{number}" in taken:
        number += 1
    return f"unit-{number}"


def _in_words(changed: dict[str, tuple[object, object]]) -> dict[str, str]:
    return {name: f"{_word(name, was)} → {_word(name, now)}" for name, (was, now) in changed.items()}


def _word(name: str, value: object) -> str:
    return str(Unit.Kind(str(value)).label) if name == "kind" else str(value or "–")
