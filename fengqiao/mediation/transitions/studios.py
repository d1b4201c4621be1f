"""The register of named studios: opened under a mediator's name, changed, closed with a day and a reason."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused, require
from fengqiao.mediation.keeping import may_keep
from fengqiao.mediation.models import Committee, Mediator, Membership, Studio
from fengqiao.mediation.transitions.mediators import log
from fengqiao.people.models import User
from fengqiao.people.transitions.alone import one_at_a_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """What stands on the door of a studio: its name, the committee it belongs to, since when."""

    name: str
    committee: Committee
    opened_on: date


@transaction.atomic
def open_studio(said: Plate, mediator: Mediator, *, by: User, at: datetime) -> Studio:
    """Open a studio that carries the name of a mediator of the committee."""
    _judge(mediator.county, by, at)
    seat = _seat(said, mediator, localdate(at))
    _check_name(said, mediator)
    studio = Studio(
        county=by.county, mediator=mediator, name=said.name, committee=said.committee, opened_on=said.opened_on
    )
    facts = {"studio": studio.name, "from": studio.opened_on.isoformat()} | _end_with(studio, seat)
    studio.save()
    log(mediator, facts, by, at, said.committee.unit)
    return studio


@transaction.atomic
def change_studio(studio: Studio, said: Plate, *, by: User, at: datetime) -> Studio:
    """Set right what is said of a studio that stands; it goes on carrying its mediator's name."""
    _judge(studio.county, by, at)
    studio = hold(Studio, studio.pk)
    if studio.is_closed(localdate(at)):
        raise Refused(_("This studio is closed; open another one."))
    seat = _seat(said, studio.mediator, localdate(at)) if studio.committee_id != said.committee.pk else None
    _check_name(said, studio.mediator, known=studio)
    changed = [name for name in Plate.__dataclass_fields__ if getattr(studio, name) != getattr(said, name)]
    if not changed:
        raise Refused(_("Nothing was changed."))
    facts = {"studio": studio.name} | {name: str(getattr(said, name)) for name in changed}
    for name in changed:
        setattr(studio, name, getattr(said, name))
    facts |= _end_with(studio, seat)
    studio.save(update_fields=[*changed, "closed_on", "closed_because"])
    log(studio.mediator, facts, by, at, said.committee.unit)
    return studio


@transaction.atomic
def close_studio(studio: Studio, *, on: date, because: str, by: User, at: datetime) -> Studio:
    """Close a studio; `on` is the first day it is no more."""
    _judge(studio.county, by, at)
    studio = hold(Studio, studio.pk)
    if studio.is_closed(max(localdate(at), on)) or on < studio.opened_on:
        raise Refused(_("This studio cannot be closed on that day."))
    if not because.strip():
        raise Refused(_("Say why."))
    studio.closed_on, studio.closed_because = on, because
    studio.save(update_fields=["closed_on", "closed_because"])
    facts = {"studio": studio.name, "did": _("Closed on %(day)s") % {"day": date_format(on)}, "because": because}
    log(studio.mediator, facts, by, at, studio.committee.unit)
    return studio


def _judge(county: str, by: User, at: datetime) -> None:
    require(may_keep(by, at))
    one_at_a_time(by.county)
    if county != by.county:
        raise Refused(_("This mediator belongs to another county."))


def _seat(said: Plate, mediator: Mediator, today: date) -> Membership:
    """Find the seat a studio stands on, the last to end; refuse a committee in which the mediator does not sit."""
    held = mediator.memberships.lasting_beyond(max(today, said.opened_on)).filter(committee=said.committee)
    seat = held.order_by(F("ends_on").desc(nulls_first=True)).first()
    if seat is None:
        raise Refused(_("%(mediator)s has no seat in this committee.") % {"mediator": mediator})
    return seat


def _end_with(studio: Studio, seat: Membership | None) -> dict[str, str]:
    """Let a studio end with the seat it came to stand on, where the day is known already; say so for the log."""
    if seat is None:
        return {}
    studio.closed_on, studio.closed_because = seat.ends_on, ""
    if seat.ends_on is None:
        return {}
    stands = seat.committee.unit.is_open_on(seat.ends_on)
    studio.closed_because = _("The mediator left this committee.") if stands else _("The committee was closed.")
    return {"until": seat.ends_on.isoformat()}


def _check_name(said: Plate, mediator: Mediator, known: Studio | None = None) -> None:
    """Refuse a name that is taken."""
    others = Studio.objects.filter(county=mediator.county, name=said.name)
    if others.exclude(pk__in=[known.pk] if known else []).exists():
        raise Refused(_("There is a studio of this name."))
