"""What came of a talk. It goes where the matter is: into the case's record, to triage, or into a new report."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.cases import policy as case_policy
from fengqiao.cases.models import Case
from fengqiao.cases.transitions import handling
from fengqiao.cases.vocabulary import Nature
from fengqiao.cases.workflow import STEPS
from fengqiao.intake.models import Report
from fengqiao.intake.transitions.receiving import Entry, Receipt, receive
from fengqiao.intake.workflow import Channel, Status
from fengqiao.kit.verdict import Refused, require
from fengqiao.people.models import User
from fengqiao.places.models import County
from fengqiao.reception.models import Booking, ReceptionDay
from fengqiao.reception.policy import may_keep
from fengqiao.reception.vocabulary import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What came of it, in words: for staff, and for the resident where the case's record takes such."""

    result: Result
    words: str
    public: str = ""


def stayed_away(booking: Booking, *, by: User, at: datetime) -> Booking:
    """Note that nobody came; that says nothing about the matter, which goes on as before."""
    with transaction.atomic():
        booking = _held(booking, by, at)
        return _note(booking, by=by, at=at, came=False)


def came(booking: Booking, talk: Talk, *, by: User, at: datetime) -> tuple[Booking, Receipt | None]:
    """Note what came of a talk, by the step the matter is at; a new report comes back with its receipt."""
    if not (talk.words.strip() or talk.public.strip()):
        raise Refused(_("Write what was said."))
    with transaction.atomic():
        booking = _held(booking, by, at)
        require_fit(booking.report, talk.result)
        receipt = _new_report(booking, talk, by, at) if talk.result == Result.NEW_REPORT else None
        if talk.result == Result.IN_CASE and booking.report.case:
            _into(booking.report.case, booking.day, talk, by, at)
        kept = talk.words if talk.result in (Result.TO_TRIAGE, Result.ANSWERED) else ""
        facts = {"result": talk.result, "words": kept, "led_to": receipt.report if receipt else None}
        return _note(booking, by=by, at=at, came=True, **facts), receipt


def fitting(report: Report) -> list[Result]:
    """List what can come of a talk, by where the report stands."""
    if report.case_id is not None:
        return [Result.IN_CASE, Result.NEW_REPORT]
    waits = [Result.TO_TRIAGE] if report.status in (Status.RECEIVED, Status.IN_REVIEW) else []
    return [*waits, Result.ANSWERED, Result.NEW_REPORT]


def require_fit(report: Report, result: Result) -> None:
    """Refuse a result that has no place for where the report stands by now."""
    if result not in fitting(report):
        raise Refused(_("The report has moved on meanwhile: choose again what came of it."))


def _into(case: Case, day: ReceptionDay, talk: Talk, by: User, at: datetime) -> None:
    """Write it into the case's record: as progress by whoever may, otherwise as a note with both words."""
    head = _("Reception day %(day)s, %(host)s: ") % {"day": day.on, "host": f"{day.host_title} {day.host_name}"}
    if case.status in STEPS["add_progress"].leaves and case_policy.may(by, "add_progress", case, at):
        handling.add_progress(case, note=head + talk.words, public=talk.public, by=by, at=at)
        return
    told = _("Told to the resident: %(words)s") % {"words": talk.public} if talk.public.strip() else ""
    handling.add_note(case, note="\n".join(part for part in (head + talk.words, told) if part), by=by, at=at)


def _new_report(booking: Booking, talk: Talk, by: User, at: datetime) -> Receipt:
    """Take in another matter the same person brought: with a code and a secret of its own."""
    report = booking.report
    entry = Entry(
        channel=Channel.WINDOW,
        nature=Nature.HELP,
        text=talk.words,
        region=report.region,
        reporter=report.reporter,
        phone=report.phone,
        submission=booking.pk,
    )
    return receive(County.objects.get(code=booking.county), entry, by=by, at=at)


def _held(booking: Booking, by: User, at: datetime) -> Booking:
    """Read a booking again, locked, and refuse before the day, after its end, and a second time."""
    booking = (
        Booking.objects.select_for_update(of=("self",)).select_related("day__centre", "report__case").get(pk=booking.pk)
    )
    day = booking.day
    require(may_keep(by, day.centre, at))
    if day.is_over or booking.cancelled_at or booking.outcome_at:
        raise Refused(_("This booking is no longer open."))
    if at < day.begins_at:
        raise Refused(_("The reception has not begun."))
    return booking


def _note(booking: Booking, *, by: User, at: datetime, **outcome: object) -> Booking:
    for name, value in outcome.items():
        setattr(booking, name, value)
    booking.outcome_by, booking.outcome_at = by, at
    booking.save()
    return booking
