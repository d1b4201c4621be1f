"""The worker: whether it lives, keeps up, and what it could not do."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob

from fengqiao.cases.models import Case, Unfollowed
from fengqiao.intake.models import Report
from fengqiao.jobs.doctor.findings import Finding, fault, good, watch
from fengqiao.jobs.rescue import SILENT_FOR
from fengqiao.kit.version import version
from fengqiao.oversight import queries
from fengqiao.oversight.models import Fault
from fengqiao.oversight.queries import LATE_AFTER, Pulse

SHOWN = 10


def pulse(at: datetime) -> Iterator[Finding]:
    """Examine the sign of life and the backlog."""
    taken = queries.pulse(at)
    yield _heartbeat(taken)
    yield _lag(_("Follow-ups"), taken.follow_up_lag)
    yield _lag(_("Deadline watch"), taken.sweep_lag)


def jobs(at: datetime) -> Iterator[Finding]:
    """Examine the queue for work that was left or failed."""
    silent = at - timedelta(seconds=SILENT_FOR)
    doing = ProcrastinateJob.objects.filter(status="doing")
    stalled = (doing.filter(worker__isnull=True) | doing.filter(worker__last_heartbeat__lt=silent)).count()
    failed = ProcrastinateJob.objects.filter(status="failed").count()
    if stalled:
        yield watch(
            _("%(count)s jobs were left by a worker that was killed.") % {"count": stalled},
            _("A running worker takes them up by itself within a minute."),
        )
    if failed:
        yield fault(
            _("%(count)s jobs failed.") % {"count": failed},
            _("The reason stands in the worker's log (logs/worker.log)."),
        )
    if not stalled and not failed:
        yield good(_("No job is stalled or failed."))


def faults(at: datetime) -> Iterator[Finding]:
    """Examine what was put aside because it could not be done."""
    marks = Unfollowed.objects.filter(failures__gt=0).select_related("line__case").order_by("-failures")
    for mark in marks[:SHOWN]:
        words = {"case": mark.line.case.number, "line": mark.line.line, "count": mark.failures, **_next(mark.retry_at)}
        yield fault(
            _("What follows line %(line)s of case %(case)s failed %(count)s times; next try %(moment)s.") % words,
            _("The reason stands in the worker's log (logs/worker.log)."),
        )
    for each in Fault.objects.order_by("-last_at")[:SHOWN]:
        words = {"what": about(each), "error": each.error, "count": each.failures}
        yield fault(
            _("%(what)s: the watch failed %(count)s times (%(error)s); next try %(moment)s.")
            % {**words, **_next(each.retry_at)},
            _("The reason stands in the worker's log (logs/worker.log)."),
        )
    if not marks and not Fault.objects.exists():
        yield good(_("Nothing was put aside."))


def about(each: Fault) -> str:
    """Name the case or report that a fault is about."""
    if case := Case.objects.filter(Q(pk=each.subject) | Q(clocks=each.subject)).first():
        return case.number
    report = Report.objects.filter(clocks=each.subject).first()
    return report.spoken_code if report else str(each.subject)


def _heartbeat(taken: Pulse) -> Finding:
    if taken.heartbeat is None or taken.silence is None:
        return fault(_("No worker has ever been heard."), _("Start it with ./run up."))
    seconds = round(taken.silence.total_seconds())
    if not taken.is_alive:
        return fault(
            _("The worker was last heard %(seconds)s seconds ago.") % {"seconds": seconds},
            _("Start it with ./run up; why it stopped stands in logs/worker.log."),
        )
    if taken.heartbeat.version != version():
        return watch(
            _("The worker runs version %(its)s, the program is %(ours)s.")
            % {"its": taken.heartbeat.version, "ours": version()},
            _("Start everything again."),
        )
    return good(_("The worker lives; heard %(seconds)s seconds ago.") % {"seconds": seconds})


def _lag(what: str, lag: timedelta) -> Finding:
    minutes = round(lag.total_seconds() / 60)
    if lag > LATE_AFTER:
        return fault(
            _("%(what)s: the oldest has waited %(minutes)s minutes.") % {"what": what, "minutes": minutes},
            _("If the worker lives it will catch up; if this grows, read logs/worker.log."),
        )
    return good(_("%(what)s: nothing waits too long.") % {"what": what})


def _next(moment: datetime) -> dict[str, str]:
    return {"moment": f"{localtime(moment):%m-%d %H:%M}"}
