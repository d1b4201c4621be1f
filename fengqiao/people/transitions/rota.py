"""Who is present at a centre, and the turns of duty. What is over is not changed: it says who was there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.kit.verdict import Refused, require
from fengqiao.people import policy
from fengqiao.people.models import DutyTurn, Post, Presence, StaffLog, Unit, User
from fengqiao.people.transitions.logging import write

Act = StaffLog.Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """Which unit takes part in a centre's work, how, at which window and from when."""

    unit: Unit
    mode: str
    starts_on: date
    window: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn as it is planned."""

    on: date
    unit: Unit
    shift: str = DutyTurn.Shift.DAY
    post: Post | None = None
    phone: str = ""


@transaction.atomic
def station(centre: Unit, what: Station, *, by: User, at: datetime) -> Presence:
    """Let a unit take part in a centre's work; how it did until that day ends."""
    _judge(centre, by, at)
    _check_unit(centre, what.unit, what.starts_on)
    open_now = Presence.objects.filter(centre=centre, unit=what.unit, valid_to=None).first()
    if open_now is not None:
        _replace(open_now, what, localdate(at))
    presence = Presence.objects.create(
        county=centre.county, centre=centre, unit=what.unit, mode=what.mode, window=what.window,
        valid_from=what.starts_on,
    )  # fmt: skip
    _note(presence, by=by, at=at)
    return presence


@transaction.atomic
def end_presence(presence: Presence, *, on: date, by: User, at: datetime) -> Presence:
    """End a presence; `on` is the first day the unit no longer takes part."""
    _judge(presence.centre, by, at)
    if presence.valid_to is not None:
        raise Refused(_("This presence has its end already."))
    if on < localdate(at) or (presence.valid_from is not None and on <= presence.valid_from):
        raise Refused(_("A presence ends today at the earliest, and after it began."))
    presence.valid_to = on
    presence.save(update_fields=["valid_to"])
    _note(presence, by=by, at=at)
    return presence


@transaction.atomic
def plan(centre: Unit, turns: Sequence[Turn], *, by: User, at: datetime) -> int:
    """Enter turns of duty, all or none; those that stand already are left. Say how many are new."""
    _judge(centre, by, at)
    if not turns:
        raise Refused(_("There is no turn among these days."))
    added = sum(_enter(centre, turn, localdate(at)) for turn in turns)
    days = sorted(turn.on for turn in turns)
    facts = {"from": days[0].isoformat(), "until": days[-1].isoformat(), "turns": f"+{added}"}
    write(Act.CHANGED_ROTA, by=by, at=at, unit=centre, facts=facts)
    return added


@transaction.atomic
def strike(turn: DutyTurn, *, by: User, at: datetime) -> None:
    """Take a turn that has not begun out of the rota."""
    _judge(turn.centre, by, at)
    if turn.on < localdate(at):
        raise Refused(_("What is over is not changed: it says who was there."))
    write(Act.CHANGED_ROTA, by=by, at=at, unit=turn.centre, facts={"from": turn.on.isoformat(), "gone": turn.unit.name})
    turn.delete()


def _judge(centre: Unit, by: User, at: datetime) -> None:
    require(policy.may(by, "units", at))
    if centre.county != by.county or centre.kind != Unit.Kind.CENTRE:
        raise Refused(_("Presence and duty belong to a governance centre of your county."))


def _check_unit(centre: Unit, unit: Unit, on: date) -> None:
    if unit.pk == centre.pk or unit.county != centre.county:
        raise Refused(_("Another unit of the county takes part in a centre's work."))
    for each in (centre, unit):
        if note := each.closed_note(on):
            raise Refused(note)


def _replace(open_now: Presence, what: Station, today: date) -> None:
    """End how a unit took part until now, so that the new way can begin; one entered today was a slip."""
    began = open_now.valid_from
    if (open_now.mode, open_now.window) == (what.mode, what.window):
        raise Refused(_("%(unit)s takes part in this way already.") % {"unit": open_now.unit})
    if began is not None and began >= what.starts_on:
        if began < today:
            raise Refused(_("%(unit)s takes part since then in another way.") % {"unit": open_now.unit})
        open_now.delete()
        return
    open_now.valid_to = what.starts_on
    open_now.save(update_fields=["valid_to"])


def _enter(centre: Unit, turn: Turn, today: date) -> bool:
    """Enter one turn, unless it stands already."""
    _check_turn(centre, turn, today)
    same = {"county": centre.county, "centre": centre, "on": turn.on, "shift": turn.shift, "unit": turn.unit}
    _turn, is_new = DutyTurn.objects.get_or_create(**same, post=turn.post, defaults={"phone": turn.phone})
    return is_new


def _check_turn(centre: Unit, turn: Turn, today: date) -> None:
    """Refuse a day that is over, and a centre or unit that is closed then."""
    if turn.on < today:
        raise Refused(_("%(date)s is over; what was not on the rota then was not.") % {"date": date_format(turn.on)})
    for each in (centre, turn.unit):
        if note := each.closed_note(turn.on):
            raise Refused(note)
    if turn.post is not None:
        _check_person(centre, turn, turn.post)


def _check_person(centre: Unit, turn: Turn, post: Post) -> None:
    """Refuse a post that is not held that day, and a person who is due at two centres at once."""
    words = {"name": post.user, "date": date_format(turn.on)}
    if not Post.objects.held_on(turn.on).filter(pk=post.pk, unit=turn.unit).exists():
        raise Refused(_("%(name)s holds no post there on %(date)s.") % words)
    elsewhere = DutyTurn.objects.filter(on=turn.on, shift=turn.shift, post__user=post.user).exclude(centre=centre)
    if elsewhere.exists():
        raise Refused(_("%(name)s has duty at another centre on %(date)s.") % words)


def _note(presence: Presence, *, by: User, at: datetime) -> None:
    days = {"from": presence.valid_from, "until": presence.valid_to}
    facts = {"unit": presence.unit.name, "mode": str(Presence.Mode(presence.mode).label), "window": presence.window}
    facts |= {name: day.isoformat() for name, day in days.items() if day}
    write(Act.CHANGED_PRESENCE, by=by, at=at, unit=presence.centre, facts={k: v for k, v in facts.items() if v})
