"""Carry imported messages through the real steps, as clerks would have; a stopped replay goes on where it stopped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fengqiao.cases.models import Case, Stage
from fengqiao.cases.transitions import closing, dispatching, handling
from fengqiao.cases.transitions.opening import Opening
from fengqiao.cases.vocabulary import Kind, Outcome
from fengqiao.cases.workflow import Status
from fengqiao.intake.importing.crew import Crew, muster
from fengqiao.intake.importing.rows import Row
from fengqiao.intake.importing.script import Script, pick, write
from fengqiao.intake.importing.storing import NATURE, groups, stored_reports
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
from fengqiao.intake.workflow import Status as ReportStatus
from fengqiao.people.actors import Machine
from fengqiao.places import calendar as calendars
from fengqiao.places.models import County

TITLE_WHERE_NONE = 30  # characters of the text
WINDOW_OVER = gettext_noop("the evaluation window is over")  # the worker files cases by the same rule


@dataclass(frozen=True, slots=True)
class Ride:
    """One case on its way: who carries it, when, and up to which moment."""

    crew: Crew
    script: Script
    unit: int
    until: datetime


def replay(county: County, rows: Sequence[Row], until: datetime, tell: Callable[[int], None]) -> int:
    """Carry each message as far as its script has come by `until`; count the steps taken now."""
    crew, calendar, reports = muster(county), calendars.of(county.code), stored_reports(county)
    steps = 0
    for group in groups(rows):
        with transaction.atomic():
            for row in group:
                script = write(row.message_id, row.received_at, calendar)
                ride = Ride(crew, script, pick(row.message_id, len(crew.units)), until)
                steps += _carry(reports[row.message_id], ride)
        tell(len(group))
    return steps


def _carry(report: Report, ride: Ride) -> int:
    """Carry one message on from wherever it stands."""
    steps, case = 0, report.case
    if report.status == ReportStatus.RECEIVED and ride.script.opened_at <= ride.until:
        case = triaging.open_case(report, _opening(report, ride), by=ride.crew.clerk, at=ride.script.opened_at)
        steps += 1
    while case is not None and (carried := _next(case, ride)) is not None:
        case, steps = carried, steps + 1
    return steps


def _next(case: Case, ride: Ride) -> Case | None:
    """Take the next step of the script, unless it lies ahead or somebody real has the case."""
    if case.status not in SCRIPTED or case.round > 1 or case.was_objected:
        return None
    step, moment = SCRIPTED[Status(case.status)]
    at = moment(case, ride.script)
    return step(case, ride, at) if at <= ride.until else None


def _opening(report: Report, ride: Ride) -> Opening:
    return Opening(
        title=report.title or report.text.strip()[:TITLE_WHERE_NONE],
        kind=Kind.REQUEST,
        nature=NATURE,
        region=report.region,
        centre=ride.crew.centre,
    )


def _dispatch(case: Case, ride: Ride, at: datetime) -> Case:
    return dispatching.dispatch(case, to=ride.crew.units[ride.unit], by=ride.crew.dispatcher, at=at)


def _accept(case: Case, ride: Ride, at: datetime) -> Case:
    return handling.accept(case, by=ride.crew.handlers[ride.unit], at=at)


def _conclude(case: Case, ride: Ride, at: datetime) -> Case:
    reply = _("Replay of an imported letter; the answer given at the time is not part of the file.")
    handler = ride.crew.handlers[ride.unit]
    return handling.conclude(case, outcome=Outcome.ANSWERED, public_reply=reply, by=handler, at=at)


def _archive(case: Case, ride: Ride, at: datetime) -> Case:
    return closing.archive(case, by=Machine(WINDOW_OVER), at=at)


def _window_ends(case: Case, script: Script) -> datetime:
    return case.clocks.get(round=case.round, stage=Stage.EVALUATE).due_at


Step = Callable[[Case, Ride, datetime], Case]
Moment = Callable[[Case, Script], datetime]
SCRIPTED: dict[Status, tuple[Step, Moment]] = {
    Status.OPENED: (_dispatch, lambda _case, script: script.dispatched_at),
    Status.DISPATCHED: (_accept, lambda _case, script: script.accepted_at),
    Status.HANDLING: (_conclude, lambda _case, script: script.concluded_at),
    Status.CONCLUDED: (_archive, _window_ends),
}
