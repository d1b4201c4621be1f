"""How a case's life goes: when each step came, and the clocks those steps started, met and stopped.

Two years of lives end at one moment, the stock's own "now"; steps that would come later have not been taken. A few
hundred lives stand for every hundred thousand cases: deriving each due time alone would take longer than loading.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fengqiao.cases import deadlines, derivation
from fengqiao.cases.models import CaseClock, ClockRule, Stage
from fengqiao.cases.vocabulary import Urgency
from fengqiao.cases.workflow import Status
from fengqiao.kit.workdays import Calendar
from fengqiao.places import calendar as calendars

YEARS = timedelta(days=730)
LATELY = timedelta(days=120)
CASES_A_LIFE = 50
A_FEW_DAYS = 0.005
URGENCIES = (Urgency.ORDINARY, Urgency.URGENT, Urgency.COMPLEX)


@dataclass(frozen=True, slots=True)
class Rules:
    """What every county counts by; they were all set up from one playbook."""

    spans: dict[tuple[str, str], ClockRule]
    calendar: Calendar
    now: datetime

    def of(self, stage: str, urgency: str) -> ClockRule:
        """Find the rule of a stage."""
        return self.spans.get((stage, urgency)) or self.spans[stage, ""]


@dataclass(slots=True)
class Life:
    """One course of a case: the steps that were taken, in order, and the clocks, not yet of any case."""

    urgency: str
    received_at: datetime
    steps: list[tuple[str, datetime]] = field(default_factory=list)
    clocks: list[CaseClock] = field(default_factory=list)
    triage: CaseClock | None = None
    status: str = Status.OPENED

    def at(self, verb: str) -> datetime | None:
        """Say when a step was taken, if it was."""
        return next((at for taken, at in self.steps if taken == verb), None)

    def running(self) -> CaseClock | None:
        """Find the clock that matters now."""
        by_stage = {clock.stage: clock for clock in self.clocks if clock.is_running()}
        return next((by_stage[stage] for stage in deadlines.MATTERS if stage in by_stage), None)


def rules_of(county: str, now: datetime) -> Rules:
    """Read the rules once."""
    spans = {(rule.stage, rule.urgency): rule for rule in ClockRule.objects.filter(county=county)}
    return Rules(spans, calendars.of(county), now)


def live(rules: Rules, share: float, chance: random.Random) -> Life:
    """Draw one life that begins at this share of the two years."""
    received = (rules.now - YEARS * (1 - share)).replace(microsecond=0) - timedelta(seconds=chance.randint(1, 3600))
    life = Life(chance.choices(URGENCIES, (85, 10, 5))[0], received)
    for verb, at in _course(rules, life, chance):
        if at > rules.now:
            break
        life.steps.append((verb, at))
        _MOVES[verb](rules, life, at)
    if not life.steps:  # it came in after the last office hours: take one of some days before
        return live(rules, share - A_FEW_DAYS, chance)
    for clock in [*life.clocks, life.triage]:
        if clock is not None:
            _settle_alerts(clock, rules.now)
    return life


def _course(rules: Rules, life: Life, chance: random.Random) -> Iterator[tuple[str, datetime]]:
    """Draw what happens when; some recent cases stay where they are and are overdue."""

    def later(at: datetime, least: int, most: int) -> datetime:
        return rules.calendar.after(at, timedelta(minutes=chance.randint(least, most)))

    stuck = chance.random() if life.received_at > rules.now - LATELY else 1.0
    at = later(life.received_at, 3, 100)
    yield "open", at
    if stuck < 0.01:
        return
    at = later(at, 3, 100)
    yield "dispatch", at
    at = later(at, 10, 230)
    yield "accept", at
    if stuck < 0.12:
        return
    day = int(rules.calendar.day_length / timedelta(minutes=1))
    at = later(at, 60, chance.choices((day, 4 * day, 12 * day), (40, 52, 8))[0])
    yield "conclude", at
    window = next(clock for clock in life.clocks if clock.stage == Stage.EVALUATE)
    yield "archive", window.due_at + timedelta(seconds=chance.randint(1, 30))


def _open(rules: Rules, life: Life, at: datetime) -> None:
    life.triage = _clock(rules, life, Stage.TRIAGE, life.received_at)
    life.triage.met_at = at
    _start(rules, life, Stage.DISPATCH, at)


def _dispatch(rules: Rules, life: Life, at: datetime) -> None:
    _meet(life, Stage.DISPATCH, at)
    _start(rules, life, Stage.ACCEPT, at)
    _start(rules, life, Stage.HANDLE, at)
    life.status = Status.DISPATCHED


def _accept(rules: Rules, life: Life, at: datetime) -> None:
    _meet(life, Stage.ACCEPT, at)
    life.status = Status.HANDLING


def _conclude(rules: Rules, life: Life, at: datetime) -> None:
    _meet(life, Stage.HANDLE, at)
    _start(rules, life, Stage.EVALUATE, at)
    _start(rules, life, Stage.REOPEN, at)
    window = life.clocks[-1]
    if window.due_at <= rules.now:
        window.stopped_at = window.due_at
    life.status = Status.CONCLUDED


def _archive(rules: Rules, life: Life, at: datetime) -> None:
    next(clock for clock in life.clocks if clock.stage == Stage.EVALUATE).stopped_at = at
    life.status = Status.ARCHIVED


_MOVES: dict[str, Callable[[Rules, Life, datetime], None]] = {
    "open": _open, "dispatch": _dispatch, "accept": _accept, "conclude": _conclude, "archive": _archive,
}  # fmt: skip


def _start(rules: Rules, life: Life, stage: Stage, at: datetime) -> None:
    life.clocks.append(_clock(rules, life, stage, at))


def _clock(rules: Rules, life: Life, stage: Stage, at: datetime) -> CaseClock:
    return deadlines.set_going(CaseClock(stage=stage), rules.of(stage, life.urgency), at, rules.calendar)


def _meet(life: Life, stage: Stage, at: datetime) -> None:
    next(clock for clock in life.clocks if clock.stage == stage).met_at = at


def _settle_alerts(clock: CaseClock, now: datetime) -> None:
    """Leave the alert that is still to come; the earlier ones have been given."""
    level, at = clock.alert_level, clock.alert_at
    while at is not None and at <= now:
        level, at = derivation.next_alert(clock, level, derivation.stored_calendar(clock))
    clock.alert_level, clock.alert_at = (level, at) if clock.is_running() and at else (0, None)
