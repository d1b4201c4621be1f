"""The register of committees: added, changed, closed. A committee is a unit, and what the register says of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fengqiao.cases.transitions import succeeding
from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused, require
from fengqiao.mediation.keeping import may_keep
from fengqiao.mediation.models import Committee, Membership
from fengqiao.mediation.vocabulary import CommitteeKind
from fengqiao.people.models import StaffLog, Unit, User
from fengqiao.people.transitions import units
from fengqiao.people.transitions.alone import one_at_a_time
from fengqiao.people.transitions.logging import write
from fengqiao.people.transitions.units import About
from fengqiao.places.models import Region

SAID = ("kind", "tag", "trade", "set_up_on", "term_ends_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What the register says of a committee, its unit included."""

    name: str
    region: Region
    kind: CommitteeKind
    tag: str
    short_name: str = ""
    phone: str = ""
    trade: str = ""
    set_up_on: date | None = None
    term_ends_on: date | None = None


@transaction.atomic
def add_committee(said: Registered, *, by: User, at: datetime) -> Committee:
    """Enter a committee, with the unit that disputes are sent to."""
    require(may_keep(by, at))
    one_at_a_time(by.county)
    _check(said, by.county)
    unit = units.add_unit(_about(said), by=by, at=at)
    committee = Committee.objects.create(county=by.county, unit=unit, **{name: getattr(said, name) for name in SAID})
    _write(committee, {"did": _("Entered in the register"), "tag": said.tag}, by, at)
    return committee


@transaction.atomic
def change_committee(committee: Committee, said: Registered, *, by: User, at: datetime) -> Committee:
    """Change what the register says of a committee or of its unit."""
    committee = _taken(committee, by, at)
    _check(said, by.county, known=committee)
    about, unit = _about(said), committee.unit
    is_other_unit = any(getattr(unit, name) != getattr(about, name) for name in units.SAID)
    changed = {name: getattr(said, name) for name in SAID if getattr(committee, name) != getattr(said, name)}
    if is_other_unit:
        committee.unit = units.change_unit(unit, about, by=by, at=at)
    elif not changed:
        raise Refused(_("Nothing was changed."))
    for name, value in changed.items():
        setattr(committee, name, value)
    committee.save(update_fields=[*changed])
    if changed:
        _write(committee, {name: str(value or "–") for name, value in changed.items()}, by, at)
    return committee


@transaction.atomic
def close_committee(committee: Committee, *, on: date, successor: Unit | None, by: User, at: datetime) -> Committee:
    """Close a committee: its unit ends with a successor, its seats end that day, its disputes go along."""
    committee = _taken(committee, by, at)
    committee.unit = succeeding.close_unit(committee.unit, on=on, successor=successor, by=by, at=at)
    seats = Membership.objects.lasting_beyond(on).filter(committee=committee)
    seats.filter(starts_on__lte=on).update(ends_on=on)
    seats.delete()  # one that would begin later is never held
    committee.studios.exclude(closed_on__lte=on).update(closed_on=on, closed_because=_("The committee was closed."))
    _write(committee, {"did": _("Closed on %(day)s") % {"day": date_format(on)}}, by, at)
    return committee


def _about(said: Registered) -> About:
    return About(
        name=said.name,
        kind=Unit.Kind.MEDIATION,
        region=said.region,
        short_name=said.short_name,
        phone=said.phone,
    )


def _check(said: Registered, county: str, known: Committee | None = None) -> None:
    """Refuse a sign that is taken, and a term that ends before it began."""
    others = Committee.objects.filter(county=county, tag=said.tag).exclude(pk__in=[known.pk] if known else [])
    if others.exists():
        raise Refused(_("Another committee has the sign “%(tag)s” in its numbers.") % {"tag": said.tag})
    if said.set_up_on and said.term_ends_on and said.term_ends_on <= said.set_up_on:
        raise Refused(_("The term ends after the day the committee was set up."))


def _taken(committee: Committee, by: User, at: datetime) -> Committee:
    """Judge, then hold the row; another county's cannot be touched."""
    require(may_keep(by, at))
    one_at_a_time(by.county)
    committee = hold(Committee, committee.pk)
    if committee.county != by.county:
        raise Refused(_("This committee belongs to another county."))
    return committee


def _write(committee: Committee, facts: dict[str, str], by: User, at: datetime) -> None:
    write(StaffLog.Act.CHANGED_COMMITTEE, by=by, at=at, unit=committee.unit, facts=facts)
