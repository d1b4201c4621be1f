"""Booking along with a new report: the day travels with the draft, and the first free time is taken once it is in."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.intake.models import Report
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Resident
from fengqiao.reception.models import ReceptionDay
from fengqiao.reception.queries import held_for
from fengqiao.reception.transitions import booking

RECEPTION = "reception"


def day_asked(answers: Mapping[str, str], county: str, today: datetime) -> ReceptionDay | None:
    """Find the day someone came from; one that is over or elsewhere is let go, and the report goes on."""
    try:
        wanted = UUID(answers.get(RECEPTION, ""))
    except ValueError:
        return None
    days = ReceptionDay.objects.announced(localdate(today)).filter(county=county, pk=wanted)
    return days.select_related("centre").first()


def book_for(request: HttpRequest, report: Report, day: ReceptionDay, *, at: datetime) -> None:
    """Take the first free time for a report that has just come in; if none is left, say so: the report stands."""
    if held_for(report):
        return
    try:
        booking.book(report, day, by=Resident(report.pk, None), at=at)
    except Refused as refusal:
        messages.warning(
            request, _("No time could be booked: %(why)s Your report is in all the same.") % {"why": refusal}
        )
