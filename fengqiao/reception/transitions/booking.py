"""A time is booked, moved or given back: by whoever holds the report's code and secret, or at the window."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.intake.models import Report
from fengqiao.kit.verdict import Refused, require
from fengqiao.people.actors import Resident
from fengqiao.people.models import User
from fengqiao.reception import slots
from fengqiao.reception.models import Booking, ReceptionDay
from fengqiao.reception.policy import may_book, may_change


def book(report: Report, day: ReceptionDay, *, by: Resident | User, at: datetime, slot: int | None = None) -> Booking:
    """Book a time for the matter of a report: the slot asked for, or the first that is free."""
    with _locked(day, report) as (day, report):
        require(may_book(report, day, by, at))
        if report.bookings.waiting().exists():
            raise Refused(_("A time is booked for this report already; move or cancel that one."))
        return _write(report, day, slot, by, at)


def move(booking: Booking, day: ReceptionDay, *, by: Resident | User, at: datetime, slot: int | None = None) -> Booking:
    """Give a time back and take another, on the same day or another one, as one act."""
    with _locked(day, booking.report) as (day, report):
        old = _waiting(booking)
        require(may_change(old.day, report, by, at))
        require(may_book(report, day, by, at))
        old.cancelled_at = at
        old.save(update_fields=["cancelled_at"])
        return _write(report, day, slot, by, at)


def cancel(booking: Booking, *, by: Resident | User, at: datetime) -> Booking:
    """Give a time back; the report stays as it is."""
    with _locked(booking.day, booking.report) as (_day, report):
        booking = _waiting(booking)
        require(may_change(booking.day, report, by, at))
        booking.cancelled_at = at
        booking.save(update_fields=["cancelled_at"])
    return booking


@contextmanager
def _locked(day: ReceptionDay, report: Report) -> Iterator[tuple[ReceptionDay, Report]]:
    """Hold the day, then the report: everyone who books takes them in this order."""
    with transaction.atomic():
        day = ReceptionDay.objects.select_for_update(of=("self",)).select_related("centre").get(pk=day.pk)
        yield day, Report.objects.select_for_update(of=("self",)).get(pk=report.pk)


def _waiting(booking: Booking) -> Booking:
    found = Booking.objects.waiting().select_related("day__centre").filter(pk=booking.pk).first()
    if found is None:
        raise Refused(_("This booking is no longer open."))
    return found


def _write(report: Report, day: ReceptionDay, slot: int | None, by: Resident | User, at: datetime) -> Booking:
    """Take the slot, or the first free one, on a day that is held."""
    free = slots.free(day)
    if not free:
        raise Refused(_("All places of this day are taken; please choose another one."))
    if slot is not None and slot not in free:
        raise Refused(_("Somebody else took that time; please choose another one."))
    return Booking.objects.create(
        county=day.county,
        day=day,
        slot=slot or free[0],
        report=report,
        booked_at=at,
        booked_by=by if isinstance(by, User) else None,
    )
