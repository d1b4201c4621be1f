"""The deadline watch: gives each alert once, to whoever owes the act, and does what a due clock does by rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, OuterRef

from fengqiao.cases import deadlines, derivation
from fengqiao.cases.models import RUNNING, Assist, Case, CaseClock
from fengqiao.cases.workflow import Status
from fengqiao.intake.models import Report, ReportClock
from fengqiao.jobs import due
from fengqiao.jobs.faults import PAUSE, Careful
from fengqiao.kit.holding import hold
from fengqiao.oversight import transitions
from fengqiao.oversight.models import Fault

AnyClock = TypeVar("AnyClock", CaseClock, ReportClock)

CLOCK, WINDOW, ASSIST = "clock", "window", "assist"  # what a fault is about
BATCH = 200
ITS_TIME_IS_OVER = 100


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did."""

    alerts: int
    archived: int
    failed: int


def sweep(at: datetime) -> Swept:
    """Go over every clock that owes an alert at this moment, and every evaluation window that is over."""
    clocks = Careful(CLOCK, at)
    for case_clock in _owed(CaseClock, at):
        _attempt(clocks, case_clock, at)
    for report_clock in _owed(ReportClock, at):
        _attempt(clocks, report_clock, at)
    assists = _silent_assists(at)
    windows = Careful(WINDOW, at)
    for case in due.windows_over(at):
        if not windows.waits(case.pk):
            windows.attempt(case, lambda case=case: due.archive(case, at), put_aside=lambda: None)  # type: ignore[misc]
    deadlines.close_windows(at)
    _forget_settled()
    return Swept(clocks.done, windows.done, clocks.failed + assists.failed + windows.failed)


def _silent_assists(at: datetime) -> Careful:
    """Accept for the assisting units whose time to answer is over."""
    assists = Careful(ASSIST, at)
    for asked in due.assists_unanswered(at):
        if not assists.waits(asked.pk):
            assists.attempt(asked, lambda asked=asked: due.accept_assist(asked, at), put_aside=lambda: None)  # type: ignore[misc]
    return assists


def _forget_settled() -> None:
    """Let go of faults about clocks and windows that a step has since settled."""
    about = OuterRef("subject")
    running = [Exists(clocks.objects.filter(RUNNING, pk=about)) for clocks in (CaseClock, ReportClock)]
    Fault.objects.filter(~running[0], ~running[1], kind=CLOCK).delete()
    Fault.objects.filter(~Exists(Case.objects.filter(pk=about, status=Status.CONCLUDED)), kind=WINDOW).delete()
    Fault.objects.filter(~Exists(Assist.objects.filter(pk=about, accepted_at__isnull=True)), kind=ASSIST).delete()


def take(clock: CaseClock | ReportClock, at: datetime) -> bool:
    """Give one clock's alert, unless another watcher or a step was quicker."""
    with transaction.atomic():
        _hold_its_matter(clock)
        reached, following, moment = _levels(clock, at)
        if not _claim(clock, following, moment):
            return False
        if reached == ITS_TIME_IS_OVER and isinstance(clock, CaseClock) and clock.stage in due.BY_RULE:
            due.act(clock, at)
        else:
            transitions.alert(clock, reached, at=at)
    return True


def _attempt(careful: Careful, clock: CaseClock | ReportClock, at: datetime) -> None:
    careful.attempt(clock, lambda: take(clock, at), put_aside=lambda: _set_back(clock, at))


def _owed(clocks: type[AnyClock], at: datetime) -> Iterator[AnyClock]:
    """Walk the clocks whose alert is due, a batch at a time; each is moved on or set back before the next batch."""
    owed = clocks._default_manager.filter(RUNNING, alert_at__lte=at).order_by("alert_at")
    while batch := list(owed[:BATCH]):
        yield from batch


def _hold_its_matter(clock: CaseClock | ReportClock) -> None:
    """Lock the case or report before its clock, in the order in which every step does."""
    if isinstance(clock, CaseClock):
        clock.case = hold(Case, clock.case_id)
    else:
        clock.report = hold(Report, clock.report_id)


def _levels(clock: CaseClock | ReportClock, at: datetime) -> tuple[int, int, datetime | None]:
    """Find the highest level reached, the one that follows it, and when: a watch that slept a day wakes once."""
    reached, calendar = clock.alert_level, derivation.stored_calendar(clock)
    following, moment = derivation.next_alert(clock, reached, calendar)
    while moment is not None and moment <= at:
        reached = following
        following, moment = derivation.next_alert(clock, reached, calendar)
    return reached, following, moment


def _claim(clock: CaseClock | ReportClock, following: int, moment: datetime | None) -> bool:
    """Move the clock to its next alert if it still stands where we read it; only one watcher can."""
    still = type(clock)._default_manager.filter(RUNNING, pk=clock.pk, alert_at=clock.alert_at)
    return still.update(alert_level=following, alert_at=moment) == 1


def _set_back(clock: CaseClock | ReportClock, at: datetime) -> None:
    """Let a clock that failed wait, so that it does not keep the others waiting."""
    still = type(clock)._default_manager.filter(RUNNING, pk=clock.pk, alert_at=clock.alert_at)
    still.update(alert_at=at + PAUSE)
