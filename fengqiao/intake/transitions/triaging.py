"""What becomes of a report: a case of its own, a place in another, or a reasoned no that can be reviewed once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.cases.models import RUNNING, Case
from fengqiao.cases.numbering import drawn_anew
from fengqiao.cases.transitions import opening
from fengqiao.cases.transitions.opening import Opening
from fengqiao.cases.vocabulary import Kind
from fengqiao.intake.models import Decision, Report
from fengqiao.intake.policy import may
from fengqiao.intake.transitions.receiving import start_triage
from fengqiao.intake.workflow import DeclineReason, Outcome, Status
from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused, require
from fengqiao.people.actors import Resident
from fengqiao.people.models import User


@contextmanager
def triaging(verb: str, report: Report, *, leaves: set[Status], by: User, at: datetime) -> Iterator[Report]:
    """Hold the report locked while triage decides on it, then save it and meet its clock."""
    with transaction.atomic():
        report = hold(Report, report.pk)
        require(may(by, verb, report, at))
        if report.status not in leaves:
            raise Refused(
                _("This report was dealt with already: %(status)s.") % {"status": report.get_status_display()}
            )
        yield report
        report.clocks.filter(RUNNING).update(met_at=at, alert_at=None, alert_level=0)
        report.due_at = None
        report.save()


@drawn_anew
def open_case(report: Report, what: Opening, *, by: User, at: datetime) -> Case:
    """Open a case for a report. An accusation always opens a restricted lead."""
    with triaging("triage", report, leaves={Status.RECEIVED}, by=by, at=at) as report:
        if report.is_confidential and not (what.is_restricted and what.kind == Kind.LEAD):
            raise Refused(_("An accusation opens a restricted lead; choose that kind and restrict it."))
        case = opening.open_case(what, report_code=report.code, by=by, at=at)
        report.status, report.case = Status.IN_CASE, case
        _decide(report, Outcome.OPENED, by=by, at=at, case=case)
    return case


def join(report: Report, case: Case, *, by: User, at: datetime) -> Case:
    """Add a report to the open case of the same matter."""
    with triaging("triage", report, leaves={Status.RECEIVED}, by=by, at=at) as report:
        if report.is_confidential and not case.is_restricted:
            raise Refused(_("An accusation cannot join a case that others can see."))
        if report.county != case.county:
            raise Refused(_("This case lies in another county."))
        case = opening.join(case, report_code=report.code, by=by, at=at)
        report.status, report.case = Status.IN_CASE, case
        _decide(report, Outcome.JOINED, by=by, at=at, case=case)
    return case


def decline(report: Report, *, reason: DeclineReason, route: str, by: User, at: datetime) -> Report:
    """Decline a report, with the reason and the right road in words."""
    if not route.strip():
        raise Refused(_("Say which road is the right one, and how to reach it."))
    with triaging("triage", report, leaves={Status.RECEIVED}, by=by, at=at) as report:
        report.status = Status.DECLINED
        _decide(report, Outcome.DECLINED, by=by, at=at, reason=reason, route=route)
    return report


def ask_review(report: Report, *, by: Resident, at: datetime) -> Report:
    """Record that the resident wants a declined report looked at by another clerk; that can be asked once."""
    with transaction.atomic():
        report = hold(Report, report.pk)
        if by.report != report.pk or report.status != Status.DECLINED:
            raise Refused(_("Only a report that was not accepted can be reviewed."))
        if report.decisions.filter(outcome__in=[Outcome.UPHELD, Outcome.OVERTURNED]).exists():
            raise Refused(_("This report has been reviewed once; that is final here."))
        clock = start_triage(report, at)
        clock.save(force_insert=True)
        report.status, report.due_at = Status.IN_REVIEW, clock.due_at
        report.save()
    return report


def uphold(report: Report, *, route: str, by: User, at: datetime) -> Report:
    """Confirm, as another clerk, that the report is not taken up here."""
    with triaging("review", report, leaves={Status.IN_REVIEW}, by=by, at=at) as report:
        report.status = Status.DECLINED
        _decide(report, Outcome.UPHELD, by=by, at=at, route=route)
    return report


def overturn(report: Report, *, by: User, at: datetime) -> Report:
    """Take a declined report up after all: it waits for triage again."""
    with transaction.atomic():
        with triaging("review", report, leaves={Status.IN_REVIEW}, by=by, at=at) as report:
            report.status = Status.RECEIVED
            _decide(report, Outcome.OVERTURNED, by=by, at=at)
        clock = start_triage(report, at)
        clock.save(force_insert=True)
        Report.objects.filter(pk=report.pk).update(due_at=clock.due_at)
    return report


def _decide(report: Report, outcome: Outcome, *, by: User, at: datetime, **what: object) -> None:
    """Write down a decision."""
    Decision.objects.create(county=report.county, report=report, outcome=outcome, by=by, at=at, **what)
