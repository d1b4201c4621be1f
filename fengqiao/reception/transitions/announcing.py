"""A reception day is announced, called off with a word to those who had booked, or closed when every talk is noted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.kit.verdict import Refused, require
from fengqiao.people.models import Unit, User
from fengqiao.reception.models import ReceptionDay
from fengqiao.reception.models.day import MOST_PLACES
from fengqiao.reception.policy import may_keep


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """Who receives, where, when, and for how many."""

    host_title: str
    host_name: str
    where: str
    on: date
    opens: time
    closes: time
    places: int
    subject: str = ""


def announce(centre: Unit, what: Announcement, *, by: User, at: datetime) -> ReceptionDay:
    """Announce a day; from here on everybody sees it and can book."""
    require(may_keep(by, centre, at))
    _must_make_sense(what, at)
    day = ReceptionDay(
        county=centre.county,
        centre=centre,
        path=centre.region.path,
        host_title=what.host_title,
        host_name=what.host_name,
        subject=what.subject,
        where=what.where,
        on=what.on,
        opens=what.opens,
        closes=what.closes,
        places=what.places,
        announced_by=by,
        announced_at=at,
    )
    try:
        with transaction.atomic():
            day.save(force_insert=True)
    except IntegrityError as refusal:
        raise Refused(_("%(name)s receives at that time already.") % {"name": what.host_name}) from refusal
    return day


def call_off(day: ReceptionDay, *, notice: str, by: User, at: datetime) -> ReceptionDay:
    """Cancel a day; whoever had booked reads the notice by their code, and can book another day."""
    if not notice.strip():
        raise Refused(_("Write a word to those who had booked."))
    with _held(day, by, at) as day:
        if day.bookings.standing().filter(outcome_at__isnull=False).exists():
            raise Refused(_("Talks of this day are noted already; close it instead."))
        day.bookings.standing().update(cancelled_at=at)
        day.cancelled_at, day.notice = at, notice
    return day


def close(day: ReceptionDay, *, by: User, at: datetime) -> ReceptionDay:
    """Close a day once every booking has its outcome."""
    with _held(day, by, at) as day:
        if at < day.begins_at:
            raise Refused(_("The reception has not begun; call it off instead."))
        left = day.bookings.waiting().count()
        if left:
            raise Refused(_("%(count)d bookings have no outcome yet.") % {"count": left})
        day.closed_at = at
    return day


@contextmanager
def _held(day: ReceptionDay, by: User, at: datetime) -> Iterator[ReceptionDay]:
    """Hold the day locked, read again, while it ends; an ended one refuses."""
    with transaction.atomic():
        day = ReceptionDay.objects.select_for_update(of=("self",)).select_related("centre").get(pk=day.pk)
        require(may_keep(by, day.centre, at))
        if day.is_over:
            raise Refused(_("This reception day is no longer open."))
        yield day
        day.ended_by = by
        day.save()


def _must_make_sense(what: Announcement, at: datetime) -> None:
    """Refuse a day that is over, hours that run backwards, and more places than minutes allow."""
    if what.on < localdate(at):
        raise Refused(_("This day is over."))
    if what.opens >= what.closes:
        raise Refused(_("It must close after it opens."))
    minutes = (what.closes.hour - what.opens.hour) * 60 + what.closes.minute - what.opens.minute
    if not 1 <= what.places <= min(MOST_PLACES, minutes // 5):
        raise Refused(_("Between 1 and %(most)d places, five minutes for each at least.") % {"most": MOST_PLACES})
