"""The register of experts and co-mediators who may be invited: entered, changed, ended with a day and a reason."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused, require
from fengqiao.mediation.keeping import may_keep
from fengqiao.mediation.models import Expert
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


@transaction.atomic
def enter_expert(said: Adviser, *, by: User, at: datetime) -> Expert:
    """Enter somebody who may be invited."""
    _judge(by.county, by, at)
    _check(said, by.county)
    expert = Expert.objects.create(county=by.county, name=said.name, body=said.body, field=said.field, phone=said.phone)
    _log(expert, {"did": _("Entered in the register")}, by, at)
    return expert


@transaction.atomic
def change_expert(expert: Expert, said: Adviser, *, by: User, at: datetime) -> Expert:
    """Set right what is said of somebody who may be invited."""
    expert = _taken(expert, by, at)
    _check(said, by.county, known=expert)
    changed = [name for name in Adviser.__dataclass_fields__ if getattr(expert, name) != getattr(said, name)]
    if not changed:
        raise Refused(_("Nothing was changed."))
    for name in changed:
        setattr(expert, name, getattr(said, name))
    expert.save(update_fields=changed)
    labels = (str(Expert._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
    _log(expert, {"changed": "、".join(labels)}, by, at)  # what, not the phone itself
    return expert


@transaction.atomic
def end_expert(expert: Expert, *, on: date, because: str, by: User, at: datetime) -> Expert:
    """Invite somebody no more; `on` is the first day, and who takes part already goes on doing so."""
    expert = _taken(expert, by, at)
    if expert.ended_on is not None:
        raise Refused(_("%(name)s is not invited any more.") % {"name": expert.name})
    if not because.strip():
        raise Refused(_("Say why."))
    expert.ended_on, expert.ended_because = on, because
    expert.save(update_fields=["ended_on", "ended_because"])
    _log(expert, {"did": _("Not invited from %(day)s") % {"day": date_format(on)}, "because": because}, by, at)
    return expert


@transaction.atomic
def invite_again(expert: Expert, *, by: User, at: datetime) -> Expert:
    """Let somebody be invited again."""
    expert = _taken(expert, by, at)
    if expert.ended_on is None:
        raise Refused(_("Nothing was changed."))
    expert.ended_on, expert.ended_because = None, ""
    expert.save(update_fields=["ended_on", "ended_because"])
    _log(expert, {"did": _("May be invited again")}, by, at)
    return expert


def _judge(county: str, by: User, at: datetime) -> None:
    require(may_keep(by, at))
    one_at_a_time(by.county)
    if county != by.county:
        raise Refused(_("This expert belongs to another county."))


def _taken(expert: Expert, by: User, at: datetime) -> Expert:
    """Judge, then hold the row; another county's cannot be touched."""
    _judge(expert.county, by, at)
    return hold(Expert, expert.pk)


def _check(said: Adviser, county: str, known: Expert | None = None) -> None:
    """Refuse somebody who is in the register already."""
    others = Expert.objects.filter(county=county, name=said.name, body=said.body)
    if others.exclude(pk__in=[known.pk] if known else []).exists():
        raise Refused(_("%(name)s of %(body)s is in the register already.") % {"name": said.name, "body": said.body})


def _log(expert: Expert, facts: dict[str, str], by: User, at: datetime) -> None:
    write(StaffLog.Act.CHANGED_MEDIATOR, by=by, at=at, facts={"expert": str(expert)} | facts)
