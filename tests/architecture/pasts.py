"""What happened in each case of the world, and which numbers of a board count it: told by plain Python, row by row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.utils.timezone import localdate, localtime

from fengqiao.cases.models import RUNNING, Case, CaseClock, CaseLog, Evaluation, ReopenRequest, SpanUnit, Stage
from fengqiao.cases.vocabulary import AnswerChannel, Outcome, Solved
from fengqiao.cases.workflow import ENDED, OPEN
from fengqiao.insight.narrowing import AT_THE_CENTRE, CONCLUDES, STUCK_AFTER
from fengqiao.intake.models import Decision, Report
from fengqiao.people.models import User
from fengqiao.places import calendar as calendars

A_DAY, AN_INSTANT = timedelta(days=1), timedelta(microseconds=1)
LATER = 12  # days
STEPS = {"opened": ["open"], "dispatched": ["dispatch"], "concluded": CONCLUDES, "reopened": ["reopen"]}
VERBS = ["add_note", *(verb for verbs in STEPS.values() for verb in verbs)]


@dataclass
class Past:
    """What happened in one case."""

    case: Case
    lines: list[CaseLog] = field(default_factory=list)
    answers: list[Evaluation] = field(default_factory=list)
    asked: list[ReopenRequest] = field(default_factory=list)
    clocks: list[CaseClock] = field(default_factory=list)

    def counted_as(self, on: date, at: datetime) -> Iterator[str]:
        """Give the numbers that count this case: on a day, looked at from a moment."""
        yield from self._done_on(on)
        yield from self._answered_on(on, at)
        yield from self._at_present(at)

    def _done_on(self, on: date) -> Iterator[str]:
        for key, verbs in STEPS.items():
            if taken := [line for line in self.lines if line.verb in verbs and localdate(line.at) == on]:
                yield key
                yield from {f"concluded_{line.facts['outcome']}" for line in taken if key == "concluded"}

    def _answered_on(self, on: date, at: datetime) -> Iterator[str]:
        if any(localdate(each.asked_at) == on for each in self.asked):
            yield "asked_again"
        if said := self.said_on(on):
            yield from {"answered", *(f"answered_{solved}" for solved in said)}
        if self.said_on(on, is_withdrawn=True):
            yield "excluded"
        if self.unanswered_on(on, at):
            yield "unanswered"

    def _at_present(self, at: datetime) -> Iterator[str]:
        if self.case.status in OPEN and self.case.due_at is not None and self.case.due_at < at:
            yield "late"
        if self.case.status in OPEN and self._is_quiet(quiet_since(at, self.case.county)):
            yield "stuck"
        if self.case.status in ENDED and any(each.decided_at is None for each in self.asked):
            yield "undecided"
        if any(clock.alert_at and at <= clock.alert_at < at + A_DAY for clock in self._running()):
            yield "alerts"

    def said_on(self, on: date, *, is_withdrawn: bool = False) -> list[str]:
        """List what residents said on a day about rounds that they had withdrawn themselves, or had not."""
        said = [each for each in self.answers if localdate(each.at) == on]
        return [each.solved for each in said if self._was_withdrawn(each.round) == is_withdrawn]

    def unanswered_on(self, on: date, at: datetime) -> int:
        """Count the windows that ended on a day without an answer."""
        ended = [each for each in self.clocks if each.stage == Stage.EVALUATE and localdate(each.due_at) == on]
        to_the_end = [each for each in ended if each.stopped_at is None or each.stopped_at >= each.due_at]
        quiet = [each.round for each in to_the_end if each.due_at <= at and not self._was_withdrawn(each.round)]
        return sum(all(answer.round != number for answer in self.answers) for number in quiet)

    def holder(self) -> Any:
        """Give whose turn it is."""
        return self.case.centre_id if self.case.status in AT_THE_CENTRE else self.case.lead_id

    def _was_withdrawn(self, number: int) -> bool:
        ends = [line for line in self.lines if line.verb in CONCLUDES and line.round == number]
        return any(line.facts.get("outcome") == Outcome.WITHDRAWN for line in ends)

    def _running(self) -> list[CaseClock]:
        return [clock for clock in self.clocks if clock.met_at is None and clock.stopped_at is None]

    def _is_quiet(self, since: datetime) -> bool:
        ends = [datetime.fromisoformat(clock.pauses[-1][1]) for clock in self._running() if clock.pauses]
        return not any(line.at > since for line in self.lines) and not any(until > since for until in ends)


def pasts() -> dict[Any, Past]:
    """Read what happened in every case."""
    found = {case.pk: Past(case) for case in Case.objects.all()}
    rows: dict[str, Any] = {"lines": CaseLog, "answers": Evaluation, "asked": ReopenRequest, "clocks": CaseClock}
    for name, model in rows.items():
        for row in model.objects.all():
            getattr(found[row.case_id], name).append(row)
    return found


def quiet_since(at: datetime, county: str) -> datetime:
    """Go back so many working days."""
    before = (localtime(at) - A_DAY * n for n in range(1, 60))
    return [each for each in before if calendars.of(county).is_working(each.date())][STUCK_AFTER - 1]


def liven_up(midnight: datetime) -> None:
    """Let much happen in every case and report, most of it at the very edges of days."""
    chance, clerk = Random(7), User.objects.order_by("username").first()
    days = [midnight + A_DAY * n for n in (-4, -1, 0, 1)]
    edges = [day + past for day in days for past in (-AN_INSTANT, timedelta(0), A_DAY / 2)]
    for case in Case.objects.order_by("id"):
        _liven_up(case, chance, edges)
    for number, report in enumerate(Report.objects.order_by("id")):
        given = {"received_at": chance.choice(edges), "channel": chance.choice(["web", "phone", "window"])}
        Report.objects.filter(pk=report.pk).update(due_at=chance.choice([None, *edges]), **given)
        if number % 2:
            why: Any = {"outcome": "declined", "reason": "no_content", "route": "x", "by": clerk}
            Decision.objects.create(report=report, county=report.county, at=chance.choice(edges), **why)


def _liven_up(case: Case, chance: Random, edges: list[datetime]) -> None:
    of: Any = {"case": case, "county": case.county}
    lines = [(chance.choice(VERBS), chance.choice(edges)) for _each in range(chance.randrange(20))]
    for number in (1, 2, 3):
        ends = {"due_at": chance.choice(edges), "stopped_at": chance.choice([None, *edges]), "met_at": edges[-1]}
        clock: Any = {"stage": Stage.EVALUATE, "amount": 1, "unit": SpanUnit.DAYS, "started_at": edges[0] - A_DAY}
        CaseClock.objects.create(round=number, **clock, **ends, **of)
        if chance.random() < 0.5:
            lines.append(("evaluate", at := chance.choice(edges)))
            said = {"solved": chance.choice(list(Solved)), "channel": AnswerChannel.CODE}
            Evaluation.objects.create(at=at, round=number, **said, **of)
    if chance.random() < 0.5:
        lines.append(("ask_reopen", at := chance.choice(edges)))
        ReopenRequest.objects.create(round=1, asked_at=at, decided_at=chance.choice([None, edges[0]]), **of)
    for number, (verb, at) in enumerate(lines):
        facts = {"outcome": chance.choice(list(Outcome)).value}
        how: Any = {"round": chance.randrange(1, 4), "verb": verb, "actor": "machine", "facts": facts}
        CaseLog.objects.create(line=900 + number, at=at, **how, **of)
    for clock in CaseClock.objects.filter(RUNNING, case=case).order_by("id"):
        until = edges[-1] + A_DAY * chance.randrange(-5, LATER)
        clock.alert_at = chance.choice([None, *edges])
        clock.pauses = chance.choice([[], [[(until - A_DAY).isoformat(), until.isoformat(), "清县综治中心"]]])
        clock.save()


def by_holder(rows: Iterable[tuple[Any, datetime]]) -> list[tuple[Any, int, datetime]]:
    """Part what waits by whose it is: how much, since when the first of it, and the longest waiting first."""
    since: dict[Any, list[datetime]] = {}
    for holder, at in rows:
        since.setdefault(holder, []).append(at)
    return sorted(((each, len(ats), min(ats)) for each, ats in since.items()), key=lambda one: (one[2], one[0]))
