"""The board of the day: what came in, what was done, what is late and whose it is; counted from the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case as Whichever
from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery, When

from fengqiao.cases.models import Case, CaseLog
from fengqiao.cases.queries import Cases
from fengqiao.cases.scope import Part, ground_by_ground, held_posts, parts
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
from fengqiao.intake.scope import ReportQuerySet, report_parts
from fengqiao.intake.workflow import Status as ReportStatus
from fengqiao.people.models import Unit, User
from fengqiao.places.models import Region
from fengqiao.places.scope import inside, within

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
    posts = held_posts(user, day.at)
    seen = Seen(region, parts(user, posts), report_parts(user, posts))
    late = _by_holder(seen.cases(AT_PRESENT["late"](day)).annotate(since=F("due_at")))
    stuck = _by_holder(seen.cases(AT_PRESENT["stuck"](day)).annotate(since=_last_line()))
    waiting = _reports_waiting(seen, day.at)
    return Board(
        region=region,
        on=day.on,
        came_in=_came_in(seen, day),
        declined=seen.reports(declined_on(day)).count(),
        moves=_moves(seen, day),
        present=_present(seen, day) | {"late": _sum(late), "stuck": _sum(stuck)},
        answers=_answers(Case.objects.visible_to(user, day.at).in_region(region), day),
        late=late,
        stuck=stuck,
        reports_waiting=waiting["all"],
        reports_late=waiting["late"],
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """What someone sees of an area, asked ground by ground: one condition with an “or” would read all of it."""

    region: Region
    case_grounds: Sequence[Part]
    report_grounds: Sequence[Part]

    def cases(self, where: Q) -> Cases:
        """Narrow to the cases there that meet a condition."""
        return ground_by_ground(Case.objects.all(), self.case_grounds, inside("path", self.region) & where)

    def reports(self, where: Q) -> ReportQuerySet[Report]:
        """Narrow to the reports about a place there that meet a condition."""
        return ground_by_ground(Report.objects.all(), self.report_grounds, within("path", self.region) & where)


def _came_in(seen: Seen, day: Day) -> list[CameIn]:
    rows = seen.reports(day.has("received_at")).values_list("channel", "nature").order_by("channel", "nature")
    return [CameIn(*row) for row in rows.annotate(count=Count("pk"))]


def _reports_waiting(seen: Seen, at: datetime) -> dict[str, int]:
    waiting = seen.reports(Q(status__in=UNDECIDED))
    return waiting.aggregate(all=Count("pk"), late=Count("pk", filter=Q(due_at__lt=at)))


def _moves(seen: Seen, day: Day) -> dict[str, int]:
    """Count what was done: only the cases with a line of that day are looked at."""
    moved = seen.cases(Q(pk__in=CaseLog.objects.filter(day.has("at")).values("case")))
    return moved.aggregate(**{key: Count("pk", filter=counted(day)) for key, counted in OF_THE_DAY.items()})


def _present(seen: Seen, day: Day) -> dict[str, int]:
    """Count one by one what is told without whose it is: each leads from the few rows that make it true."""
    return {key: seen.cases(AT_PRESENT[key](day)).count() for key in ("undecided", "alerts")}


def _sum(held: Sequence[Held]) -> int:
    return sum(each.count for each in held)


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
