"""The board of the day: what came in, what was done, what is late and whose it is; counted from the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case as Whichever
from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery, When

from fengqiao.cases.models import Case, CaseLog
from fengqiao.cases.queries import Cases
from fengqiao.cases.vocabulary import Solved
from fengqiao.insight.narrowing import (
    AT_PRESENT,
    AT_THE_CENTRE,
    OF_THE_DAY,
    Day,
    answers_of,
    declined_on,
    excluded_of,
    unanswered_of,
)
from fengqiao.intake.models import Report
from fengqiao.intake.scope import ReportQuerySet
from fengqiao.intake.workflow import Status as ReportStatus
from fengqiao.people.models import Unit, User
from fengqiao.places.models import Region

UNDECIDED = (ReportStatus.RECEIVED, ReportStatus.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class CameIn:
    """How many reports of one nature came by one door."""

    channel: str
    nature: str
    count: int


@dataclass(frozen=True, slots=True)
class Held:
    """How many cases wait for one unit, and since when the first of them."""

    unit: Unit
    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Answers:
    """What residents said that day: never a rate without what it is a rate of."""

    solved: int
    partly: int
    not_solved: int
    excluded: int
    unanswered: int

    @property
    def answered(self) -> int:
        """The denominator: the answers that came in."""
        return self.solved + self.partly + self.not_solved

    @property
    def share(self) -> str:
        """The part that said "solved", in per cent; empty while nobody answered."""
        return f"{100 * self.solved / self.answered:.1f}" if self.answered else ""


@dataclass(frozen=True, slots=True)
class Board:
    """One area on one day, as far as one person may see it."""

    region: Region
    on: date
    came_in: Sequence[CameIn]
    declined: int
    moves: dict[str, int]
    present: dict[str, int]
    answers: Answers
    late: Sequence[Held]
    stuck: Sequence[Held]
    reports_waiting: int
    reports_late: int


def board(region: Region, day: Day, user: User) -> Board:
    """Count an area's day for this user, in a fixed number of queries; what they may not see is in no count."""
    cases = Case.objects.visible_to(user, day.at).in_region(region)
    reports = Report.objects.visible_to(user, day.at).in_region(region)
    waiting = _reports_waiting(reports, day.at)
    return Board(
        region=region,
        on=day.on,
        came_in=_came_in(reports, day),
        declined=reports.filter(declined_on(day)).count(),
        moves=_moves(cases, day),
        present=_present(cases, day),
        answers=_answers(cases, day),
        late=_by_holder(cases.filter(AT_PRESENT["late"](day)).annotate(since=F("due_at"))),
        stuck=_by_holder(cases.filter(AT_PRESENT["stuck"](day)).annotate(since=_last_line())),
        reports_waiting=waiting["all"],
        reports_late=waiting["late"],
    )


def _came_in(reports: ReportQuerySet[Report], day: Day) -> list[CameIn]:
    rows = reports.filter(day.has("received_at")).values_list("channel", "nature").order_by("channel", "nature")
    return [CameIn(*row) for row in rows.annotate(count=Count("pk"))]


def _reports_waiting(reports: ReportQuerySet[Report], at: datetime) -> dict[str, int]:
    waiting = reports.filter(status__in=UNDECIDED)
    return waiting.aggregate(all=Count("pk"), late=Count("pk", filter=Q(due_at__lt=at)))


def _moves(cases: Cases, day: Day) -> dict[str, int]:
    """Count what was done: only the cases with a line of that day are looked at."""
    moved = cases.filter(pk__in=CaseLog.objects.filter(day.has("at")).values("case"))
    return moved.aggregate(**{key: Count("pk", filter=counted(day)) for key, counted in OF_THE_DAY.items()})


def _present(cases: Cases, day: Day) -> dict[str, int]:
    return cases.aggregate(**{key: Count("pk", filter=counted(day)) for key, counted in AT_PRESENT.items()})


def _answers(cases: Cases, day: Day) -> Answers:
    found = answers_of(day).filter(case__in=cases).values_list("solved").order_by("solved")
    said = dict(found.annotate(count=Count("pk")))
    return Answers(
        solved=said.get(Solved.YES, 0),
        partly=said.get(Solved.PARTLY, 0),
        not_solved=said.get(Solved.NO, 0),
        excluded=excluded_of(day).filter(case__in=cases).count(),
        unanswered=unanswered_of(day).filter(case__in=cases).count(),
    )


def _by_holder(cases: Cases) -> list[Held]:
    """Part cases by whose they are, the longest waiting first: this is where help is needed, not a ranking."""
    holder = Whichever(When(status__in=AT_THE_CENTRE, then=F("centre")), default=F("lead"))
    rows = cases.annotate(holder=holder).values("holder").annotate(count=Count("pk"), oldest=Min("since"))
    found = list(rows.order_by("oldest", "holder").values_list("holder", "count", "oldest"))
    units = Unit.objects.in_bulk([pk for pk, _count, _oldest in found])
    return [Held(units[pk], count, oldest) for pk, count, oldest in found]


def _last_line() -> Subquery:
    """Find when a case last moved."""
    lines = CaseLog.objects.filter(case=OuterRef("pk")).order_by().values("case")
    return Subquery(lines.annotate(last=Max("at")).values("last"))
