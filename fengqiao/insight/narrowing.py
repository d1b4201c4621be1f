"""Which cases a number counts: the board counts by these conditions and the work list lists by the same."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self, TypeAlias
from uuid import UUID

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast
from django.utils.timezone import localtime, make_aware

from fengqiao.cases.models import RUNNING, CaseClock, CaseLog, Evaluation, ReopenRequest, Stage
from fengqiao.cases.queries import ASKED_TO_REOPEN
from fengqiao.cases.vocabulary import Outcome, Solved
from fengqiao.cases.workflow import ENDED, OPEN, Status
from fengqiao.intake.models import Decision
from fengqiao.intake.workflow import Outcome as Decided
from fengqiao.kit.workdays import Calendar
from fengqiao.places import calendar as calendars

STUCK_AFTER = 3  # working days without a line
NEXT_DAY = timedelta(days=1)
AT_THE_CENTRE = (Status.OPENED, Status.OBJECTED)
AT_THE_LEAD = (Status.DISPATCHED, Status.HANDLING, Status.MEDIATING)
CONCLUDES = ("conclude", "settle", "hand_on")  # the steps after which a case has an outcome


@dataclass(frozen=True, slots=True)
class Day:
    """One day, from midnight to midnight, looked at from a moment: told in moments alone, with which rows are compared.

    What is counted of a day then looks the same on every day, and its SQL is written once.
    """

    start: datetime
    end: datetime
    at: datetime
    soon: datetime
    quiet_since: datetime  # a case that moves has a line after this

    @classmethod
    def of(cls, on: date, at: datetime, county: str) -> Self:
        """Tell a day by one county's calendar; the last of all, which has no next, is over as it begins."""
        days = (on, on if on == date.max else on + NEXT_DAY)
        start, end = (make_aware(datetime.combine(each, time.min)) for each in days)
        return cls(start, end, at, at + NEXT_DAY, _quiet_since(at, calendars.of(county)))

    def has(self, field: str) -> Q:
        """Match the rows whose moment lies in this day: a half-open range."""
        return Q(**{f"{field}__gte": self.start, f"{field}__lt": self.end})


def _quiet_since(at: datetime, calendar: Calendar) -> datetime:
    """Find the moment so many working days ago."""
    here = localtime(at)
    on, left = here.date(), STUCK_AFTER
    while left:
        on -= NEXT_DAY
        left -= calendar.is_working(on)
    return make_aware(datetime.combine(on, here.time()))


Counted: TypeAlias = Callable[[Day], Q]


def _took(*verbs: str, **which: object) -> Counted:
    """Match the cases that took one of these steps on the day."""
    return lambda day: Q(Exists(CaseLog.objects.filter(day.has("at"), case=OuterRef("pk"), verb__in=verbs, **which)))


def _answered(**which: object) -> Counted:
    """Match the cases about which such an answer came on the day."""
    return lambda day: Q(Exists(answers_of(day).filter(case=OuterRef("pk"), **which)))


def answers_of(day: Day) -> QuerySet[Evaluation]:
    """Find the residents' answers of a day, without those about a matter they had withdrawn themselves."""
    return Evaluation.objects.filter(day.has("at")).exclude(Exists(_withdrawn()))


def excluded_of(day: Day) -> QuerySet[Evaluation]:
    """Find the answers of a day that count in no rate: the resident had withdrawn the matter."""
    return Evaluation.objects.filter(day.has("at")).filter(Exists(_withdrawn()))


def unanswered_of(day: Day) -> QuerySet[CaseClock]:
    """Find the evaluation windows that ended on a day without an answer; withdrawn matters are not asked about."""
    answered = Evaluation.objects.filter(case=OuterRef("case"), round=OuterRef("round"))
    open_to_the_end = Q(stopped_at__isnull=True) | Q(stopped_at__gte=F("due_at"))
    ended = CaseClock.objects.filter(day.has("due_at"), open_to_the_end, stage=Stage.EVALUATE, due_at__lte=day.at)
    return ended.exclude(Exists(answered)).exclude(Exists(_withdrawn()))


def _withdrawn() -> QuerySet[CaseLog]:
    same = {"case": OuterRef("case"), "round": OuterRef("round")}
    return CaseLog.objects.filter(verb__in=CONCLUDES, facts__outcome=Outcome.WITHDRAWN, **same)


def _reopening(when: str) -> Counted:
    return lambda day: Q(Exists(ReopenRequest.objects.filter(day.has(when), case=OuterRef("pk"))))


def _is_late(day: Day) -> Q:
    return Q(status__in=OPEN, due_at__lt=day.at)


def _is_stuck(day: Day) -> Q:
    moved = CaseLog.objects.filter(case=OuterRef("pk"), at__gt=day.quiet_since)
    return Q(status__in=OPEN) & ~Q(Exists(moved)) & ~Q(Exists(_stood_still(day.quiet_since)))


def _stood_still(since: datetime) -> QuerySet[CaseClock]:
    """Find the running clocks whose last approved pause lasted beyond a moment: nobody had to move the case."""
    until = Cast(KeyTextTransform("1", KeyTransform("-1", "pauses")), DateTimeField())
    return CaseClock.objects.filter(RUNNING, case=OuterRef("pk")).annotate(until=until).filter(until__gt=since)


def _is_undecided(day: Day) -> Q:
    return Q(status__in=ENDED) & Q(ASKED_TO_REOPEN)


def _will_alert(day: Day) -> Q:
    soon = {"alert_at__gte": day.at, "alert_at__lt": day.soon}
    return Q(Exists(CaseClock.objects.filter(RUNNING, case=OuterRef("pk"), **soon)))


# Whatever of these is true of a case left a line in its log on that day, so the day's lines find them all.
OF_THE_DAY: dict[str, Counted] = {
    "opened": _took("open"),
    "dispatched": _took("dispatch"),
    "concluded": _took(*CONCLUDES),
    **{f"concluded_{outcome.value}": _took(*CONCLUDES, facts__outcome=outcome.value) for outcome in Outcome},
    "reopened": _took("reopen"),
    "asked_again": _reopening("asked_at"),
    "answered": _answered(),
    **{f"answered_{solved.value}": _answered(solved=solved.value) for solved in Solved},
}
# True of a case at this moment, whatever day is looked at.
AT_PRESENT: dict[str, Counted] = {
    "late": _is_late,
    "stuck": _is_stuck,
    "undecided": _is_undecided,
    "alerts": _will_alert,
}
BY_A_WINDOW: dict[str, Counted] = {
    "unanswered": lambda day: Q(pk__in=unanswered_of(day).values("case")),
    "excluded": lambda day: Q(pk__in=excluded_of(day).values("case")),
}
COUNTED = OF_THE_DAY | AT_PRESENT | BY_A_WINDOW


def held_by(unit: UUID) -> Q:
    """Match the open cases that wait for this unit: the lead where one is at work, else the centre."""
    return Q(status__in=AT_THE_CENTRE, centre=unit) | Q(status__in=AT_THE_LEAD, lead=unit)


def received_on(day: Day) -> Q:
    """Match the reports that came in on the day."""
    return day.has("received_at")


def declined_on(day: Day) -> Q:
    """Match the reports that were declined on the day."""
    return Q(Exists(Decision.objects.filter(day.has("at"), report=OuterRef("pk"), outcome=Decided.DECLINED)))
