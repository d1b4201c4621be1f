"""Whether someone is there to act on everything that waits."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from fengqiao.cases import stranded
from fengqiao.intake.models import Report
from fengqiao.intake.workflow import Status
from fengqiao.jobs.doctor.findings import Finding, fault, good, watch

SHOWN = 20


def cases(at: datetime) -> Iterator[Finding]:
    """Find the open cases for which nobody could act."""
    undispatched, unhandled = stranded.without_a_dispatcher(at), list(stranded.with_an_empty_lead(at)[:SHOWN])
    for case in undispatched[:SHOWN]:
        words = {"case": case.number, "centre": case.centre.name}
        yield _unmanned(_("Case %(case)s waits for dispatch, but nobody dispatches at %(centre)s.") % words)
    for case in unhandled:
        words = {"case": case.number, "unit": str(case.lead)}
        yield _unmanned(_("Case %(case)s is in the hands of %(unit)s, where nobody handles.") % words)
    if not undispatched and not unhandled:
        yield good(_("Someone is there to act on every open case."))


def _unmanned(said: str) -> Finding:
    return fault(said, _("The security administrator gives somebody the post; until then nobody is told of it."))


def reports(at: datetime) -> Iterator[Finding]:
    """Find the reports on which nobody has decided in their time."""
    late = Report.objects.filter(status__in=[Status.RECEIVED, Status.IN_REVIEW], due_at__lt=at).order_by("due_at")
    count = late.count()
    for report in late[:SHOWN]:
        words = {"code": report.spoken_code, "due": f"{localtime(report.due_at):%Y-%m-%d %H:%M}"}
        yield watch(
            _("Report %(code)s should have been decided on by %(due)s.") % words,
            _("Its centre sees it as overdue; ask there whether somebody works today."),
        )
    if not count:
        yield good(_("No report waits longer than promised."))
