"""Posts: given and ended. What someone may do follows from these alone, so each leaves a line."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused, require
from fengqiao.people import policy
from fengqiao.people.models import Post, Role, StaffLog, Unit, User
from fengqiao.people.transitions.alone import one_at_a_time
from fengqiao.people.transitions.logging import write
from fengqiao.places.models import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What is to be held, where, and from when until when."""

    role: str
    region: Region
    unit: Unit
    starts_on: date
    ends_on: date | None = None


@transaction.atomic
def give_post(user: User, what: Holding, *, by: User, at: datetime) -> Post:
    """Give somebody else a post in the own county, from today at the earliest."""
    one_at_a_time(by.county)
    user = hold(User, user.pk)
    require(policy.may_change(by, user, at))
    _check_place(what, by)
    _check_days(what, localdate(at))
    require(policy.may_hold(user, what.role, what.starts_on, what.ends_on))
    same = user.posts.filter(role=what.role, region=what.region, unit=what.unit)
    if same.filter(starts_on=what.starts_on).exists() or same.lasting_beyond(what.starts_on).exists():
        raise Refused(_("%(name)s has this post already.") % {"name": user})
    post = Post.objects.create(
        county=by.county, user=user, role=what.role, region=what.region, unit=what.unit,
        starts_on=what.starts_on, ends_on=what.ends_on,
    )  # fmt: skip
    write(StaffLog.Act.GAVE_POST, by=by, at=at, about=user, unit=what.unit, facts=facts_of(post))
    return post


@transaction.atomic
def end_post(post: Post, *, on: date, by: User, at: datetime) -> Post:
    """End a post; `on` is the first day it is no longer held, today at the earliest. The row stays."""
    one_at_a_time(by.county)
    user = hold(User, post.user_id)
    post = Post.objects.select_related("unit", "region").get(pk=post.pk)
    require(policy.may_change(by, user, at))
    if post.ends_on is not None and post.ends_on <= localdate(at):
        raise Refused(_("This post has ended already."))
    if on < max(localdate(at), post.starts_on):
        raise Refused(_("A post ends today at the earliest, and not before it begins."))
    require(policy.can_be_spared(user, [post.role], on))
    post.ends_on = on
    post.save(update_fields=["ends_on"])
    write(StaffLog.Act.ENDED_POST, by=by, at=at, about=user, unit=post.unit, facts=facts_of(post))
    return post


@transaction.atomic
def follow_unit(gone: Unit, *, by: User, at: datetime) -> int:
    """Give whoever held a post in a closed unit the same post in its successor; say how many were given."""
    successor, given = gone.successor, 0
    if successor is None or gone.valid_to is None:
        raise Refused(_("No unit takes over from %(unit)s.") % {"unit": gone})
    starts_on = max(gone.valid_to, localdate(at))
    for post in Post.objects.left_behind(gone).select_related("user", "region"):
        what = Holding(role=post.role, region=post.region, unit=successor, starts_on=starts_on)
        give_post(post.user, what, by=by, at=at)
        given += 1
    return given


def facts_of(post: Post) -> dict[str, str]:
    """Put a post into the words that the log keeps."""
    facts = {"role": Role(post.role).value, "unit": post.unit.name, "region": post.region.name}
    days = {"from": post.starts_on, "until": post.ends_on}
    return facts | {name: day.isoformat() for name, day in days.items() if day}


def _check_place(what: Holding, by: User) -> None:
    """Refuse what lies in another county, or is closed on the first day."""
    if {what.region.county, what.unit.county} != {by.county}:
        raise Refused(_("Unit and area must lie in your county."))
    for thing in (what.unit, what.region):
        if note := thing.closed_note(what.starts_on):
            raise Refused(note)
    closes = what.unit.valid_to
    if closes is not None and (what.ends_on is None or what.ends_on > closes):
        raise Refused(_("%(unit)s closes on %(date)s; a post in it ends then.") % {"unit": what.unit, "date": closes})


def _check_days(what: Holding, today: date) -> None:
    if what.starts_on < today:
        raise Refused(_("A post begins today at the earliest: what was not held then was not held."))
    if what.ends_on is not None and what.ends_on <= what.starts_on:
        raise Refused(_("The end must come after the beginning."))
