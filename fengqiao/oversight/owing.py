"""Who owes the act that a clock or a step waits for; notices go there and nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from fengqiao.cases.models import Case, Stage
from fengqiao.cases.tiers import centre_outside, paths_above
from fengqiao.cases.workflow import Status
from fengqiao.intake.models import Report
from fengqiao.people.models import Post, Role, Unit
from fengqiao.places.models import Level


class NobodyOwes(LookupError):
    """No unit could be found that owes the act: a post or a centre is missing."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A role in a unit that owes an act."""

    unit: Unit
    role: Role


def of_case(case: Case, stage: str, at: datetime) -> Duty:
    """Find who owes what this stage of a case waits for."""
    if stage not in OWED:
        raise NobodyOwes(f"nobody owes an act at {stage}")
    return OWED[Stage(stage)](case, at)


def of_report(report: Report, at: datetime) -> Duty:
    """Find who owes the triage: the nearest centre with a clerk; the county's own for an accusation."""
    clerks = Post.objects.held_on(localdate(at)).filter(role=Role.CLERK)
    centres = Unit.objects.current(localdate(at)).filter(
        kind=Unit.Kind.CENTRE, region__path__in=[*paths_above(report.path), report.path], pk__in=clerks.values("unit")
    )
    if report.is_confidential:
        centres = centres.filter(region__level=Level.COUNTY)
    nearest = centres.order_by("-region__path").first()
    if nearest is None:
        raise NobodyOwes(f"no centre with a clerk answers for {report.path}")
    return Duty(nearest, Role.CLERK)


def lead(case: Case, at: datetime) -> Duty:
    """Name the lead unit's handlers; while a committee mediates, its mediators."""
    if case.status == Status.MEDIATING:
        return mediator(case, at)
    return Duty(_lead_of(case), Role.HANDLER)


def mediator(case: Case, at: datetime) -> Duty:
    """Name the mediators of the committee that has the dispute; the handlers where another body mediates."""
    unit = _lead_of(case)
    return Duty(unit, Role.MEDIATOR if unit.kind == Unit.Kind.MEDIATION else Role.HANDLER)


def dispatcher(case: Case, at: datetime) -> Duty:
    """Name the dispatchers of the case's centre."""
    return Duty(case.centre, Role.DISPATCHER)


def whoever_has_it(case: Case, at: datetime) -> Duty:
    """Name the lead unit's handlers; the dispatchers while a raised case has no lead yet."""
    return lead(case, at) if case.lead_id else dispatcher(case, at)


def decider(case: Case, at: datetime) -> Duty:
    """Name the dispatchers who decide on reopening: of the centre above when the centre itself led the case."""
    return Duty(_outside(case, {case.lead_id}, at), Role.DISPATCHER)


def caller(case: Case, at: datetime) -> Duty:
    """Name the clerks who revisit: never those of the lead unit."""
    return Duty(_outside(case, {case.lead_id}, at), Role.CLERK)


def arbiter(case: Case, at: datetime) -> Duty:
    """Name the supervisors who answer an objection: of the centre above when the centre is itself a party."""
    standing = case.objections.filter(round=case.round).first()
    parties = {case.lead_id, standing.names_unit_id if standing else None}
    return Duty(_outside(case, parties, at), Role.SUPERVISOR)


def approver(case: Case, at: datetime) -> Duty:
    """Name the supervisors who decide on more time: of the centre above when the centre itself leads the case."""
    return Duty(_outside(case, {case.lead_id}, at), Role.SUPERVISOR)


OWED: dict[Stage, Callable[[Case, datetime], Duty]] = {
    Stage.DISPATCH: dispatcher,
    Stage.ACCEPT: lead,
    Stage.DESIGNATE: arbiter,
    Stage.HANDLE: whoever_has_it,
    Stage.MEDIATE: mediator,
    Stage.DECIDE: decider,
    Stage.REVISIT: caller,
}


def _lead_of(case: Case) -> Unit:
    if case.lead is None:
        raise NobodyOwes("the case has no lead unit")
    return case.lead


def _outside(case: Case, parties: set[UUID | None], at: datetime) -> Unit:
    """Find the case's centre, or the nearest one above it that is no party."""
    nearest = centre_outside(case, parties, at)
    if nearest is None:
        raise NobodyOwes(f"no centre stands above {case.centre}")
    return nearest
