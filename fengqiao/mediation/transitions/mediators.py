"""The register of mediators and their seats: who mediates, where, from when to when."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused, require
from fengqiao.mediation.keeping import may_keep
from fengqiao.mediation.models import Committee, Mediator, Membership, Studio
from fengqiao.mediation.vocabulary import Engagement
from fengqiao.people.models import Role, StaffLog, Unit, User
from fengqiao.people.transitions.alone import one_at_a_time
from fengqiao.people.transitions.logging import write


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """What the register says of a mediator."""

    name: str
    phone: str = ""
    is_woman: bool = False
    engagement: Engagement = Engagement.PART_TIME
    types: tuple[str, ...] = ()
    languages: str = ""
    since: date | None = None
    user: User | None = None


@transaction.atomic
def add_mediator(who: Who, *, by: User, at: datetime) -> Mediator:
    """Enter a mediator; the seat in a committee is given next."""
    require(may_keep(by, at))
    one_at_a_time(by.county)
    _check(who, by.county)
    mediator = Mediator.objects.create(county=by.county, **_said(who))
    log(mediator, {"did": _("Entered in the register")}, by, at)
    return mediator


@transaction.atomic
def change_mediator(mediator: Mediator, who: Who, *, by: User, at: datetime) -> Mediator:
    """Change what the register says of a mediator."""
    mediator = _taken(mediator, by, at)
    _check(who, by.county, known=mediator)
    changed = {name: value for name, value in _said(who).items() if getattr(mediator, name) != value}
    if not changed:
        raise Refused(_("Nothing was changed."))
    for name, value in changed.items():
        setattr(mediator, name, value)
    mediator.save(update_fields=[*changed])
    log(mediator, {"changed": "、".join(str(_label(name)) for name in changed)}, by, at)  # what, not the phone itself
    return mediator


@transaction.atomic
def set_status(mediator: Mediator, status: Mediator.Status, *, by: User, at: datetime) -> Mediator:
    """Suspend a mediator, let them serve again, or let them go: whoever goes leaves every seat today."""
    mediator = _taken(mediator, by, at)
    if mediator.status == status:
        raise Refused(_("Nothing was changed."))
    if status == Mediator.Status.LEFT:
        leave(mediator, localdate(at))
    else:
        mediator.status, mediator.left_on = status, None
        mediator.save(update_fields=["status", "left_on"])
    log(mediator, {"status": str(Mediator.Status(status).label)}, by, at)
    return mediator


@transaction.atomic
def give_seat(
    mediator: Mediator, committee: Committee, seat: Membership.Seat, *, on: date, by: User, at: datetime
) -> Membership:
    """Give a mediator a seat; whoever sits in the committee already changes the seat that day."""
    mediator = _taken(mediator, by, at)
    _check_seat(mediator, committee, seat, on)
    for held in mediator.memberships.lasting_beyond(on).filter(committee=committee):
        _end(held, on)
    membership = Membership.objects.create(
        county=mediator.county, committee=committee, mediator=mediator, seat=seat, starts_on=on
    )
    facts = {"seat": str(Membership.Seat(seat).label), "from": on.isoformat()}
    log(mediator, facts, by, at, committee.unit)
    return membership


@transaction.atomic
def end_seat(membership: Membership, *, on: date, by: User, at: datetime) -> Membership:
    """End a seat, and close what carries its mediator's name there; `on` is the first day it is no longer held."""
    _taken(membership.mediator, by, at)
    return close_seat(membership, on=on, by=by, at=at)


def close_seat(membership: Membership, *, on: date, by: User, at: datetime) -> Membership:
    """End a seat, also one that was to end later; whoever calls has judged that they may."""
    membership = hold(Membership, membership.pk)
    if membership.ends_on is not None and membership.ends_on <= on:
        raise Refused(_("This seat has ended already."))
    if on < membership.starts_on:
        raise Refused(_("A seat does not end before it begins."))
    facts = {"did": _("Seat ended"), "on": on.isoformat()}
    if names := "、".join(studios_under(membership, on).values_list("name", flat=True)):
        facts["studio"] = names
    _close(studios_under(membership, on), on, _("The mediator left this committee."))
    _end(membership, on)
    log(membership.mediator, facts, by, at, membership.committee.unit)
    return membership


def studios_under(membership: Membership, on: date) -> QuerySet[Studio]:
    """List the studios that stand in a committee because this mediator sits in it."""
    standing = Studio.objects.filter(committee=membership.committee_id, mediator=membership.mediator_id)
    return standing.exclude(closed_on__lte=on).order_by("name")


def leave(mediator: Mediator, on: date) -> None:
    """Take a mediator out of every seat from a day on; what was mediated stays under the name."""
    for held in mediator.memberships.lasting_beyond(on):
        _end(held, max(on, held.starts_on))
    _close(mediator.studios.exclude(closed_on__lte=on), on, _("The mediator has left."))
    mediator.status, mediator.left_on = Mediator.Status.LEFT, on
    mediator.save(update_fields=["status", "left_on"])


def log(mediator: Mediator, facts: dict[str, str], by: User, at: datetime, unit: Unit | None = None) -> None:
    """Write down who changed what about a mediator."""
    said = {"mediator": mediator.name} | facts
    write(StaffLog.Act.CHANGED_MEDIATOR, by=by, at=at, about=mediator.user, unit=unit, facts=said)


def _end(membership: Membership, on: date) -> None:
    membership.ends_on = on
    membership.save(update_fields=["ends_on"])


def _close(studios: QuerySet[Studio], on: date, because: str) -> None:
    studios.update(closed_on=on, closed_because=because)


def _said(who: Who) -> dict[str, object]:
    return {each.name: getattr(who, each.name) for each in fields(who)} | {"types": list(who.types)}


def _label(name: str) -> object:
    return Mediator._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def _check(who: Who, county: str, known: Mediator | None = None) -> None:
    """Refuse an account of another county, of no mediator, or that belongs to somebody else in the register."""
    if who.user is None:
        return
    if who.user.county != county or not who.user.posts.filter(role=Role.MEDIATOR).exists():
        raise Refused(_("%(name)s holds no post of a mediator in this county.") % {"name": who.user})
    if Mediator.objects.filter(user=who.user).exclude(pk__in=[known.pk] if known else []).exists():
        raise Refused(_("This account belongs to another mediator of the register."))


def _check_seat(mediator: Mediator, committee: Committee, seat: str, on: date) -> None:
    """Refuse a seat elsewhere, in a closed committee, the one held, and a second director."""
    if committee.county != mediator.county or not committee.unit.is_open_on(on):
        raise Refused(_("The committee must be one of the county that stands on that day."))
    if mediator.status == Mediator.Status.LEFT:
        raise Refused(_("%(mediator)s has left; let them serve again first.") % {"mediator": mediator})
    held = committee.memberships.lasting_beyond(on)
    if held.filter(mediator=mediator, seat=seat).exists():
        raise Refused(_("%(mediator)s holds this seat already.") % {"mediator": mediator})
    if held.filter(mediator=mediator, starts_on__gt=on).exists():
        raise Refused(_("A seat does not end before it begins."))
    if seat == Membership.Seat.DIRECTOR and (one := held.filter(seat=seat).first()):
        raise Refused(_("%(name)s is the director; end that seat first.") % {"name": one.mediator})


def _taken(mediator: Mediator, by: User, at: datetime) -> Mediator:
    """Judge, then hold the row; another county's cannot be touched."""
    require(may_keep(by, at))
    one_at_a_time(by.county)
    mediator = hold(Mediator, mediator.pk)
    if mediator.county != by.county:
        raise Refused(_("This mediator belongs to another county."))
    return mediator
