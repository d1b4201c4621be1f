"""A dispute goes to mediation: the clock of the tier is its clock. Called by mediation, which holds the dossier.

What people do at the table stands in the dossier; each act leaves its line here, in the one log of the case.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.derivation import Span
from fengqiao.cases.models import Assist, Case, RaiseUp, Stage
from fengqiao.cases.policy import standing
from fengqiao.cases.transitions.dispatching import must_be_fit
from fengqiao.cases.transitions.taking import Fact, Words, taking
from fengqiao.cases.vocabulary import Kind, Outcome
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Actor
from fengqiao.people.models import Role, Unit, User

ENDS = (Outcome.SOLVED, Outcome.NOT_SETTLED, Outcome.WITHDRAWN)  # how a mediation can end a case


def mediate(case: Case, *, to: Unit, span: Span, by: User, at: datetime, words: Words | None = None) -> Case:
    """Hand a dispute to whoever mediates it; handling stops, and the clock of the first tier runs."""
    words = words or Words()
    words.facts |= {"unit": str(to.pk), "unit_name": to.name}
    with taking("mediate", case, by=by, at=at, words=words) as case:
        if case.kind != Kind.DISPUTE:
            raise Refused(_("Only a dispute can be mediated."))
        if case.delays.filter(round=case.round, decided_at__isnull=True).exists():
            raise Refused(_("More time has been asked for; wait for that decision first."))
        _must_be_their_own(case, to, by, at)
        must_be_fit(case, to, at)
        case.lead = to
        case.assists.filter(unit=to, round=case.round).delete()
        for stage in (Stage.DISPATCH, Stage.ACCEPT):
            deadlines.meet(case, stage, at)
        deadlines.stop(case, Stage.HANDLE, at=at)
        deadlines.start_for(case, Stage.MEDIATE, span, at)
    return case


def write_down(case: Case, words: Words, *, by: Actor, at: datetime) -> Case:
    """Write what was done in the dossier into the log of its case; the state of the case stays."""
    with taking("mediation", case, by=by, at=at, words=words) as case:
        pass
    return case


def escalate(case: Case, *, to: Unit, span: Span, reason: str, by: User, at: datetime) -> Case:
    """Hand the dispute to the tier above with its own clock; whoever had it keeps reading."""
    facts: dict[str, Fact] = {"unit": str(to.pk), "unit_name": to.name}
    with taking("escalate", case, by=by, at=at, words=Words(public=_said(reason), facts=facts)) as case:
        must_be_fit(case, to, at)
        assert case.lead is not None  # the database keeps it: a case in mediation has a lead
        if to == case.lead:
            raise Refused(_("%(unit)s mediates here already.") % {"unit": to})
        kept: dict[str, Any] = {"county": case.county, "case": case, "round": case.round, "unit": case.lead}
        RaiseUp.objects.create(**kept, centre=to, reason=reason, by=by, at=at, of_mediation=True)
        facts["raised_from"] = case.lead.name
        case.assists.filter(unit=to, round=case.round).delete()
        case.lead = to
        _next_tier(case, span, at)
    return case


def send_back(case: Case, *, to: Unit, span: Span, help_given: str, by: User, at: datetime) -> Case:
    """Hand the dispute back to the tier below, which the one above now helps."""
    facts: dict[str, Fact] = {"unit": str(to.pk), "unit_name": to.name}
    with taking("send_back", case, by=by, at=at, words=Words(note=_said(help_given), facts=facts)) as case:
        must_be_fit(case, to, at)
        helps = case.lead
        assert helps is not None  # the database keeps it: a case in mediation has a lead
        Assist.objects.update_or_create(
            county=case.county,
            case=case,
            unit=helps,
            round=case.round,
            defaults={"asked_at": at, "accepted_at": at, "done_at": None},
        )
        case.assists.filter(unit=to, round=case.round).delete()  # it leads now
        case.lead = to
        _next_tier(case, span, at)
    return case


def hand_over(case: Case, words: Words, *, to: Unit, span: Span, by: User, at: datetime) -> Case:
    """Hand a dispute to whoever mediates that of the other side; whoever had it keeps reading."""
    with taking("mediation", case, by=by, at=at, words=words) as case:
        must_be_fit(case, to, at)
        had = case.lead
        assert had is not None  # the database keeps it: a case in mediation has a lead
        done: dict[str, Any] = {"asked_at": at, "accepted_at": at, "done_at": at}
        if to != had:
            case.assists.filter(unit=to, round=case.round).delete()
            kept: dict[str, Any] = {"county": case.county, "case": case, "unit": had, "round": case.round}
            Assist.objects.update_or_create(**kept, defaults=done)
        case.lead = to
        _next_tier(case, span, at)
    return case


def settle(case: Case, *, outcome: Outcome, public_reply: str, by: User, at: datetime) -> Case:
    """End the mediation of a case with what came of it; the windows for evaluation and reopening open."""
    facts: dict[str, Fact] = {"outcome": str(outcome)}
    with taking("settle", case, by=by, at=at, words=Words(public=_said(public_reply), facts=facts)) as case:
        if outcome not in ENDS:
            raise ValueError(f"a mediation does not end as {outcome}")
        case.outcome, case.public_reply, case.concluded_at = outcome, public_reply, at
        deadlines.meet(case, Stage.MEDIATE, at)
        deadlines.start(case, Stage.EVALUATE, at)
        deadlines.start(case, Stage.REOPEN, at)
    return case


def _must_be_their_own(case: Case, to: Unit, by: User, at: datetime) -> None:
    """Refuse a mediator who gives a dispute to another committee than their own."""
    post, _verdict = standing(by, "mediate", case, at)
    if post is not None and post.role == Role.MEDIATOR and post.unit_id != to.pk:
        raise Refused(_("A mediator takes a dispute to the own committee alone."))


def _next_tier(case: Case, span: Span, at: datetime) -> None:
    """End the clock of the tier that had it, late or not, and begin that of the next."""
    deadlines.meet(case, Stage.MEDIATE, at)
    deadlines.start_for(case, Stage.MEDIATE, span, at)


def _said(words: str) -> str:
    """Give the words back, or refuse a step without any."""
    if not words.strip():
        raise Refused(_("Give the reason."))
    return words
