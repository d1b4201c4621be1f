"""The board of the day: what came in, what was done, what is late and whose it is; counted from the record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from django.db.models import Case as Whichever
from django.db.models import Count, F, Max, Min, Model, OuterRef, Q, QuerySet, Subquery, When
from django.utils.timezone import localdate

from fengqiao.cases.models import Case, CaseLog
from fengqiao.cases.queries import Cases
from fengqiao.cases.scope import ground_by_ground, grounds_of, held_posts, seen_from
from fengqiao.cases.vocabulary import Solved
from fengqiao.insight.narrowing import (
    AT_PRESENT,
    AT_THE_CENTRE,
    OF_THE_DAY,
    Day,
    answers_of,
    declined_on,
    excluded_of,
    received_on,
    unanswered_of,
)
from fengqiao.intake.models import Report
from fengqiao.intake.scope import Reading, ReportQuerySet, reading_of
from fengqiao.intake.workflow import Status as ReportStatus
from fengqiao.kit.keys import Keys, in_one_row
from fengqiao.kit.prepared import Prepared, filled
from fengqiao.people.models import Unit, User
from fengqiao.places.models import Region
from fengqiao.places.scope import Place, inside, place_of, within

Waits: TypeAlias = Sequence[tuple[UUID, int, datetime]]
UNDECIDED = (ReportStatus.RECEIVED, ReportStatus.IN_REVIEW)
Row = TypeVar("Row", bound=Model)


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


@dataclass(frozen=True, slots=True)
class Asked:
    """What decides the numbers: what lets someone see cases and read reports, of which area, on which day."""

    reading: Reading
    place: Place
    path: str
    day: Day

    def cases(self, where: Q) -> Cases:
        """Narrow to the cases there that meet a condition, ground by ground: with an “or” all would be read."""
        grounds = grounds_of(self.reading.areas, self.reading.hands)
        return ground_by_ground(Case.objects.all(), grounds, inside("path", self.place) & where)

    def reports(self, where: Q) -> ReportQuerySet[Report]:
        """Narrow to the reports about a place there that meet a condition, ground by ground."""
        there = within("path", Place(1, self.path))
        return ground_by_ground(Report.objects.all(), self.reading.grounds(), there & where)

    def about_cases(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """Narrow rows to those about the cases there."""
        seen = Case.objects.filter(seen_from(self.reading.areas, self.reading.hands))
        return rows.filter(case__in=seen.filter(inside("path", self.place)))


def board(region: Region, day: Day, user: User) -> Board:
    """Count an area's day for this user, in a fixed number of queries; what they may not see is in no count."""
    asked = Asked(reading_of(user, held_posts(user, day.at)), place_of(region), region.path, day)
    late, stuck = _held(_LATE(asked), _STUCK(asked))
    waiting, overdue = _one(_WAITING(asked), 2)
    return Board(
        region=region,
        on=localdate(day.start),
        came_in=[CameIn(*row) for row in _CAME_IN(asked)],
        declined=_DECLINED.count(asked),
        moves=dict(zip(OF_THE_DAY, _one(_MOVES(asked), len(OF_THE_DAY)), strict=True)),
        present={key: keys.count(asked) for key, keys in _PRESENT.items()} | {"late": _sum(late), "stuck": _sum(stuck)},
        answers=_answers(asked),
        late=late,
        stuck=stuck,
        reports_waiting=waiting,
        reports_late=overdue,
    )


def _came_in(asked: Asked) -> QuerySet[Any, Any]:
    rows = asked.reports(received_on(asked.day)).values_list("channel", "nature").order_by("channel", "nature")
    return rows.annotate(count=Count("pk"))


def _declined(asked: Asked) -> QuerySet[Any, Any]:
    return asked.reports(declined_on(asked.day)).values_list("pk")


def _reports_waiting(asked: Asked) -> QuerySet[Any, Any]:
    late = Count("pk", filter=Q(due_at__lt=asked.day.at))
    return in_one_row(asked.reports(Q(status__in=UNDECIDED)), all=Count("pk"), late=late)


def _moves(asked: Asked) -> QuerySet[Any, Any]:
    """Count what was done: only the cases with a line of that day are looked at."""
    moved = asked.cases(Q(pk__in=CaseLog.objects.filter(asked.day.has("at")).values("case")))
    counts = {key: Count("pk", filter=counted(asked.day)) for key, counted in OF_THE_DAY.items()}
    return in_one_row(moved, **counts)


def _present(key: str) -> Keys[Asked]:
    """Count one by one what is told without whose it is: each leads from the few rows that make it true."""
    return _kept(lambda asked: asked.cases(AT_PRESENT[key](asked.day)).values_list("pk"))


def _late(asked: Asked) -> QuerySet[Any, Any]:
    return _by_holder(asked.cases(AT_PRESENT["late"](asked.day)).annotate(since=F("due_at")))


def _stuck(asked: Asked) -> QuerySet[Any, Any]:
    return _by_holder(asked.cases(AT_PRESENT["stuck"](asked.day)).annotate(since=_last_line()))


def _last_line() -> Subquery:
    """Find when a case last moved."""
    lines = CaseLog.objects.filter(case=OuterRef("pk")).order_by().values("case")
    return Subquery(lines.annotate(last=Max("at")).values("last"))


def _by_holder(cases: Cases) -> QuerySet[Any, Any]:
    """Part cases by whose they are, the longest waiting first: this is where help is needed, not a ranking."""
    holder = Whichever(When(status__in=AT_THE_CENTRE, then=F("centre")), default=F("lead"))
    rows = cases.annotate(holder=holder).values("holder").annotate(count=Count("pk"), oldest=Min("since"))
    return rows.order_by("oldest", "holder").values_list("holder", "count", "oldest")


def _answers(asked: Asked) -> Answers:
    said = dict(_SAID(asked))
    return Answers(
        solved=said.get(Solved.YES, 0),
        partly=said.get(Solved.PARTLY, 0),
        not_solved=said.get(Solved.NO, 0),
        excluded=_EXCLUDED.count(asked),
        unanswered=_UNANSWERED.count(asked),
    )


def _said(asked: Asked) -> QuerySet[Any, Any]:
    said = asked.about_cases(answers_of(asked.day)).values_list("solved").order_by("solved")
    return said.annotate(count=Count("pk"))


def _excluded(asked: Asked) -> QuerySet[Any, Any]:
    return asked.about_cases(excluded_of(asked.day)).values_list("pk")


def _unanswered(asked: Asked) -> QuerySet[Any, Any]:
    return asked.about_cases(unanswered_of(asked.day)).values_list("pk")


def _one(found: Sequence[Sequence[int]], width: int) -> Sequence[int]:
    """Give the one row of counts; where nothing can be seen nothing was asked."""
    return found[0] if found else [0] * width


def _held(late: Waits, stuck: Waits) -> tuple[list[Held], list[Held]]:
    """Name the units that cases wait for."""
    ids = [holder for holder, _count, _oldest in (*late, *stuck)]
    units = {unit.pk: unit for unit in _UNITS(*filled(ids))} if ids else {}
    first, second = ([Held(units[pk], count, oldest) for pk, count, oldest in each] for each in (late, stuck))
    return first, second


def _units(_shape: object, *ids: UUID) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=ids)


def _sum(held: Sequence[Held]) -> int:
    return sum(each.count for each in held)


def _kept(build: Callable[[Asked], QuerySet[Any, Any]]) -> Keys[Asked]:
    """Write a query once for each kind of reader; none has a use for all moments of a day."""
    return Keys(build, spares_values=True)


_UNITS: Prepared[Unit] = Prepared(_units)
_CAME_IN, _DECLINED, _WAITING = map(_kept, (_came_in, _declined, _reports_waiting))
_MOVES, _LATE, _STUCK = map(_kept, (_moves, _late, _stuck))
_SAID, _EXCLUDED, _UNANSWERED = map(_kept, (_said, _excluded, _unanswered))
_PRESENT = {key: _present(key) for key in ("undecided", "alerts")}
