"""Whether two hands at once ever break anything: `./run bench pairs --pairs 10000 --seed 1`.

Draws two acts (now and then three) that meet on the same case, report, unit, place or form, lets each be done by a hand
with a connection of its own, half of the time gathered at a row that is held until both have come, and counts again
what must hold (`tests/together/whole.py`). Prints one line of JSON. The draw follows from the seed; who comes first
does not, so a second run meets other states.
"""

import argparse
import json
import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import combinations, takewhile
from random import Random
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import errors

from fengqiao.cases.models import Case, CaseLog, Unfollowed
from fengqiao.cases.workflow import STEPS, open_steps
from fengqiao.jobs import follow
from tests.cast import SHANGHAI
from tests.together.around import AROUND, OF_MANY_LINES
from tests.together.deeds import ON_A_CASE, Deed, step
from tests.together.hands import Hands, Told
from tests.together.whole import faults_of, faults_of_reports, faults_of_the_log, faults_of_the_worker
from tests.together.world import Scene, World

BEGINS = datetime(2016, 3, 7, 9, tzinfo=SHANGHAI)
A_WHILE, A_LONG_WHILE, LONG_WHILES = timedelta(minutes=40), timedelta(days=16), 0.01
FITTING, ANY_STEP = 0.7, 0.1  # of the acts; the others are around a case
ONWARD = 3  # how much oftener a step is drawn that leads to another state
THREE_HANDS = 0.05
# A step that takes another along: what is concluded or done was accepted by the same act.
TAKES_ALONG = {"conclude": "accept", "finish_assist": "accept_assist"}
MOST_SAID = 20


@dataclass
class Tally:
    """What was counted."""

    counts: Counter[str] = field(default_factory=Counter)
    meetings: int = 0
    met: set[tuple[str, str]] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    def add(self, names: Sequence[str], told: Sequence[Told]) -> None:
        """Count how one meeting ended."""
        self.meetings += 1
        refused = sum(bool(each.words) for each in told)
        both = "both_won" if not refused else "both_refused" if refused == len(told) else "one_refused"
        self.counts["broke" if any(each.fault for each in told) else both] += 1
        self.met |= {(min(pair), max(pair)) for pair in combinations(names, 2)}

    def break_(self, kind: str, words: str) -> None:
        """Count what must not be, and keep its words."""
        self.counts[kind] += 1
        self.said.append(f"{kind}: {words}")
        if len(self.said) < MOST_SAID:
            print(self.said[-1], file=sys.stderr, flush=True)


class Heard(logging.Handler):
    """What the worker's own books catch and report."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.faults: list[BaseException] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the fault."""
        if record.exc_info and record.exc_info[1]:
            self.faults.append(record.exc_info[1])


def main(arguments: list[str]) -> None:
    """Meet, count, print."""
    parser = argparse.ArgumentParser(prog="./run bench pairs")
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop earlier, at the latest after these")
    asked = parser.parse_args(arguments)
    began = time.monotonic()
    _let_the_disk_be()
    tally = meet(asked.pairs, asked.seed, until=began + asked.seconds)
    kinds = ("both_won", "one_refused", "both_refused", "deadlocks", "lock_timeouts", "unexpected", "broken")
    told: dict[str, Any] = {"bench": "pairs", "pairs": tally.meetings, "seed": asked.seed}
    told |= {kind: tally.counts[kind] for kind in kinds}
    told |= {"lines": CaseLog.objects.count(), "cases": Case.objects.count(), "acts_that_met": len(tally.met)}
    told |= {"seconds": round(time.monotonic() - began, 1), "processor_s": round(time.process_time(), 1)}
    print(json.dumps(told | {"machine_load": round(os.getloadavg()[0], 1), "processors": os.cpu_count()}))


def _let_the_disk_be() -> None:
    """Let commits not wait for the disk: what is kept after a fall is measured elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{connection.settings_dict["NAME"]}" SET synchronous_commit = off')
    connection.close()


def meet(pairs: int, seed: int, *, until: float) -> Tally:
    """Let so many meetings happen, each judged, and all cases once more at the end."""
    tally, world = Tally(), World(BEGINS)
    with Hands(3) as hands, listening() as heard:
        for number in takewhile(lambda _: time.monotonic() < until, range(pairs)):
            chance = Random(f"{seed} {number}")
            world.at += A_LONG_WHILE if chance.random() < LONG_WHILES else A_WHILE * chance.random()
            _one(world.scene(chance), hands, tally, heard)
        follow.follow(world.at + timedelta(days=1))
        for fault in heard.faults:
            tally.break_(_kind(fault), f"at the end: {fault!r}")
    for words in [words for case in Case.objects.all() for words in faults_of(case)] + faults_of_the_worker():
        tally.break_("broken", f"at the end: {words}")
    if left := Unfollowed.objects.count():
        tally.break_("broken", f"at the end: {left} lines were not followed up")
    return tally


@contextmanager
def listening() -> Iterator[Heard]:
    """Hear what is logged as a fault, and keep it off the screen."""
    heard, root = Heard(), logging.getLogger()
    kept, root.handlers = root.handlers, [heard]
    ours = logging.getLogger("fengqiao")
    known, ours.handlers = ours.handlers, []
    try:
        yield heard
    finally:
        root.handlers, ours.handlers = kept, known


def _one(scene: Scene, hands: Hands, tally: Tally, heard: Heard) -> None:
    """Let one meeting happen and judge it."""
    chance, before = scene.chance, scene.case.line_count
    names = [draw(scene) for _ in range(3 if chance.random() < THREE_HANDS else 2)]
    acts = [partial(_deed(name), replace(scene, chance=Random(chance.random()))) for name in names]
    held = chance.choice(_meeting_places(scene))
    told = hands.gathered(acts, held) if held is not None else hands.free(acts)
    tally.add(names, told)
    for name, fault in [*((n, t.fault) for n, t in zip(names, told, strict=True)), *(("log", f) for f in heard.faults)]:
        if fault is not None:
            tally.break_(_kind(fault), f"{' + '.join(names)}: {name}: {fault!r}")
    heard.faults.clear()
    found = [*_judged(scene, any(each.won for each in told)), *_miscounted(scene.case, before, names, told)]
    for words in found:
        tally.break_("broken", f"{' + '.join(names)} on {before} lines: {words}")


def _judged(scene: Scene, won: bool) -> list[str]:
    """Count again what the meeting may have changed; where all were refused, that nothing was."""
    return faults_of(scene.case) + faults_of_reports([scene.report]) if won else faults_of_the_log(scene.case)


def draw(scene: Scene) -> str:
    """Draw an act: mostly a step that fits where the case stands, else any step, else something around it."""
    chance, which = scene.chance, scene.chance.random()
    if which < FITTING:
        fitting = open_steps(scene.case.status)
        return chance.choices(fitting, [ONWARD if STEPS[verb].reaches else 1 for verb in fitting])[0]
    return chance.choice(sorted(ON_A_CASE if which < FITTING + ANY_STEP else AROUND))


def _deed(name: str) -> Deed:
    return step(name) if name in ON_A_CASE else AROUND[name]


def _meeting_places(scene: Scene) -> list[Model | None]:
    return [None, None, None, scene.case, scene.case, scene.report, scene.unit]


def _kind(fault: BaseException) -> str:
    cause = fault.__cause__ or fault
    if isinstance(cause, errors.DeadlockDetected):
        return "deadlocks"
    return "lock_timeouts" if isinstance(cause, errors.LockNotAvailable) else "unexpected"


def _miscounted(case: Case, before: int, names: Sequence[str], told: Sequence[Told]) -> Iterator[str]:
    """Compare the lines that were added with the hands that won: one each, and none for a refusal."""
    added = Counter(CaseLog.objects.filter(case=case, line__gt=before).values_list("verb", flat=True))
    won = Counter(name for name, each in zip(names, told, strict=True) if each.won and name in ON_A_CASE)
    won["evaluate"] += sum(each.won for name, each in zip(names, told, strict=True) if name == "evaluate_by_call")
    others = OF_MANY_LINES.intersection(names)
    for verb in set(added) | set(won):
        along = any(TAKES_ALONG.get(name) == verb for name in names)
        if added[verb] < won[verb] or (added[verb] > won[verb] and not (others or along)):
            yield f"{won[verb]} hands won {verb}, {added[verb]} lines were added"
