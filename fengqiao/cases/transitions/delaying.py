"""More time for handling: asked for by the lead unit, decided outside it. Until it is approved nothing moves."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.models import Case, CaseClock, Delay, Stage
from fengqiao.cases.policy import standing
from fengqiao.cases.rules import rule_for
from fengqiao.cases.tiers import centre_outside
from fengqiao.cases.transitions.taking import Fact, Words, taking
from fengqiao.kit.verdict import Refused
from fengqiao.kit.workdays import midnight_after
from fengqiao.people.models import User


def ask_extension(case: Case, *, more: int, reason: str, by: User, at: datetime) -> Case:
    """Ask for a longer span, in the unit of the handling clock; a second one in a round only if that was allowed."""
    words = Words(note=_said(reason), facts={"more": more})
    with taking("ask_extension", case, by=by, at=at, words=words) as case:
        clock = _clock_in_time(case, at)
        words.facts["counted_in"] = clock.unit
        _must_be_within_the_rule(case, clock, more)
        _ask(case, Delay(kind=Delay.Kind.EXTENSION, more=more, reason=reason, by=by, at=at))
    return case


def ask_pause(case: Case, *, until: date, reason: str, by: User, at: datetime) -> Case:
    """Ask that the handling clock stand still until the end of a day."""
    words = Words(note=_said(reason), facts={"until": until.isoformat()})
    with taking("ask_pause", case, by=by, at=at, words=words) as case:
        _must_be_pausable(case, _clock_in_time(case, at), until, at)
        _ask(case, Delay(kind=Delay.Kind.PAUSE, until=until, reason=reason, by=by, at=at))
    return case


def approve_delay(case: Case, *, by: User, at: datetime, may_ask_again: bool = False, note: str = "") -> Case:
    """Grant what is asked for: from here on the due time is the new one, and the resident reads why."""
    words = Words(note=note)
    with taking("approve_delay", case, by=by, at=at, words=words) as case:
        delay, clock = _waiting(case), _clock(case)
        due_was = clock.due_at
        post, _verdict = standing(by, "approve_delay", case, at)
        moved = _grant(case, delay, who=post.unit.name if post else str(by), at=at)
        delay.may_ask_again = may_ask_again
        _answer(delay, Delay.Decision.APPROVED, by, at)
        words.public = delay.reason
        words.facts = _what(delay, clock) | {"due_was": due_was.isoformat(), "due": moved.due_at.isoformat()}
    return case


def refuse_delay(case: Case, *, reason: str, by: User, at: datetime) -> Case:
    """Decline what is asked for, with the reason; the due time stays."""
    words = Words(note=_said(reason))
    with taking("refuse_delay", case, by=by, at=at, words=words) as case:
        delay = _waiting(case)
        _answer(delay, Delay.Decision.REFUSED, by, at)
        words.facts = _what(delay, _clock(case))
    return case


def resume(case: Case, *, by: User, at: datetime, note: str = "") -> Case:
    """Let the handling clock run again before the pause is over."""
    words = Words(note=note)
    with taking("resume", case, by=by, at=at, words=words) as case:
        clock = _clock(case)
        if not clock.is_paused(at):
            raise Refused(_("The handling time is not paused."))
        due_was = clock.due_at
        moved = deadlines.resume(case, Stage.HANDLE, at=at)
        words.facts = {"due_was": due_was.isoformat(), "due": moved.due_at.isoformat()}
    return case


def _grant(case: Case, delay: Delay, *, who: str, at: datetime) -> CaseClock:
    """Move the clock by what is asked for."""
    if delay.until is not None:
        _must_be_pausable(case, _clock_in_time(case, at), delay.until, at)
        moved = deadlines.pause(case, Stage.HANDLE, until=midnight_after(delay.until), who=who, at=at)
    else:
        assert delay.more is not None  # the database keeps it: an extension says by how much
        moved = deadlines.extend(case, Stage.HANDLE, more=delay.more, who=who, at=at)
    return moved


def _ask(case: Case, delay: Delay) -> None:
    """Write the request down, one at a time, if somebody outside the lead unit can decide on it."""
    if case.delays.filter(round=case.round, decided_at__isnull=True).exists():
        raise Refused(_("More time has been asked for already; the decision is awaited."))
    if centre_outside(case, {case.lead_id}, delay.at) is None:
        raise Refused(
            _(
                "No centre stands above your own on this platform, so nobody can decide on more time. "
                "Note for the resident why it takes longer, and conclude as soon as you can."
            )
        )
    assert case.lead is not None  # the database keeps it: a case in handling has a lead
    delay.county, delay.case, delay.round, delay.unit = case.county, case, case.round, case.lead
    delay.save(force_insert=True)


def _answer(delay: Delay, decision: Delay.Decision, by: User, at: datetime) -> None:
    """Answer the request."""
    delay.decision, delay.decided_by, delay.decided_at = decision, by, at
    delay.save()


def _waiting(case: Case) -> Delay:
    """Find the request that waits."""
    delay = case.delays.filter(round=case.round, decided_at__isnull=True).first()
    if delay is None:
        raise Refused(_("Nobody has asked for more time."))
    return delay


def _what(delay: Delay, clock: CaseClock) -> dict[str, Fact]:
    """Say for the log what was asked for."""
    if delay.until is not None:
        return {"until": delay.until.isoformat()}
    return {"more": delay.more, "counted_in": clock.unit}


def _clock(case: Case) -> CaseClock:
    """Find the running handling clock."""
    clock = deadlines.running(case, Stage.HANDLE)
    if clock is None:
        raise Refused(_("No handling time is running on this case."))
    return clock


def _clock_in_time(case: Case, at: datetime) -> CaseClock:
    """Find the running handling clock, if its time is not over yet."""
    clock = _clock(case)
    if clock.is_overdue(at):
        raise Refused(_("The handling time is over; what is late is not made punctual afterwards."))
    return clock


def _said(reason: str) -> str:
    """Give the reason back, or refuse a request or an answer without one."""
    if not reason.strip():
        raise Refused(_("Give the reason."))
    return reason


def _must_be_within_the_rule(case: Case, clock: CaseClock, more: int) -> None:
    """Refuse an extension beyond what the rule allows, and a second one in a round that no approver allowed."""
    most = deadlines.extendable_by(case, clock)
    if not 1 <= more <= most:
        raise Refused(_("The rule allows an extension by 1 to %(most)d at most.") % {"most": most})
    approved = case.delays.filter(round=case.round, kind=Delay.Kind.EXTENSION, decision=Delay.Decision.APPROVED)
    last = approved.order_by("-decided_at", "-id").first()
    if last is not None and not last.may_ask_again:
        raise Refused(_("Extended once in this round already; only the approver can allow another."))


def _must_be_pausable(case: Case, clock: CaseClock, until: date, at: datetime) -> None:
    """Refuse a pause within a pause, one that is past, and more days in a round than the rule allows."""
    if clock.is_paused(at):
        raise Refused(_("The handling time is paused already."))
    if until < localdate(at):
        raise Refused(_("That day is past; name a later one."))
    rule = rule_for(case.county, clock.stage, case.urgency, clock.started_at)
    still = sum((ends - begins for begins, ends in clock.stretches_still()), midnight_after(until) - at)
    if still > timedelta(days=rule.pausable_days):
        raise Refused(_("The rule allows pauses of %(days)d days in a round at most.") % {"days": rule.pausable_days})
