"""Starting, meeting and stopping the clocks of a case. Called by transitions only."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from fengqiao.cases import derivation
from fengqiao.cases.models import RUNNING, Case, CaseClock, Clock, Stage
from fengqiao.cases.rules import rule_for
from fengqiao.kit.prepared import Prepared
from fengqiao.kit.rows import new
from fengqiao.kit.workdays import Calendar
from fengqiao.kit.writing import facts_of, insert, update_changed
from fengqiao.places import calendar as calendars

WITHOUT_ALERTS = {Stage.EVALUATE, Stage.REOPEN}  # windows that close by themselves; nobody owes an act

# Which running clock is "the" due time of a case in lists: the act that is owed next.
MATTERS = (
    Stage.DISPATCH,
    Stage.DESIGNATE,
    Stage.ACCEPT,
    Stage.HANDLE,
    Stage.MEDIATE,
    Stage.DECIDE,
    Stage.EVALUATE,
    Stage.REVISIT,
)


AnyClock = TypeVar("AnyClock", bound=Clock)


def extendable_by(case: Case, clock: CaseClock) -> int:
    """Say by how much the rule of a clock lets it be extended: by its own span again, where it says nothing."""
    most = rule_for(case.county, clock.stage, case.urgency, clock.started_at).extendable_by
    return clock.amount if most is None else most


def set_going(clock: AnyClock, rule: derivation.Span, at: datetime, calendar: Calendar) -> AnyClock:
    """Fill in a clock from its rule: the due time, how it was derived, and the first alert."""
    derived = derivation.by_rule(rule, at, calendar)
    clock.started_at, clock.amount, clock.unit = at, rule.amount, rule.unit
    clock.rule_version, clock.calendar_version = rule.version, calendar.version
    clock.due_at, clock.is_provisional = derived.due_at, derived.is_provisional
    clock.hours, clock.skipped, clock.made_up = derived.hours, derived.skipped, derived.made_up
    if clock.stage not in WITHOUT_ALERTS:
        clock.alert_level, clock.alert_at = derivation.next_alert(clock, 0, calendar)
    return clock


def due_after(case: Case, stage: Stage, at: datetime) -> datetime:
    """Say when the span of a stage would be over that begins now; no clock is started."""
    return derivation.by_rule(rule_for(case.county, stage, case.urgency, at), at, calendars.of(case.county)).due_at


@contextmanager
def at_hand(case: Case) -> Iterator[None]:
    """Keep the running clocks of a case, which is held locked, at hand for one step, or for several in one."""
    if case.clocks_at_hand is not None:
        yield
        return
    case.clocks_at_hand = _RUN(case.pk)
    try:
        yield
    finally:
        case.clocks_at_hand = None


def ahead(case: Case, stage: Stage, at: datetime) -> CaseClock:
    """Build the clock of one stage of a case; the caller saves it."""
    rule = rule_for(case.county, stage, case.urgency, at)
    clock = new(CaseClock, county=case.county, case=case, round=case.round, stage=stage)
    return set_going(clock, rule, at, calendars.of(case.county))


def start(case: Case, stage: Stage, at: datetime) -> CaseClock:
    """Start the clock of one stage of a case."""
    return _keep(case, ahead(case, stage, at))


def start_for(case: Case, stage: Stage, span: derivation.Span, at: datetime) -> CaseClock:
    """Start the clock of one stage with a span that the rules of the county do not know."""
    clock = new(CaseClock, county=case.county, case=case, round=case.round, stage=stage)
    return _keep(case, set_going(clock, span, at, calendars.of(case.county)))


def _keep(case: Case, clock: CaseClock) -> CaseClock:
    insert(clock, apart=clock.stage)
    if case.clocks_at_hand is not None:
        case.clocks_at_hand.append(clock)
    return clock


def meet(case: Case, stage: Stage, at: datetime) -> None:
    """Stop a clock because what it waited for was done."""
    _end(case, (stage,), met_at=at)


def stop(case: Case, *stages: Stage, at: datetime) -> None:
    """Stop clocks because nobody waits for them any more."""
    _end(case, stages, stopped_at=at)


def _end(case: Case, stages: Sequence[Stage], **how: datetime) -> None:
    ending = [clock for clock in running_of(case) if clock.stage in stages]
    for clock in ending:
        before = facts_of(clock)
        clock.alert_at, clock.alert_level = None, 0
        for name, at in how.items():
            setattr(clock, name, at)
        update_changed(clock, before, apart=clock.stage)
    if case.clocks_at_hand is not None:
        case.clocks_at_hand = [clock for clock in case.clocks_at_hand if clock not in ending]


def extend(case: Case, stage: Stage, *, more: int, who: str, at: datetime) -> CaseClock:
    """Give a running clock more time, in its own unit; `who` granted it."""
    clock = _must_run(case, stage)
    clock.extensions = [*clock.extensions, [more, who]]
    return _move(clock, at)


def pause(case: Case, stage: Stage, *, until: datetime, who: str, at: datetime) -> CaseClock:
    """Let a running clock stand still from now until then; `who` granted it."""
    clock = _must_run(case, stage)
    clock.pauses = [*clock.pauses, [at.isoformat(), until.isoformat(), who]]
    return _move(clock, at)


def resume(case: Case, stage: Stage, *, at: datetime) -> CaseClock:
    """Let a paused clock run again from now."""
    clock = _must_run(case, stage)
    *before, (begins, _until, who) = clock.pauses
    clock.pauses = [*before, [begins, at.isoformat(), who]]
    return _move(clock, at)


def _move(clock: CaseClock, at: datetime) -> CaseClock:
    """Derive a clock's due time anew from what was granted; the days it was promised by stay as they were."""
    calendar = derivation.prolonged_calendar(clock, calendars.of(clock.county))
    derived = derivation.count(clock, calendar)
    clock.due_at, clock.is_provisional = derived.due_at, derived.is_provisional
    clock.skipped, clock.made_up = derived.skipped, derived.made_up
    clock.alert_level, clock.alert_at = derivation.alert_ahead(clock, at)
    clock.save()
    return clock


@transaction.atomic
def close_windows(at: datetime) -> int:
    """Stop the reopening windows that are over; whoever comes later reads the window from the stored clock."""
    over = CaseClock.objects.filter(RUNNING, stage=Stage.REOPEN, due_at__lte=at)
    free = over.select_for_update(skip_locked=True).values("pk")  # one that a step holds just now waits for its turn
    return CaseClock.objects.filter(pk__in=free).update(stopped_at=F("due_at"))


def running(case: Case, stage: Stage) -> CaseClock | None:
    """Find the running clock of a stage, if there is one."""
    return next((clock for clock in running_of(case) if clock.stage == stage), None)


def _must_run(case: Case, stage: Stage) -> CaseClock:
    clock = running(case, stage)
    if clock is None:
        raise CaseClock.DoesNotExist(f"no {stage} clock runs in {case.number}")
    return clock


def running_of(case: Case) -> list[CaseClock]:
    """Fetch the running clocks of a case, or take them from where a step keeps them at hand."""
    return _RUN(case.pk) if case.clocks_at_hand is None else case.clocks_at_hand


def _run(_shape: object, case: UUID) -> QuerySet[CaseClock]:
    return CaseClock.objects.filter(RUNNING, case=case)


_RUN: Prepared[CaseClock] = Prepared(_run)


def point_to_next(case: Case) -> None:
    """Set the case's due time to that of the running clock that matters now."""
    by_stage = {clock.stage: clock for clock in running_of(case)}
    clock = next((by_stage[stage] for stage in MATTERS if stage in by_stage), None)
    case.due_at = clock.due_at if clock else None
    case.due_stage = clock.stage if clock else ""
