"""What is not finished goes along when its place closes, merges or moves; what has ended stays where it was.

Found by the place alone, so that a worker that was down for a day catches up, and doing it twice does it once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import repointing
from fengqiao.cases.transitions.succeeding import LIVING
from fengqiao.intake.models import Report
from fengqiao.intake.workflow import Status
from fengqiao.people.actors import Machine
from fengqiao.places.models import Region, RegionChange
from fengqiao.places.queries import heir_of

BEFORE_TRIAGE = (Status.RECEIVED, Status.IN_REVIEW)
Row = TypeVar("Row", Case, Report)
MOVES = (RegionChange.Act.CLOSED, RegionChange.Act.MOVED)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """How much waits at some places; no more is said of it."""

    cases: int
    reports: int


def unfinished(regions: list[Region]) -> Unfinished:
    """Count what would go along if these places closed."""
    return Unfinished(
        cases=Case.objects.filter(LIVING, region__in=regions).count(),
        reports=Report.objects.filter(status__in=BEFORE_TRIAGE, region__in=regions).count(),
    )


def cases_left_behind(at: datetime) -> Iterator[tuple[Case, Region]]:
    """Walk the unfinished cases whose place is no more or has moved, with the place each belongs to now."""
    for case in _left_behind(Case.objects.filter(LIVING), at).order_by("opened_at"):
        yield case, heir_of(case.region, localdate(at))


def follow(case: Case, to: Region, *, at: datetime) -> Case:
    """Let a case go along with its place."""
    return repointing.to_place(case, to, by=Machine(repointing.PLACE_FOLLOWS), at=at)


def resettle_reports(at: datetime) -> int:
    """Let the reports that wait for a decision go along with their places; what residents wrote is untouched."""
    waiting, went = Report.objects.filter(status__in=BEFORE_TRIAGE), 0
    for report in _left_behind(waiting, at):
        to = heir_of(report.region, localdate(at))
        went += waiting.filter(pk=report.pk).update(region=to, path=to.path)  # unless a clerk was quicker
    return went


def _left_behind(rows: QuerySet[Row], at: datetime) -> QuerySet[Row]:
    """Narrow to what stands at a place that has closed for another, or at a path its place no longer has."""
    changed = RegionChange.objects.filter(act__in=MOVES).values("region")
    closed = Q(region__valid_to__lte=localdate(at), region__successor__isnull=False)
    return rows.filter(closed | ~Q(path=F("region__path")), region__in=changed).select_related("region")
