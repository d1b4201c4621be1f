"""Read models for pages: the days everybody sees, a report's own booking, and the list of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from fengqiao.intake.models import Report
from fengqiao.people.models import User
from fengqiao.reception import slots
from fengqiao.reception.models import Booking, ReceptionDay
from fengqiao.reception.scope import DayQuerySet

STANDING = Count("bookings", filter=Q(bookings__cancelled_at=None))


@dataclass(frozen=True, slots=True)
class Announced:
    """A day as everybody sees it, with how many places are left."""

    day: ReceptionDay
    left: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that can be had."""

    number: int
    begins: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A booking as its holder sees it."""

    booking: Booking
    begins: datetime


@dataclass(frozen=True, slots=True)
class Times:
    """What a report's holder is told about receptions: the time they have, or the day that was called off."""

    held: Held | None
    called_off: ReceptionDay | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the day's list: a time, and what the desk may know of the matter; nobody is named."""

    booking: Booking
    begins: datetime
    report: Report | None  # none: this person may not see it
    about: str  # the case's title or what is wanted, never the words; empty for what is confidential, whoever looks
    is_sealed: bool


def announced(days: DayQuerySet[ReceptionDay], at: datetime, today: date) -> list[Announced]:
    """List days to come with the places left; one that has begun is no longer on it."""
    counted = days.announced(today).select_related("centre__region").annotate(standing=STANDING)
    return [Announced(day, day.places - day.standing) for day in counted if at < day.ends_at]


def open_slots(day: ReceptionDay) -> list[Slot]:
    """List the times of a day that nobody has."""
    return [Slot(number, slots.begins(day, number)) for number in slots.free(day)]


def times_of(report: Report) -> Times:
    """Find a report's time, or the day that was called off under its last booking, in one query."""
    rows = list(report.bookings.select_related("day__centre").order_by("-booked_at"))
    waiting = next((row for row in rows if row.cancelled_at is None and row.outcome_at is None), None)
    if waiting is not None:
        return Times(Held(waiting, slots.begins(waiting.day, waiting.slot)), None)
    last = rows[0] if rows else None
    called_off = last.day if last and last.cancelled_at and last.day.cancelled_at == last.cancelled_at else None
    return Times(None, called_off)


def held_for(report: Report) -> Held | None:
    """Find the time booked for a report, still to come or to be noted."""
    return times_of(report).held


def list_of(day: ReceptionDay, user: User, at: datetime) -> list[Row]:
    """List a day's bookings in their order, each as far as this user may see its report."""
    bookings = day.bookings.standing().select_related("report__case", "led_to", "outcome_by").order_by("slot")
    rows = list(bookings)
    seen = set(
        Report.objects.visible_to(user, at).filter(pk__in=[row.report_id for row in rows]).values_list("pk", flat=True)
    )
    return [_row(day, booking, booking.report_id in seen) for booking in rows]


def talks_about(report: Report) -> Iterable[Booking]:
    """List the talks about a report whose words no case holds, for whoever decides on it."""
    return report.bookings.exclude(words="").select_related("day", "outcome_by").order_by("outcome_at")


def _row(day: ReceptionDay, booking: Booking, is_seen: bool) -> Row:
    report = booking.report
    sealed = report.is_confidential or (report.case is not None and report.case.is_restricted)
    about = "" if sealed or not is_seen else (report.case.title if report.case else str(report.get_nature_display()))
    return Row(booking, slots.begins(day, booking.slot), report if is_seen else None, about, sealed)
