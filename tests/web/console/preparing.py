"""A case brought, just now, to where a step can be taken on its page."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from fengqiao.cases.models import Case, ObjectionReason
from fengqiao.cases.transitions import assisting, closing, delaying, dispatching, handling, opening
from fengqiao.cases.vocabulary import Solved
from fengqiao.people.actors import Machine
from tests import acts
from tests.cast import QingCounty
from tests.mediation import table as tables

TAKEN_WHILE_HANDLING = {
    "add_progress", "supervise", "ask_assistants", "raise_up", "hand_on", "conclude", "ask_withdraw", "ask_extension",
    "ask_pause", "assign", "correct",
}  # fmt: skip


def prepared(qing: QingCounty, verb: str, at: datetime) -> Case:
    """Bring a case to where this step can be taken."""
    if verb == "name_viewer":
        return acts.open_accusation(qing, at=at)
    if verb == "unname_viewer":
        lead = acts.open_accusation(qing, at=at)
        return opening.name_viewer(lead, qing.chen_dispatches, reason="由其分办", by=qing.ma_clerks, at=at)
    case = _a_dispute(qing, at) if verb == "mediate" else acts.open_leak(qing, at=at)
    if verb in ("mediate", "dispatch", "add_note"):
        return case
    case = _dispatched(qing, case, verb, at)
    if verb in ("accept", "object", "accept_assist", "finish_assist"):
        return case
    if verb == "designate":
        reason = ObjectionReason.NOT_OUR_DUTY
        return dispatching.object_to(
            case, reason=reason, basis="《公路法》", names=qing.roads, by=qing.liu_handles_water, at=at
        )
    return _in_handling(qing, handling.accept(case, by=qing.liu_handles_water, at=at), verb, at)


def _a_dispute(qing: QingCounty, at: datetime) -> Case:
    tables.found(qing)
    return tables.open_quarrel(qing, at=at)


def _dispatched(qing: QingCounty, case: Case, verb: str, at: datetime) -> Case:
    assist = [qing.east_office] if verb.endswith("_assist") else []
    case = dispatching.dispatch(case, to=qing.water, assist=assist, by=qing.chen_dispatches, at=at)
    return assisting.accept_assist(case, by=qing.han_handles_east, at=at) if verb == "finish_assist" else case


def _in_handling(qing: QingCounty, case: Case, verb: str, at: datetime) -> Case:
    if verb in TAKEN_WHILE_HANDLING:
        return case
    if verb == "undo_note":
        return handling.add_note(case, note="写错了的备注", by=qing.liu_handles_water, at=at)
    asks_for_time = verb in ("approve_delay", "refuse_delay", "resume")
    return _with_a_pause(qing, case, verb, at) if asks_for_time else _concluded(qing, case, verb, at)


def _concluded(qing: QingCounty, case: Case, verb: str, at: datetime) -> Case:
    case = acts.conclude(qing, case, at=at)
    return case if verb in ("evaluate", "ask_reopen") else _after_the_answer(qing, case, verb, at)


def _with_a_pause(qing: QingCounty, case: Case, verb: str, at: datetime) -> Case:
    until = localdate(at) + timedelta(days=3)
    case = delaying.ask_pause(case, until=until, reason="等新水管", by=qing.liu_handles_water, at=at)
    return delaying.approve_delay(case, by=qing.wu_supervises, at=at) if verb == "resume" else case


def _after_the_answer(qing: QingCounty, case: Case, verb: str, at: datetime) -> Case:
    if verb in ("reopen", "refuse_reopen"):
        return acts.evaluate(case, solved=Solved.NO, words="水还是没来", at=at)
    case = acts.evaluate(case, at=at)
    if verb == "archive":
        return case
    return closing.plan_revisit(acts.archive(qing, case, at=at), by=Machine("revisit.sampled"), at=at)
