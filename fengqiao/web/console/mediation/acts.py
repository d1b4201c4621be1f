"""Which form each act of a dossier has, which call of the domain it makes, and what it is about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from fengqiao.cases import deadlines
from fengqiao.cases.models import Stage
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Agreement, Dossier, Item, Party, Referral
from fengqiao.mediation.transitions import (
    agreeing,
    consenting,
    dangers,
    ending,
    identities,
    inviting,
    linking,
    meetings,
    opening,
    parties,
    performing,
    referring,
    succession,
    tiers,
)
from fengqiao.mediation.vocabulary import Consent, PartyKind, Road
from fengqiao.mediation.workflow import ACTS as TABLE
from fengqiao.mediation.workflow import Act as Row
from fengqiao.mediation.workflow import Stand
from fengqiao.web.console.mediation.forms import afterwards, drafting
from fengqiao.web.console.mediation.forms import agreeing as of_agreeing
from fengqiao.web.console.mediation.forms import beside as of_help
from fengqiao.web.console.mediation.forms import changing as of_changes
from fengqiao.web.console.mediation.forms import ending as of_the_end
from fengqiao.web.console.mediation.forms import identity as of_identity
from fengqiao.web.console.mediation.forms import meetings as of_meetings
from fengqiao.web.console.mediation.forms import parties as of_parties
from fengqiao.web.console.mediation.forms import tiers as of_tiers
from fengqiao.web.console.mediation.forms.base import ActForm

Makes = Callable[[Dossier, Any], bool]


def _always(_dossier: Dossier, _about: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Act:
    """An act as people take it on a page: what it asks, the one call it makes, and when it makes sense."""

    form: type[ActForm]
    take: Callable[..., object]
    icon: str
    on: str = ""  # what of the dossier it is about: a name in `THINGS`; none: the dossier itself
    makes_sense: Makes = _always
    verb: str = ""  # of the domain's table, where several acts of the page are one there
    label: Any = ""
    page: str = ""  # shows what the call gave, this once; none: the dossier is shown anew


def _not_agreed(_dossier: Dossier, party: Party) -> bool:
    return party.consent != Consent.GIVEN


def _not_asked(_dossier: Dossier, party: Party) -> bool:
    return party.consent == Consent.NOT_ASKED


def _not_told(_dossier: Dossier, party: Party) -> bool:
    return party.acknowledged_at is None


def _came_from_below(dossier: Dossier, _about: Any) -> bool:
    return dossier.rounds.count() > 1


def _has_a_register(dossier: Dossier, _about: Any) -> bool:
    """Only people's mediation has mediators to choose from; a department's own people mediate there."""
    return dossier.road == Road.PEOPLES


def _has_mediator(dossier: Dossier, _about: Any) -> bool:
    return dossier.mediator_id is not None


def _not_signed(dossier: Dossier, party: Party) -> bool:
    draft = draft_of(dossier)
    return draft is not None and party.pk not in {each.party_id for each in draft.signatures.all()}


def _mediator_not_signed(dossier: Dossier, _about: Any) -> bool:
    draft = draft_of(dossier)
    return draft is not None and draft.mediator_signed_at is None


def _not_sealed(dossier: Dossier, _about: Any) -> bool:
    draft = draft_of(dossier)
    return draft is not None and draft.sealed_at is None


def _owed(_dossier: Dossier, item: Item) -> bool:
    return item.done_at is None


def _court_not_asked(dossier: Dossier, _about: Any) -> bool:
    agreement = effective_of(dossier)
    return agreement is not None and not agreement.court


def _court_asked(dossier: Dossier, _about: Any) -> bool:
    agreement = effective_of(dossier)
    return agreement is not None and agreement.court == Agreement.Court.ASKED


def _not_answered(_dossier: Dossier, referral: Referral) -> bool:
    return not referral.answer


def _taken_on(_dossier: Dossier, referral: Referral) -> bool:
    return referral.answer == Referral.Answer.ACCEPTED


def _is_person(_dossier: Dossier, party: Party) -> bool:
    return party.kind == PartyKind.PERSON


def _has_identity(_dossier: Dossier, party: Party) -> bool:
    return hasattr(party, "identity")


def _stands_still(dossier: Dossier, _about: Any) -> bool:
    clock = deadlines.running(dossier.case, Stage.MEDIATE)
    return clock is not None and clock.is_paused(now())


def draft_of(dossier: Dossier) -> Agreement | None:
    """Find the wording that is to be signed."""
    return _in_state(dossier, Agreement.State.DRAFT)


def effective_of(dossier: Dossier) -> Agreement | None:
    """Find the agreement in force."""
    return _in_state(dossier, Agreement.State.EFFECTIVE)


def _in_state(dossier: Dossier, state: Agreement.State) -> Agreement | None:
    """Look among the wordings, which the page of a dossier has at hand; there are few, and one of these at most."""
    return next((each for each in dossier.agreements.all() if each.state == state), None)


def _of_draft(take: Callable[..., object]) -> Callable[..., object]:
    """Take an act of the draft of a dossier."""
    return lambda dossier, **facts: take(_must(draft_of(dossier)), **facts)


def _of_effective(take: Callable[..., object]) -> Callable[..., object]:
    """Take an act of the agreement in force of a dossier."""
    return lambda dossier, **facts: take(_must(effective_of(dossier)), **facts)


def _sign(party: Party, **facts: Any) -> object:
    """Check the signature of a party off under the draft."""
    return agreeing.sign(_must(draft_of(party.dossier)), party, **facts)


def _must(agreement: Agreement | None) -> Agreement:
    if agreement is None:
        raise Refused(_("There is no agreement for this now."))
    return agreement


ACTS: dict[str, Act] = {
    "begin": Act(ActForm, consenting.begin, "check"),
    "add_party": Act(of_parties.AddParty, parties.add_party, "plus"),
    "choose_mediator": Act(of_parties.ChooseMediator, consenting.choose_mediator, "user-check", "", _has_a_register),
    "ask_consent": Act(of_parties.Told, consenting.ask_consent, "help-circle", "party", _not_asked),
    "give_consent": Act(of_parties.Said, consenting.give_consent, "thumb-up", "party", _not_agreed),
    "acknowledge": Act(of_parties.Acknowledge, consenting.acknowledge, "notes", "party", _not_told),
    "appoint_agent": Act(of_parties.AppointAgent, parties.appoint_agent, "user", "party"),
    "enter_identity": Act(
        of_identity.EnterIdentity,
        identities.enter,
        "fingerprint",
        "party",
        _is_person,
        "change_party",
        _("Enter the identity number"),
    ),
    "show_identity": Act(
        of_identity.ShowIdentity,
        identities.show,
        "eye",
        "party",
        _has_identity,
        page="console/mediation/identity.html",
    ),
    "replace_party": Act(of_changes.ReplaceParty, succession.replace_party, "user-x", "party"),
    "refuse": Act(of_parties.Said, consenting.refuse, "thumb-down", "party"),
    "declare_interest": Act(of_parties.DeclareInterest, consenting.declare_interest, "user-x", "", _has_mediator),
    "plan_meeting": Act(of_meetings.PlanMeeting, meetings.plan, "calendar"),
    "hold_meeting": Act(of_meetings.HoldMeeting, meetings.hold, "pencil", "meeting"),
    "call_off_meeting": Act(of_meetings.CallOff, meetings.call_off, "x", "meeting"),
    "take_effect": Act(ActForm, _of_draft(agreeing.take_effect), "circle-check"),
    "sign": Act(of_agreeing.Sign, _sign, "edit", "party", _not_signed),
    "sign_as_mediator": Act(
        of_agreeing.SignedAt,
        _of_draft(agreeing.sign_as_mediator),
        "edit",
        "",
        _mediator_not_signed,
        "sign",
        _("The mediator has signed"),
    ),
    "seal": Act(
        of_agreeing.SealedAt, _of_draft(agreeing.seal), "circle-check", "", _not_sealed, "sign", _("The seal is on it")
    ),
    "check": Act(of_agreeing.Check, _of_draft(agreeing.check), "help-circle"),
    "draft": Act(drafting.Draft, agreeing.draft, "file-text"),
    "agree_orally": Act(drafting.AgreeOrally, agreeing.agree_orally, "message-circle"),
    "drop_draft": Act(ActForm, agreeing.drop_draft, "trash"),
    "perform": Act(afterwards.Perform, performing.perform, "check", "item", _owed),
    "breach": Act(afterwards.Breach, performing.breach, "alert-triangle", "item", _owed),
    "follow_up": Act(afterwards.FollowUpVisit, performing.follow_up, "phone"),
    "ask_court": Act(
        afterwards.AskCourt, _of_effective(performing.ask_court), "building-community", "", _court_not_asked
    ),
    "court_answered": Act(
        afterwards.CourtAnswered, _of_effective(performing.court_answered), "gavel", "", _court_asked
    ),
    "overturn": Act(afterwards.Overturn, _of_effective(performing.overturn), "arrow-back-up"),
    "refer": Act(afterwards.Refer, referring.refer, "heart", "party"),
    "answer_referral": Act(
        of_help.AnswerReferral, referring.answer_referral, "message-circle", "referral", _not_answered
    ),
    "end_referral": Act(
        of_help.EndReferral,
        referring.end_referral,
        "check",
        "referral",
        _taken_on,
        "answer_referral",
        _("The help has ended"),
    ),
    "invite": Act(of_help.Invite, inviting.invite, "users"),
    "answer_invitation": Act(of_help.AnswerInvitation, inviting.answer, "message-circle", "invitation"),
    "report_danger": Act(afterwards.ReportDanger, dangers.report_danger, "shield-lock"),
    "link": Act(of_changes.LinkCase, linking.link, "link"),
    "extend": Act(of_tiers.Extend, tiers.extend, "calendar"),
    "pause": Act(of_tiers.Pause, tiers.pause, "player-pause"),
    "resume": Act(ActForm, tiers.resume, "refresh", "", _stands_still),
    "escalate": Act(of_tiers.Escalate, tiers.escalate, "arrow-up"),
    "send_back": Act(of_tiers.SendBack, tiers.send_back, "arrow-back-up", "", _came_from_below),
    "end": Act(of_the_end.End, ending.end, "x"),
    "set_facts": Act(of_parties.SetFacts, opening.set_facts, "edit"),
}

# What an act can be about, found within the dossier.
THINGS: dict[str, Callable[[Dossier], Any]] = {
    "invitation": lambda dossier: dossier.invitations.all(),
    "item": lambda dossier: Item.objects.filter(agreement__dossier=dossier, agreement__state="effective"),
    "meeting": lambda dossier: dossier.meetings.filter(held_at__isnull=True, called_off_at__isnull=True),
    "party": lambda dossier: dossier.parties.filter(left_at__isnull=True).order_by("side", "joined_at", "id"),
    "referral": lambda dossier: dossier.referrals.filter(ended_at__isnull=True),
}

# What is seldom needed beside a party, and stands folded away.
SELDOM = {"appoint_agent", "enter_identity", "show_identity", "replace_party", "refuse", "refer"}

# What leads on from each stand, the nearest first.
ONWARD: dict[str, tuple[str, ...]] = {
    Stand.ASKING: ("begin",),
    Stand.SIGNING: ("take_effect",),
    Stand.REFUSED: ("end",),
}


def row_of(name: str) -> Row:
    """Give the row of the domain's table that an act of the page stands for."""
    return TABLE[ACTS[name].verb or name]


def label_of(name: str) -> str:
    """Name an act as the page offers it."""
    return str(ACTS[name].label or row_of(name).label)
