"""The days off of a year and the office hours: what the system administrator enters when it is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.kit.verdict import Refused, require
from fengqiao.people import policy
from fengqiao.people.models import StaffLog, User
from fengqiao.people.transitions.logging import write
from fengqiao.places import calendar
from fengqiao.places.holidays import Notice
from fengqiao.places.models import CalendarYear, WorkDay, WorkHours

Act = StaffLog.Act
Hours = Sequence[tuple[time, time]]
END_OF_DAY = time(0)


@dataclass(frozen=True, slots=True)
class Year:
    """A year and the notice its days off come from."""

    year: int
    edition: str


@transaction.atomic
def publish_year(published: Year, notice: Notice, *, by: User, at: datetime) -> CalendarYear:
    """Take over a year's published days off in place of what stood there; they hold for every county here.

    Clocks that run keep the time they were promised by; those that start from now on are counted by the new days.
    """
    require(policy.may(by, "rules", at))
    if notice.problems:
        raise Refused(_("The notice contradicts itself; nothing was taken over."))
    said = {"edition": published.edition, "provisional": False}
    year, _new = CalendarYear.objects.update_or_create(year=published.year, defaults=said)
    WorkDay.objects.filter(on__year=published.year).delete()
    WorkDay.objects.filter(on__in=notice.days).delete()
    WorkDay.objects.bulk_create(WorkDay(on=on, working=day.working, name=day.name) for on, day in notice.days.items())
    calendar.forget()
    facts = {"year": str(published.year), "source": published.edition}
    facts |= {"off": str(len(notice.off())), "worked": str(len(notice.worked()))}
    write(Act.CHANGED_CALENDAR, by=by, at=at, facts=facts)
    return year


@transaction.atomic
def change_hours(hours: Hours, *, by: User, at: datetime) -> None:
    """Set the office hours of one's county; clocks that start from now on are counted by them."""
    require(policy.may(by, "rules", at))
    _must_be_in_order(hours)
    was = list(WorkHours.objects.filter(county=by.county).order_by("opens").values_list("opens", "closes"))
    if was == list(hours):
        raise Refused(_("Nothing was changed."))
    WorkHours.objects.filter(county=by.county).delete()
    WorkHours.objects.bulk_create(WorkHours(county=by.county, opens=opens, closes=closes) for opens, closes in hours)
    calendar.forget()
    write(Act.CHANGED_CALENDAR, by=by, at=at, facts={"hours": f"{_words(was)} → {_words(hours)}"})


def _must_be_in_order(hours: Hours) -> None:
    """Refuse hours that close before they open, and stretches that overlap; midnight ends a day."""
    if not hours:
        raise Refused(_("An office that is never open answers nobody: give at least one stretch."))
    ends = time.min
    for opens, closes in hours:
        if closes != END_OF_DAY and closes <= opens:
            raise Refused(_("Office hours close after they open."))
        if opens < ends:
            raise Refused(_("The second stretch begins after the first has ended."))
        ends = closes if closes != END_OF_DAY else time.max


def _words(hours: Hours) -> str:
    return ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in hours)
