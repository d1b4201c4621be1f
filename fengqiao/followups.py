"""What follows each step: one dictionary. Each function takes the log line, and doing it twice does it once.

A step writes its line and is done; the worker looks the verb up here. What must be true together with a step is not
here but inside the step.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from django.db.models import Q

from fengqiao.cases.models import ActorKind, Assist, CaseLog, Stage
from fengqiao.cases.tiers import centre_outside
from fengqiao.cases.transitions import closing
from fengqiao.cases.vocabulary import Solved
from fengqiao.cases.workflow import OPEN, WITH_A_LEAD, Status
from fengqiao.mediation.models import Dossier
from fengqiao.mediation.workflow import Stand
from fengqiao.oversight import owing, sampling, transitions
from fengqiao.oversight.models import Notice
from fengqiao.oversight.owing import Duty
from fengqiao.people.actors import Machine
from fengqiao.people.models import Role

FollowUp: TypeAlias = Callable[[CaseLog, datetime], None]


def tell_lead(line: CaseLog, at: datetime) -> None:
    """Tell the lead unit that the case is in its hands."""
    if line.case.status in WITH_A_LEAD:
        transitions.tell(line, Notice.Kind.DISPATCHED, owing.lead(line.case, at), at=at)


def tell_lead_that_took_over(line: CaseLog, at: datetime) -> None:
    """Tell the unit that the case came to it from one that is no more."""
    if line.facts.get("unit_now"):
        tell_lead(line, at)


def tell_assistants(line: CaseLog, at: datetime) -> None:
    """Tell the units asked to assist at this step."""
    if not line.facts.get("assist"):
        return
    for asked in Assist.objects.filter(case=line.case, round=line.round, asked_at=line.at).select_related("unit"):
        transitions.tell(line, Notice.Kind.ASSISTING, Duty(asked.unit, Role.HANDLER), at=at)


def tell_arbiter(line: CaseLog, at: datetime) -> None:
    """Tell the supervisors who decide on the objection."""
    if line.case.status == Status.OBJECTED:
        transitions.tell(line, Notice.Kind.OBJECTED, owing.arbiter(line.case, at), at=at)


def tell_lead_it_is_supervised(line: CaseLog, at: datetime) -> None:
    """Hand the supervision notice to the lead unit; before dispatch to those who owe that."""
    duty = owing.lead if line.case.lead_id else owing.dispatcher
    transitions.tell(line, Notice.Kind.SUPERVISED, duty(line.case, at), at=at)


def tell_decider_it_is_not_solved(line: CaseLog, at: datetime) -> None:
    """Tell those who decide on reopening that the resident says it is not solved."""
    if line.facts.get("solved") == Solved.NO and _waits_for_a_decision(line):
        transitions.tell(line, Notice.Kind.NOT_SOLVED, owing.decider(line.case, at), at=at)


def tell_decider(line: CaseLog, at: datetime) -> None:
    """Tell those who decide on reopening that it is asked for."""
    if _waits_for_a_decision(line):
        transitions.tell(line, Notice.Kind.ASKED_AGAIN, owing.decider(line.case, at), at=at)


def _waits_for_a_decision(line: CaseLog) -> bool:
    """Test if nobody was quicker: what is decided asks nothing of anyone, least of all of whoever has it by now."""
    return line.case.reopen_requests.filter(round=line.round, decided_at__isnull=True).exists()


def tell_holder_it_is_given_up(line: CaseLog, at: datetime) -> None:
    """Tell whoever has the open case that a resident no longer wants it."""
    if line.case.status in OPEN:
        duty = owing.lead if line.case.lead_id else owing.dispatcher
        transitions.tell(line, Notice.Kind.WITHDRAW, duty(line.case, at), at=at)


def tell_dispatcher(line: CaseLog, at: datetime) -> None:
    """Tell the dispatching centre that the case is back."""
    if line.case.status == Status.OPENED:
        transitions.tell(line, Notice.Kind.REOPENED, owing.dispatcher(line.case, at), at=at)


def tell_dispatcher_above(line: CaseLog, at: datetime) -> None:
    """Tell the centre above that a case was raised to it."""
    if line.case.status == Status.OPENED:
        transitions.tell(line, Notice.Kind.RAISED, owing.dispatcher(line.case, at), at=at)


def tell_county_it_is_theirs(line: CaseLog, at: datetime) -> None:
    """Tell the centre of a county that a matter was handed on to it."""
    if line.case.continues_id and line.case.status == Status.OPENED:
        transitions.tell(line, Notice.Kind.HANDED_ON, owing.dispatcher(line.case, at), at=at)


def tell_approver(line: CaseLog, at: datetime) -> None:
    """Tell the supervisors who decide that more time is asked for, while the case still stands where they can."""
    case = line.case
    is_asked = case.status == Status.HANDLING and case.round == line.round
    if is_asked and case.delays.filter(round=case.round, decided_at__isnull=True).exists():
        transitions.tell(line, Notice.Kind.DELAY_ASKED, owing.approver(line.case, at), at=at)


def tell_lead_of_the_delay(line: CaseLog, at: datetime) -> None:
    """Tell the lead unit what was decided on its request."""
    if line.case.status == Status.HANDLING:
        transitions.tell(line, Notice.Kind.DELAY_TOLD, owing.lead(line.case, at), at=at)


def forget_alerts(line: CaseLog, at: datetime) -> None:
    """Take back the alerts of a due time that no longer holds, or that another now owes."""
    transitions.forget_alerts(line)


def plan_revisit(line: CaseLog, at: datetime) -> None:
    """Put the case down for a revisit if it was drawn or went badly, and somebody outside its lead unit can call."""
    case = line.case
    if case.status != Status.ARCHIVED or case.round != line.round or at - line.at > TOO_LATE_TO_ASK:
        return
    planned = case.clocks.filter(stage=Stage.REVISIT, round=line.round).exists()
    if (rule := sampling.why_revisit(case)) and not planned and centre_outside(case, {case.lead_id}, at) is not None:
        closing.plan_revisit(case, by=Machine(rule), at=at)


def tell_mediators(line: CaseLog, at: datetime) -> None:
    """Tell a committee that a dispute came to it; one that took it in itself knows."""
    if line.case.status == Status.MEDIATING and line.unit_id != line.case.lead_id:
        transitions.tell(line, CAME[line.verb], owing.mediator(line.case, at), at=at)


def tell_of_the_dossier(line: CaseLog, at: datetime) -> None:
    """Do what follows an act in a dossier: most acts are done with their line."""
    act = line.facts.get("act")
    if act in MORE_TIME:
        transitions.forget_alerts(line)
    kind = _told_of(line, str(act))
    if kind is not None and line.case.lead_id:
        transitions.tell(line, kind, owing.mediator(line.case, at), at=at)


def _told_of(line: CaseLog, act: str) -> Notice.Kind | None:
    """Find the word that an act asks to be sent to the mediators, if it still says something."""
    if act == "refuse":
        refused = Dossier.objects.filter(case=line.case_id, stand=Stand.REFUSED).exists()
        return Notice.Kind.REFUSED if refused else None
    if act == "remind":
        return Notice.Kind.ITEM_DUE if line.facts.get("about") == "item" else Notice.Kind.CONFIRM_DUE
    if act in JOINING and line.actor == ActorKind.MACHINE:  # written here by what the other unit did
        return JOINING[act]
    return Notice.Kind.UNSIGNED if act in WORDED_ANEW and line.facts.get("unsigned") else None


CAME = {
    "mediate": Notice.Kind.MEDIATING,
    "escalate": Notice.Kind.ESCALATED,
    "send_back": Notice.Kind.SENT_BACK,
}
MORE_TIME = ("extend", "pause", "resume")
WORDED_ANEW = ("draft", "drop_draft", "replace_party", "change_party", "change_agent")
JOINING = {"ask_to_join": Notice.Kind.JOIN_ASKED, "answer_ask": Notice.Kind.JOIN_TOLD}
FOLLOWED_ACTS = (*MORE_TIME, *WORDED_ANEW, *JOINING, "refuse", "remind")

# Cases imported with their history were archived long ago: a call about them now would only puzzle people.
TOO_LATE_TO_ASK = timedelta(days=30)

FOLLOW_UPS: dict[str, tuple[FollowUp, ...]] = {
    "open": (tell_county_it_is_theirs,),
    "dispatch": (tell_lead, tell_assistants),
    "object": (tell_arbiter,),
    "designate": (tell_lead,),
    "supervise": (tell_lead_it_is_supervised,),
    "ask_assistants": (tell_assistants,),
    "ask_extension": (tell_approver,),
    "ask_pause": (tell_approver,),
    "approve_delay": (forget_alerts, tell_lead_of_the_delay),
    "refuse_delay": (tell_lead_of_the_delay,),
    "resume": (forget_alerts,),
    "ask_withdraw": (tell_holder_it_is_given_up,),
    "raise_up": (forget_alerts, tell_dispatcher_above),
    "mediate": (tell_mediators,),
    "escalate": (tell_mediators,),
    "send_back": (tell_mediators,),
    "mediation": (tell_of_the_dossier,),
    "evaluate": (tell_decider_it_is_not_solved,),
    "ask_reopen": (tell_decider,),
    "reopen": (tell_dispatcher,),
    "archive": (plan_revisit,),
    "repoint": (tell_lead_that_took_over,),
    "revisit": (tell_decider_it_is_not_solved,),
}

# What follows these holds rows besides (docs/adr/0054): not several of them in one transaction.
FOLLOWED_ALONE = ("approve_delay", "resume", "raise_up", "mediation", "archive")

# Lines that nothing follows need not be taken one by one: most cases were not handed on by another county.
FOLLOWED_BY_NOTHING = (
    ~Q(line__verb__in=FOLLOW_UPS)
    | Q(line__verb="open", line__case__continues__isnull=True)
    | Q(line__verb="mediation") & ~Q(line__facts__act__in=FOLLOWED_ACTS)
)
