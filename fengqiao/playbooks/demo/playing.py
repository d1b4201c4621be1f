"""Play all scripts together, in the order of time, through the real transitions."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta

from fengqiao.cases.models import CaseClock, Stage
from fengqiao.playbooks.demo import beside, bringing, carrying, delaying, moments
from fengqiao.playbooks.demo.reading import Line, Script
from fengqiao.playbooks.demo.scene import Said, Scene
from fengqiao.playbooks.demo.stage import Stage as Set

STEPS: dict[str, Callable[[Scene, Said, datetime], None]] = {
    "receive": bringing.receive,
    "decline": bringing.decline,
    "withdraw": bringing.withdraw,
    "ask_review": bringing.ask_review,
    "uphold": bringing.uphold,
    "overturn": bringing.overturn,
    "open": bringing.open_case,
    "join": bringing.receive,
    "name": carrying.name,
    "dispatch": carrying.dispatch,
    "correct": carrying.correct,
    "ask_assistants": carrying.ask_assistants,
    "object": carrying.object_to,
    "designate": carrying.designate,
    "accept": carrying.accept,
    "silence": carrying.silence,
    "progress": carrying.progress,
    "note": carrying.note,
    "close_place": carrying.close_place,
    "supervise": carrying.supervise,
    "ask_extension": delaying.ask_extension,
    "ask_pause": delaying.ask_pause,
    "approve": delaying.approve,
    "refuse": delaying.refuse,
    "resume": delaying.resume,
    "raise_up": carrying.raise_up,
    "conclude": carrying.conclude,
    "evaluate": carrying.evaluate,
    "ask_reopen": carrying.ask_reopen,
    "reopen": carrying.reopen,
    "refuse_reopen": carrying.refuse_reopen,
    "archive": carrying.archive,
    "window_ends": carrying.window_ends,
    "plan_revisit": carrying.plan_revisit,
    "revisit": carrying.revisit,
    "assign": beside.assign,
    "accept_assist": beside.accept_assist,
    "finish_assist": beside.finish_assist,
    "undo": beside.undo,
    "unname": beside.unname,
    "ask_withdraw": beside.ask_withdraw,
}
# What happens because a clock ran out, or at once: its moment follows from what went before.
WHEN_OVER = {"silence": Stage.ACCEPT, "window_ends": Stage.EVALUATE}
AT_ONCE = timedelta(minutes=1)


def play(scripts: list[Script], on: Set, now: datetime) -> list[Scene]:
    """Play every script up to now; what is next in time is taken next, whichever script it belongs to."""
    scenes = [Scene(on, script) for script in scripts]
    lines = [[Line("receive", script.received, {}), *script.story] for script in scripts]
    waiting = [
        (_moment(scene, rest[0], now), number) for number, (scene, rest) in enumerate(zip(scenes, lines, strict=True))
    ]
    heapq.heapify(waiting)
    while waiting:
        at, number = heapq.heappop(waiting)
        line = lines[number].pop(0)
        STEPS[line.do](scenes[number], line.said, at)
        if lines[number]:
            heapq.heappush(waiting, (_moment(scenes[number], lines[number][0], now), number))
    return scenes


def _moment(scene: Scene, line: Line, now: datetime) -> datetime:
    """Find when a line is taken."""
    if line.before is not None:
        apart = moments.stray(f"{scene.script.key} {line.do} {line.before}")
        return moments.before(scene.stage.calendar, now, line.before + apart)
    if line.do in WHEN_OVER:
        return _clock(scene, WHEN_OVER[line.do]).due_at
    last = scene.case.log.order_by("-line").first()
    assert last is not None  # what follows at once follows a step: a note taken back, a revisit planned
    return last.at + AT_ONCE


def _clock(scene: Scene, stage: Stage) -> CaseClock:
    return scene.case.clocks.get(stage=stage, round=scene.case.round)
