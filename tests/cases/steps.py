"""Every step by staff, as a table: the state it is taken from, the act, and someone who may not take it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from fengqiao.cases.models import Case, ObjectionReason
from fengqiao.cases.transitions import (
    assigning,
    assisting,
    closing,
    correcting,
    delaying,
    dispatching,
    handling,
    naming,
    opening,
    raising,
    reopening,
    repointing,
    undoing,
    withdrawing,
)
from fengqiao.cases.transitions.closing import Answer
from fengqiao.cases.transitions.correcting import Description
from fengqiao.cases.vocabulary import AnswerChannel, Kind, Outcome, Solved, Urgency
from fengqiao.intake.transitions import handing_on
from fengqiao.people.actors import Machine
from fengqiao.people.models import User
from fengqiao.places.models import County
from tests import acts, neighbours
from tests.cast import MONDAY_9AM, QingCounty

LATER = MONDAY_9AM + acts.HOUR
BASIS = "《城市供水条例》第二十七条"

Prepare = Callable[[QingCounty], Case]
Act = Callable[[QingCounty, Case, User, datetime], Case]


@dataclass(frozen=True)
class Row:
    """One step: prepared how, done how, by whom, and who must be refused."""

    verb: str
    prepare: Prepare
    act: Act
    by: str
    not_by: str
    moved_on: Prepare | None = None  # a state the step does not leave; none: it leaves every state it could meet


def opened(qing: QingCounty) -> Case:
    """Open."""
    return acts.open_leak(qing)


def dispatched(qing: QingCounty) -> Case:
    """With the water bureau."""
    return acts.dispatch(qing, opened(qing))


def objected(qing: QingCounty) -> Case:
    """The water bureau says it is for the roads bureau."""
    return dispatching.object_to(
        dispatched(qing),
        reason=ObjectionReason.NOT_OUR_DUTY,
        basis=BASIS,
        names=qing.roads,
        by=qing.liu_handles_water,
        at=MONDAY_9AM,
    )


def handling_(qing: QingCounty) -> Case:
    """Accepted by the water bureau."""
    return handling.accept(dispatched(qing), by=qing.liu_handles_water, at=MONDAY_9AM)


def accepted(qing: QingCounty, *, urgency: str) -> Case:
    """Accepted by the water bureau, and as urgent as this."""
    case = acts.dispatch(qing, acts.open_leak(qing, urgency=urgency))
    return handling.accept(case, by=qing.liu_handles_water, at=MONDAY_9AM)


def asked_for_days(qing: QingCounty) -> Case:
    """The water bureau asks for three working days more."""
    return _extend(qing, handling_(qing), qing.liu_handles_water, MONDAY_9AM)


def paused(qing: QingCounty) -> Case:
    """Standing still until Thursday night."""
    case = _pause(qing, handling_(qing), qing.liu_handles_water, MONDAY_9AM)
    return delaying.approve_delay(case, by=qing.wu_supervises, at=MONDAY_9AM)


def helped(qing: QingCounty) -> Case:
    """Accepted by the water bureau, and East Town's office is asked to assist."""
    case = dispatching.dispatch(
        opened(qing), to=qing.water, assist=[qing.east_office], by=qing.chen_dispatches, at=MONDAY_9AM
    )
    return handling.accept(case, by=qing.liu_handles_water, at=MONDAY_9AM)


def accepted_help(qing: QingCounty) -> Case:
    """The same, and East Town has accepted."""
    return assisting.accept_assist(helped(qing), by=qing.han_handles_east, at=MONDAY_9AM)


def noted(qing: QingCounty) -> Case:
    """In handling, and the water bureau has just written down that it went there."""
    return handling.add_progress(handling_(qing), public="已到现场", by=qing.liu_handles_water, at=LATER)


def beside_bai(qing: QingCounty, prepare: Prepare = handling_) -> Case:
    """In Qing County, with another county beside it."""
    neighbours.build(qing)
    return prepare(qing)


def concluded(qing: QingCounty) -> Case:
    """Said to be solved."""
    return acts.conclude(qing, handling_(qing))


def asked_again(qing: QingCounty) -> Case:
    """Said to be solved, and the resident says it is not."""
    return acts.evaluate(concluded(qing), solved=Solved.NO, words="水还是没来")


def evaluated(qing: QingCounty) -> Case:
    """Said to be solved, and the resident agrees."""
    return acts.evaluate(concluded(qing))


def begun_again(qing: QingCounty, case: Case) -> Case:
    """A concluded case in handling again, in its second round."""
    case = acts.evaluate(case, solved=Solved.NO, words="水还是没来")
    case = acts.dispatch(qing, reopening.reopen(case, by=qing.chen_dispatches, at=MONDAY_9AM))
    return handling.accept(case, by=qing.liu_handles_water, at=MONDAY_9AM)


def archived(qing: QingCounty) -> Case:
    """Filed."""
    return acts.archive(qing, evaluated(qing))


def restricted(qing: QingCounty) -> Case:
    """An accusation against the water bureau, which names only its opener."""
    return acts.open_accusation(qing)


def _object(qing: QingCounty, case: Case, by: User, at: datetime) -> Case:
    reason = ObjectionReason.NOT_OUR_DUTY
    return dispatching.object_to(case, reason=reason, basis=BASIS, names=qing.roads, by=by, at=at)


def _conclude(qing: QingCounty, case: Case, by: User, at: datetime) -> Case:
    return handling.conclude(case, outcome=Outcome.SOLVED, public_reply="已修好", by=by, at=at)


def _call(qing: QingCounty, case: Case, by: User, at: datetime) -> Case:
    return closing.evaluate(case, Answer(solved=Solved.YES, channel=AnswerChannel.CALL), by=by, at=at)


def _give_up(qing: QingCounty, case: Case, by: User, at: datetime) -> Case:
    code = str(case.log.get(verb="open").facts["report"])
    return withdrawing.ask_withdraw(case, report=code, words="邻居帮忙修好了", by=by, at=at)


def _revisit(qing: QingCounty, case: Case, by: User, at: datetime) -> Case:
    return closing.revisit(case, solved=Solved.YES, channel=AnswerChannel.CALL, words="水一直正常", by=by, at=at)


def _hand_on(qing: QingCounty, case: Case, by: User, at: datetime) -> Case:
    county = County.objects.get(code=neighbours.BAI)
    return handing_on.hand_on(case, to=county, reason="水管在白县境内", by=by, at=at)


def _correct(qing: QingCounty, case: Case, by: User, at: datetime) -> Case:
    what = Description(kind=Kind.HAZARD, urgency=Urgency(case.urgency), category=None, region=qing.west)
    return correcting.correct(case, what, reason="在西镇", by=by, at=at)


def _extend(qing: QingCounty, case: Case, by: User, at: datetime) -> Case:
    return delaying.ask_extension(case, more=3, reason="等新水管", by=by, at=at)


def _pause(qing: QingCounty, case: Case, by: User, at: datetime) -> Case:
    return delaying.ask_pause(case, until=date(2026, 3, 5), reason="等新水管", by=by, at=at)


def _name(qing: QingCounty, case: Case, by: User, at: datetime) -> Case:
    return opening.name_viewer(case, qing.chen_dispatches, reason="由其分办", by=by, at=at)


def named(qing: QingCounty) -> Case:
    """The accusation, which names a dispatcher besides its opener."""
    return _name(qing, restricted(qing), qing.ma_clerks, MONDAY_9AM)


def _unname(qing: QingCounty, case: Case, by: User, at: datetime) -> Case:
    return naming.unname_viewer(case, qing.chen_dispatches, reason="已调离", by=by, at=at)


ROWS = [
    Row("join", opened, lambda q, c, by, at: opening.join(c, report_code="QX22222222A", by=by, at=at),
        "ma_clerks", "liu_handles_water", concluded),
    Row("name_viewer", restricted, _name, "ma_clerks", "zhou_clerks"),
    Row("unname_viewer", named, _unname, "ma_clerks", "zhou_clerks"),
    Row("dispatch", opened, lambda q, c, by, at: dispatching.dispatch(c, to=q.water, by=by, at=at),
        "chen_dispatches", "sun_dispatches_west", dispatched),
    Row("object", dispatched, _object, "liu_handles_water", "zhao_handles_roads", handling_),
    Row("designate", objected, lambda q, c, by, at: dispatching.designate(c, to=q.roads, by=by, at=at),
        "wu_supervises", "chen_dispatches", dispatched),
    Row("accept", dispatched, lambda q, c, by, at: handling.accept(c, by=by, at=at),
        "liu_handles_water", "zhao_handles_roads", handling_),
    Row("assign", handling_, lambda q, c, by, at: assigning.assign(c, to=q.liu_handles_water, by=by, at=at),
        "liu_handles_water", "chen_dispatches", concluded),
    Row("accept_assist", helped, lambda q, c, by, at: assisting.accept_assist(c, by=by, at=at),
        "han_handles_east", "liu_handles_water", handling_),
    Row("finish_assist", accepted_help, lambda q, c, by, at: assisting.finish_assist(c, by=by, at=at),
        "han_handles_east", "liu_handles_water", handling_),
    Row("add_progress", handling_, lambda q, c, by, at: handling.add_progress(c, public="已到现场", by=by, at=at),
        "liu_handles_water", "zhao_handles_roads", concluded),
    Row("add_note", handling_, lambda q, c, by, at: handling.add_note(c, note="与施工队联系", by=by, at=at),
        "chen_dispatches", "sun_dispatches_west"),
    Row("undo_note", noted, lambda q, c, by, at: undoing.undo_note(c, by=by, at=at),
        "liu_handles_water", "chen_dispatches", handling_),
    Row("supervise", handling_, lambda q, c, by, at: handling.supervise(c, note="请今日到场", by=by, at=at),
        "wu_supervises", "chen_dispatches", concluded),
    Row("correct", handling_, _correct, "ma_clerks", "liu_handles_water", concluded),
    Row("ask_assistants", handling_,
        lambda q, c, by, at: dispatching.ask_assistants(c, assist=[q.roads], by=by, at=at),
        "liu_handles_water", "zhao_handles_roads", concluded),
    Row("ask_extension", handling_, _extend, "liu_handles_water", "chen_dispatches", concluded),
    Row("ask_pause", handling_, _pause, "liu_handles_water", "zhao_handles_roads", dispatched),
    Row("approve_delay", asked_for_days, lambda q, c, by, at: delaying.approve_delay(c, by=by, at=at),
        "wu_supervises", "liu_handles_water", handling_),
    Row("refuse_delay", asked_for_days, lambda q, c, by, at: delaying.refuse_delay(c, reason="不必", by=by, at=at),
        "wu_supervises", "chen_dispatches", handling_),
    Row("resume", paused, lambda q, c, by, at: delaying.resume(c, by=by, at=at),
        "liu_handles_water", "zhao_handles_roads", handling_),
    Row("raise_up", handling_, lambda q, c, by, at: raising.raise_up(c, reason="主管网归市里管", by=by, at=at),
        "liu_handles_water", "chen_dispatches", dispatched),
    Row("hand_on", beside_bai, _hand_on, "liu_handles_water", "ma_clerks", lambda q: beside_bai(q, dispatched)),
    Row("ask_withdraw", handling_, _give_up, "ma_clerks", "liu_handles_water", concluded),
    Row("conclude", handling_, _conclude, "liu_handles_water", "zhao_handles_roads", concluded),
    Row("evaluate", concluded, _call, "ma_clerks", "liu_handles_water", handling_),
    Row("archive", evaluated, lambda q, c, by, at: closing.archive(c, by=by, at=at),
        "chen_dispatches", "liu_handles_water", handling_),
    Row("plan_revisit", archived, lambda q, c, by, at: closing.plan_revisit(c, by=by, at=at),  # type: ignore[arg-type]
        "machine", "chen_dispatches", concluded),
    Row("repoint", handling_, lambda q, c, by, at: repointing.to_place(c, q.west, by=by, at=at),
        "machine", "shi_runs_the_system"),
    Row("revisit", archived, _revisit, "ma_clerks", "liu_handles_water", concluded),
    Row("ask_reopen", evaluated, lambda q, c, by, at: reopening.ask_reopen(c, words="又停水了", by=by, at=at),
        "ma_clerks", "liu_handles_water", handling_),
    Row("reopen", asked_again, lambda q, c, by, at: reopening.reopen(c, by=by, at=at),
        "chen_dispatches", "liu_handles_water", handling_),
    Row("refuse_reopen", asked_again,
        lambda q, c, by, at: reopening.refuse_reopen(c, reason="已复核", other_road="可申请复查", by=by, at=at),
        "chen_dispatches", "liu_handles_water", handling_),
]  # fmt: skip


def actor(qing: QingCounty, name: str) -> User:
    """Find who takes the step; the machine stands in the table as a name."""
    return Machine("test") if name == "machine" else getattr(qing, name)  # type: ignore[return-value]
