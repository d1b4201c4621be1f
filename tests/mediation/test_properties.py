"""What holds on every path through a dossier, walked by chance; and every clock, counted a second time by hand."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from random import Random

import pytest

from fengqiao.cases.models import Case, SpanUnit
from fengqiao.cases.workflow import Status
from fengqiao.mediation.models import Dossier, Tier
from fengqiao.mediation.transitions import tiers
from fengqiao.mediation.transitions.acting import present_round
from fengqiao.mediation.workflow import Stand
from fengqiao.places import calendar as calendars
from fengqiao.places.models import WorkDay
from tests.cast import SHANGHAI
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.mediation.walking import Walk

WALKS, STEPS = 16, 70
AFTER_A_REFUSAL = {"end", "call_off_meeting", "report_danger"}

# 春节 2026 as the notice of the State Council says it: nine days off, two weekend days worked.
OFF = [date(2026, 2, day) for day in range(15, 24)]
WORKED = [date(2026, 2, 14), date(2026, 2, 28)]
OFFICE = ((time(8, 30), time(12)), (time(14, 30), time(18)))
MINUTE = timedelta(minutes=1)


def test_nobody_is_bound_or_held_against_their_will(table: Table) -> None:
    ends: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for seed in range(WALKS):
        walk = Walk.of(table, seed)
        for _ in range(STEPS):
            verb = walk.step()
            if verb is not None:
                _must_hold(walk, verb)
            if walk.dossier.stand in (Stand.AGREED, Stand.ENDED):
                break
        assert walk.after_refusal <= AFTER_A_REFUSAL, walk.taken
        ends[walk.dossier.stand] += 1
        taken.update(walk.taken)
        taken.update(f"{verb} after a refusal" for verb in walk.after_refusal)
    assert ends[Stand.AGREED] and ends[Stand.ENDED], ends
    wanted = {"escalate", "send_back", "replace_party", "agree_orally", "take_effect", "plan_meeting"}
    assert {verb for verb in wanted if not taken[verb]} == set(), taken
    assert taken["end after a refusal"], taken


def _must_hold(walk: Walk, verb: str) -> None:
    """Check what the law asks after each act that was taken."""
    path = f"{verb} after {walk.taken}"
    if verb in ("begin", "plan_meeting", "take_effect", "agree_orally"):
        assert walk.everyone_agreed(), path
    if walk.was_refused:
        assert walk.dossier.stand in (Stand.REFUSED, Stand.ENDED), path
    is_over = walk.dossier.stand in (Stand.AGREED, Stand.ENDED)
    assert (walk.dossier.case.status == Status.CONCLUDED) == is_over, path
    assert walk.dossier.rounds.filter(ended_at__isnull=True).count() == (0 if is_over else 1), path


@pytest.mark.parametrize("unit", [SpanUnit.DAYS, SpanUnit.WORKING_DAYS])
@pytest.mark.parametrize("seed", range(4))
def test_every_clock_is_what_a_clerk_counts_by_hand(table: Table, unit: SpanUnit, seed: int) -> None:
    WorkDay.objects.bulk_create(
        [WorkDay(on=on, working=False, name="春节") for on in OFF]
        + [WorkDay(on=on, working=True, name="春节") for on in WORKED]
    )
    calendars.forget()
    Tier.objects.update(unit=unit)
    chance = Random(seed)  # noqa: S311 – a walk, not a secret
    at = datetime(2026, 2, 9, 9, tzinfo=SHANGHAI) + timedelta(minutes=chance.randrange(2000))
    dossier = tables.begin(table, at=at)
    counted = _Hand(unit, at, present_round(dossier).tier.amount)
    done: Counter[str] = Counter()
    for _ in range(25):
        at += timedelta(minutes=chance.randrange(1, 900))
        if at >= counted.due():
            at = counted.due() - MINUTE
        done[_move(chance, table, dossier, counted, at)] += 1
        assert Case.objects.get(pk=dossier.case_id).due_at == counted.due(), (done, at)
        assert present_round(dossier).extended_days == counted.more
    assert done["extend"] and done["pause"] and done["up"], done


class _Hand:
    """A span counted minute by minute from the table of days, by nothing the program uses."""

    def __init__(self, unit: SpanUnit, start: datetime, amount: int) -> None:
        self.unit = unit
        self.known: tuple[object, datetime] = ((), start)
        self.begin(start, amount)

    def begin(self, start: datetime, amount: int) -> None:
        self.start, self.amount, self.more = start, amount, 0
        self.pauses: list[tuple[datetime, datetime]] = []

    def due(self) -> datetime:
        day = 24 * 60 if self.unit == SpanUnit.DAYS else 7 * 60
        asked = (self.start, self.more, tuple(self.pauses))
        if self.known[0] != asked:
            left, moment = (self.amount + self.more) * day, self.start
            while left:
                left -= self._counts(moment)
                moment += MINUTE
            self.known = (asked, moment)
        return self.known[1]

    def is_still(self, moment: datetime) -> bool:
        return any(begins <= moment < ends for begins, ends in self.pauses)

    def _counts(self, moment: datetime) -> bool:
        if self.is_still(moment):
            return False
        on, clock = moment.date(), moment.time()
        works = on in WORKED or (on.weekday() < 5 and on not in OFF)
        return self.unit == SpanUnit.DAYS or (works and any(opens <= clock < closes for opens, closes in OFFICE))


def _move(chance: Random, table: Table, dossier: Dossier, hand: _Hand, at: datetime) -> str:
    """Take one act by chance that moves the clock, and move the hand alike."""
    lead = Case.objects.get(pk=dossier.case_id).lead
    heads = {
        table.village: table.he_mediates_willow,
        table.township: table.luo_mediates_east,
        table.county: table.peng_mediates_county,
    }
    assert lead is not None
    by = heads[lead]
    if hand.is_still(at):
        tiers.resume(dossier, by=by, at=at)
        hand.pauses[-1] = (hand.pauses[-1][0], at)
        return "resume"
    what = chance.choice(["extend", "pause", "pause", "wait", "up"])
    if what == "extend":
        tiers.extend(dossier, days=2, agreed_by=dossier.parties.all(), by=by, at=at)
        hand.more += 2
    elif what == "pause":
        until = at.date() + timedelta(days=chance.randrange(9))
        tiers.pause(dossier, until=until, reason="委托鉴定。", by=by, at=at)
        hand.pauses.append((at, datetime.combine(until + timedelta(days=1), time(0), SHANGHAI)))
    elif what == "up" and lead != table.county:
        tiers.escalate(dossier, to=None, reason="谈不拢。", by=by, at=at)
        hand.begin(at, present_round(dossier).tier.amount)
    else:
        return "wait"
    return what
