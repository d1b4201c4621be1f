"""A case is taken up again: asked for by the resident, decided by the dispatcher, never by the unit."""

from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.models import Case, ReopenRequest, Stage
from fengqiao.cases.transitions.taking import Fact, Words, taking
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Actor
from fengqiao.people.models import User


def ask_reopen(case: Case, *, words: str, by: Actor, at: datetime) -> Case:
    """Record that the resident asks for the case to be taken up again, within the window and with a reason."""
    if not words.strip():
        raise Refused(_("Say what is still not settled."))
    with taking("ask_reopen", case, by=by, at=at, words=Words(note=words)) as case:
        window = case.clocks.filter(round=case.round, stage=Stage.REOPEN).order_by("-started_at").first()
        if window is None or window.due_at < at:
            raise Refused(_("The time to ask for reopening is over; please report the matter anew."))
        request_reopening(case, words=words, at=at)
    return case


def reopen(case: Case, *, by: Actor, at: datetime, note: str = "") -> Case:
    """Take the case up again in a new round; nothing of the earlier one is erased."""
    facts: dict[str, Fact] = {"lead": case.lead.name if case.lead else ""}
    with taking("reopen", case, by=by, at=at, words=Words(note=note, facts=facts)) as case:
        facts["asked"] = _decide(case, ReopenRequest.Decision.REOPENED, at, reason=note).words
        _end_round(case, at)
        deadlines.start(case, Stage.DISPATCH, at)
    return case


def refuse_reopen(case: Case, *, reason: str, other_road: str, by: User, at: datetime) -> Case:
    """Decline to take the case up again; the resident reads why, and which road is open instead."""
    if not (reason.strip() and other_road.strip()):
        raise Refused(_("A refusal states the reason and the other road."))
    public = f"{reason}\n\n{other_road}"
    with taking("refuse_reopen", case, by=by, at=at, words=Words(public=public)) as case:
        _decide(case, ReopenRequest.Decision.REFUSED, at, reason=reason, other_road=other_road)
    return case


def request_reopening(case: Case, *, words: str, at: datetime) -> None:
    """Write down a request, once at a time, and start the clock of its decision. Called inside a step."""
    if case.reopen_requests.filter(decided_at__isnull=True).exists():
        raise Refused(_("Reopening has been asked for already; the decision is due soon."))
    ReopenRequest.objects.create(county=case.county, case=case, round=case.round, words=words, asked_at=at)
    deadlines.start(case, Stage.DECIDE, at)


def _decide(
    case: Case, decision: ReopenRequest.Decision, at: datetime, *, reason: str, other_road: str = ""
) -> ReopenRequest:
    """Answer the request that waits, and give it back."""
    waiting = case.reopen_requests.filter(decided_at__isnull=True).first()
    if waiting is None:
        raise Refused(_("Nobody has asked to reopen this case."))
    waiting.decision, waiting.decided_at = decision, at
    waiting.reason, waiting.other_road = reason, other_road
    waiting.save()
    deadlines.meet(case, Stage.DECIDE, at)
    return waiting


def _end_round(case: Case, at: datetime) -> None:
    """Leave the round behind: its windows close, and the case is nobody's until it is dispatched."""
    deadlines.stop(case, Stage.EVALUATE, Stage.REOPEN, Stage.REVISIT, at=at)
    case.round += 1
    case.lead = None
    case.was_objected = case.was_designated = False
    case.outcome, case.public_reply = "", ""
    case.concluded_at = case.archived_at = None
