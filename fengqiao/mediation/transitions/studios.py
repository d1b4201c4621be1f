"""Named studios, and experts or co-mediators who may be invited."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused, require
from fengqiao.mediation.keeping import may_keep
from fengqiao.mediation.models import Committee, Expert, Mediator, Studio
from fengqiao.mediation.transitions.mediators import log
from fengqiao.people.models import StaffLog, User
from fengqiao.people.transitions.alone import one_at_a_time
from fengqiao.people.transitions.logging import write


@dataclass(frozen=True, slots=True, kw_only=True)
class Adviser:
    """What the register says of somebody who may be invited."""

    name: str
    body: str
    field: str
    phone: str = ""
    is_active: bool = True


@transaction.atomic
def open_studio(name: str, mediator: Mediator, committee: Committee, *, on: date, by: User, at: datetime) -> Studio:
    """Open a studio that carries the name of a mediator of the committee."""
    _judge(by, at)
    if not mediator.memberships.filter(committee=committee, ends_on__isnull=True).exists():
        raise Refused(_("%(mediator)s has no seat in this committee.") % {"mediator": mediator})
    if Studio.objects.filter(county=by.county, name=name).exists():
        raise Refused(_("There is a studio of this name."))
    studio = Studio.objects.create(county=by.county, name=name, mediator=mediator, committee=committee, opened_on=on)
    log(mediator, {"studio": name, "from": on.isoformat()}, by, at, committee.unit)
    return studio


@transaction.atomic
def close_studio(studio: Studio, *, on: date, by: User, at: datetime) -> Studio:
    """Close a studio."""
    _judge(by, at)
    studio = hold(Studio, studio.pk)
    if studio.county != by.county or studio.closed_on is not None or on < studio.opened_on:
        raise Refused(_("This studio cannot be closed on that day."))
    studio.closed_on = on
    studio.save(update_fields=["closed_on"])
    log(
        studio.mediator,
        {"studio": studio.name, "did": _("Closed on %(day)s") % {"day": on.isoformat()}},
        by,
        at,
        studio.committee.unit,
    )
    return studio


@transaction.atomic
def enter_expert(said: Adviser, *, known: Expert | None = None, by: User, at: datetime) -> Expert:
    """Enter somebody who may be invited, or set right what is said of them."""
    _judge(by, at)
    others = Expert.objects.filter(county=by.county, name=said.name, body=said.body)
    if others.exclude(pk__in=[known.pk] if known else []).exists():
        raise Refused(_("%(name)s of %(body)s is in the register already.") % {"name": said.name, "body": said.body})
    expert = hold(Expert, known.pk) if known else Expert(county=by.county)
    if expert.county != by.county:
        raise Refused(_("This expert belongs to another county."))
    for name in Adviser.__dataclass_fields__:
        setattr(expert, name, getattr(said, name))
    expert.save()
    write(StaffLog.Act.CHANGED_MEDIATOR, by=by, at=at, facts={"expert": str(expert)})
    return expert


def _judge(by: User, at: datetime) -> None:
    require(may_keep(by, at))
    one_at_a_time(by.county)
