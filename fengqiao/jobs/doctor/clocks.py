"""The promises: every due time follows from what its clock stored, and nothing waits without one."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from fengqiao.cases import derivation
from fengqiao.cases.models import RUNNING, Case, CaseClock
from fengqiao.cases.workflow import OPEN
from fengqiao.intake.models import Report, ReportClock
from fengqiao.intake.workflow import Status
from fengqiao.jobs.doctor.findings import Finding, fault, good, watch
from fengqiao.places import calendar as calendars

SHOWN = 20
CHUNK = 2000


def running_derivations(at: datetime) -> Iterator[Finding]:
    """Examine the clocks that still run."""
    yield from _derivations(RUNNING)


def all_derivations(at: datetime) -> Iterator[Finding]:
    """Examine every clock there ever was."""
    yield from _derivations(Q())


def provisional(at: datetime) -> Iterator[Finding]:
    """Count the running clocks whose due time is a guess until a year's days off are published."""
    guessed = RUNNING & Q(is_provisional=True)
    count = CaseClock.objects.filter(guessed).count() + ReportClock.objects.filter(guessed).count()
    if count:
        yield watch(
            _("%(count)s running clocks end in a year whose days off are not published.") % {"count": count},
            _("Load the official notice when it comes, usually in November."),
        )
    else:
        yield good(_("No running clock ends in a provisional year."))


def without_clock(at: datetime) -> Iterator[Finding]:
    """Find the open cases and waiting reports that no clock watches over."""
    remedy = _("Nothing reminds of it any more: look at it now, and tell those who maintain the program.")
    cases, reports = _cases_without(), _reports_without()
    for case in cases[:SHOWN]:
        yield fault(_("Open case %(case)s has no running clock for its due time.") % {"case": case.number}, remedy)
    for report in reports[:SHOWN]:
        yield fault(_("Report %(code)s waits without a clock.") % {"code": report.spoken_code}, remedy)
    if not cases and not reports:
        yield good(_("Every open case and every waiting report has its clock."))


def _cases_without() -> list[Case]:
    clocks = CaseClock.objects.filter(RUNNING, case=OuterRef("pk"))
    due = clocks.filter(stage=OuterRef("due_stage"), due_at=OuterRef("due_at"))
    return list(Case.objects.filter(~Exists(due), status__in=OPEN).order_by("opened_at"))


def _reports_without() -> list[Report]:
    due = ReportClock.objects.filter(RUNNING, report=OuterRef("pk"), due_at=OuterRef("due_at"))
    waiting = Report.objects.filter(status__in=[Status.RECEIVED, Status.IN_REVIEW])
    return list(waiting.filter(~Exists(due)).order_by("received_at"))


def _derivations(which: Q) -> Iterator[Finding]:
    count = wrong = earlier = 0
    for clock in _walk(which):
        count += 1
        earlier += clock.is_running() and clock.calendar_version != calendars.of(clock.county).version
        if (counted := _counted_again(clock)) != clock.due_at:
            wrong += 1
            if wrong <= SHOWN:
                yield _does_not_follow(clock, counted)
    if earlier:
        yield watch(
            _("%(count)s running clocks were counted by an earlier calendar; they keep what was promised.")
            % {"count": earlier}
        )
    if not wrong:
        yield good(_("The due times of all %(count)s clocks follow from their stored derivation.") % {"count": count})


def _counted_again(clock: CaseClock | ReportClock) -> datetime:
    """Count a clock again from what it stored; where the calendar is still the same, that must give the same."""
    stored = derivation.again(clock)
    calendar = calendars.of(clock.county)
    if stored != clock.due_at or clock.calendar_version != calendar.version:
        return stored
    return derivation.count(clock, calendar).due_at


def _does_not_follow(clock: CaseClock | ReportClock, counted: datetime) -> Finding:
    about = clock.case.number if isinstance(clock, CaseClock) else clock.report.spoken_code
    words = {
        "about": about,
        "stage": clock.get_stage_display(),
        "due": f"{localtime(clock.due_at):%Y-%m-%d %H:%M}",
        "counted": f"{localtime(counted):%Y-%m-%d %H:%M}",
    }
    return fault(
        _("%(about)s: the clock “%(stage)s” is due %(due)s, but counting again gives %(counted)s.") % words,
        _("The clock was changed outside the program. Compare with a backup."),
    )


def _walk(which: Q) -> Iterator[CaseClock | ReportClock]:
    yield from CaseClock.objects.filter(which).select_related("case").iterator(CHUNK)
    yield from ReportClock.objects.filter(which).select_related("report").iterator(CHUNK)
