"""The words of a script once there is a case: one real transition each."""

from datetime import datetime

from django.utils.timezone import localdate

from fengqiao.cases.models import ObjectionReason
from fengqiao.cases.transitions import closing, correcting, dispatching, handling, opening, raising, reopening
from fengqiao.cases.transitions.closing import Answer
from fengqiao.cases.transitions.correcting import Description
from fengqiao.cases.vocabulary import AnswerChannel, Kind, Outcome, Satisfied, Solved, Urgency
from fengqiao.intake.transitions import resettling
from fengqiao.oversight import rules
from fengqiao.people.actors import Machine
from fengqiao.playbooks.demo.scene import Said, Scene
from fengqiao.playbooks.redrawing import acts as redrawing
from fengqiao.playbooks.redrawing.acts import Change

RULES = {"sampled": rules.SAMPLED, "risky": rules.RISKY}


def name(scene: Scene, said: Said, at: datetime) -> None:
    """Name a person on a restricted case."""
    person = scene.stage.users[said["person"]]
    opening.name_viewer(scene.case, person, reason=said["reason"], by=scene.who(said, "chen.clerk"), at=at)


def dispatch(scene: Scene, said: Said, at: datetime) -> None:
    """Send the case to a unit."""
    assist = [scene.unit(code) for code in said.get("assist", [])]
    by, note = scene.who(said, "wang.dispatcher"), said.get("note", "")
    dispatching.dispatch(scene.case, to=scene.unit(said["to"]), assist=assist, note=note, by=by, at=at)


def correct(scene: Scene, said: Said, at: datetime) -> None:
    """Set right what it was opened as."""
    case = scene.case
    kind, urgency = Kind(said.get("kind", case.kind)), Urgency(case.urgency)
    what = Description(kind=kind, urgency=urgency, category=case.category, region=case.region)
    correcting.correct(case, what, reason=said["reason"], by=scene.who(said, "chen.clerk"), at=at)


def ask_assistants(scene: Scene, said: Said, at: datetime) -> None:
    """Ask further units to help."""
    assist = [scene.unit(code) for code in said["assist"]]
    dispatching.ask_assistants(scene.case, assist=assist, note=said["note"], by=scene.handler(said), at=at)


def object_to(scene: Scene, said: Said, at: datetime) -> None:
    """Say that the case is not the unit's own."""
    reason, names = ObjectionReason(said["reason"]), scene.unit(said["names"])
    by = scene.handler(said)
    dispatching.object_to(scene.case, reason=reason, basis=said["basis"], names=names, by=by, at=at)


def designate(scene: Scene, said: Said, at: datetime) -> None:
    """Decide on the objection."""
    by = scene.who(said, "zhao.supervisor")
    dispatching.designate(scene.case, to=scene.unit(said["to"]), note=said["note"], by=by, at=at)


def accept(scene: Scene, said: Said, at: datetime) -> None:
    """Acknowledge the case."""
    handling.accept(scene.case, by=scene.handler(said), at=at)


def silence(scene: Scene, said: Said, at: datetime) -> None:
    """Accept by the rule, since the unit said nothing in time."""
    handling.accept(scene.case, by=Machine(rules.SILENCE_ACCEPTS), at=at)


def progress(scene: Scene, said: Said, at: datetime) -> None:
    """Write down what was done."""
    note, public = said.get("note", ""), said.get("public", "")
    handling.add_progress(scene.case, note=note, public=public, by=scene.handler(said), at=at)


def note(scene: Scene, said: Said, at: datetime) -> None:
    """Write an internal note."""
    handling.add_note(scene.case, note=said["note"], by=scene.handler(said), at=at)


def close_place(scene: Scene, said: Said, at: datetime) -> None:
    """Close the script's place for another; what is not finished there goes along."""
    stage = scene.stage
    change = Change(localdate(at), stage.users["su.system"], at)
    redrawing.close([stage.region(scene.script.place)], stage.region(said["into"]), change)
    for case, to in resettling.cases_left_behind(at):
        resettling.follow(case, to, at=at)


def supervise(scene: Scene, said: Said, at: datetime) -> None:
    """Send the unit a supervision notice."""
    handling.supervise(scene.case, note=said["note"], by=scene.who(said, "zhao.supervisor"), at=at)


def raise_up(scene: Scene, said: Said, at: datetime) -> None:
    """Send the case to the tier above."""
    raising.raise_up(scene.case, reason=said["reason"], by=scene.handler(said), at=at)


def conclude(scene: Scene, said: Said, at: datetime) -> None:
    """Say what came of it."""
    outcome, further = Outcome(said["outcome"]), said.get("further", "")
    by = scene.handler(said)
    handling.conclude(scene.case, outcome=outcome, public_reply=said["reply"], further=further, by=by, at=at)


def evaluate(scene: Scene, said: Said, at: datetime) -> None:
    """Record what the resident says of it."""
    channel = AnswerChannel(said.get("channel", "code"))
    answer = Answer(
        solved=Solved(said["solved"]),
        satisfied=Satisfied(said["satisfied"]),
        contacted=said["contacted"],
        words=said["words"],
        channel=channel,
        report=scene.report_id,
    )
    by = scene.resident if channel == AnswerChannel.CODE else scene.who(said, "ma.clerk")
    closing.evaluate(scene.case, answer, by=by, at=at)


def ask_reopen(scene: Scene, said: Said, at: datetime) -> None:
    """Ask for the case to be taken up again."""
    reopening.ask_reopen(scene.case, words=said["words"], by=scene.resident, at=at)


def reopen(scene: Scene, said: Said, at: datetime) -> None:
    """Take the case up again."""
    reopening.reopen(scene.case, note=said["note"], by=scene.who(said, "wang.dispatcher"), at=at)


def refuse_reopen(scene: Scene, said: Said, at: datetime) -> None:
    """Decline to take it up again."""
    reason, road, by = said["reason"], said["other_road"], scene.who(said, "wang.dispatcher")
    reopening.refuse_reopen(scene.case, reason=reason, other_road=road, by=by, at=at)


def archive(scene: Scene, said: Said, at: datetime) -> None:
    """File the case."""
    closing.archive(scene.case, by=scene.who(said, "wang.dispatcher"), at=at)


def window_ends(scene: Scene, said: Said, at: datetime) -> None:
    """File the case by the rule, since the window is over."""
    closing.archive(scene.case, by=Machine(rules.WINDOW_OVER_ARCHIVES), at=at)


def plan_revisit(scene: Scene, said: Said, at: datetime) -> None:
    """Put the case down for a revisit."""
    closing.plan_revisit(scene.case, by=Machine(RULES[said["rule"]]), at=at)


def revisit(scene: Scene, said: Said, at: datetime) -> None:
    """Record what was heard some time later."""
    solved, channel = Solved(said["solved"]), AnswerChannel(said["channel"])
    by = scene.who(said, "ma.clerk")
    closing.revisit(scene.case, solved=solved, channel=channel, words=said["words"], by=by, at=at)
