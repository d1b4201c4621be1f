"""Which form each act of a dossier has, which call of the domain it makes, and what it is about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Agent, Agreement, Dossier, Item, Party
from fengqiao.mediation.transitions import (
    agreeing,
    consenting,
    correcting,
    dangers,
    ending,
    identities,
    inviting,
    joining,
    linking,
    meetings,
    opening,
    parties,
    performing,
    referring,
    succession,
    tiers,
)
from fengqiao.mediation.workflow import ACTS as TABLE
from fengqiao.mediation.workflow import Act as Row
from fengqiao.mediation.workflow import Stand
from fengqiao.web.console.mediation import sense
from fengqiao.web.console.mediation.forms import afterwards, drafting
from fengqiao.web.console.mediation.forms import agreeing as of_agreeing
from fengqiao.web.console.mediation.forms import beside as of_help
from fengqiao.web.console.mediation.forms import changing as of_changes
from fengqiao.web.console.mediation.forms import ending as of_the_end
from fengqiao.web.console.mediation.forms import identity as of_identity
from fengqiao.web.console.mediation.forms import joining as of_joining
from fengqiao.web.console.mediation.forms import meetings as of_meetings
from fengqiao.web.console.mediation.forms import parties as of_parties
from fengqiao.web.console.mediation.forms import tiers as of_tiers
from fengqiao.web.console.mediation.forms.base import ActForm
from fengqiao.web.console.mediation.sense import Sight

Makes = Callable[[Sight, Any], bool]


@dataclass(frozen=True, slots=True)
class Act:
    """An act as people take it on a page: what it asks, the one call it makes, and when it makes sense."""

    form: type[ActForm]
    take: Callable[..., object]
    icon: str
    on: str = ""  # what of the dossier it is about: a name in `THINGS`; none: the dossier itself
    makes_sense: Makes = sense.always
    verb: str = ""  # of the domain's table, where several acts of the page are one there
    label: Any = ""
    page: str = ""  # shows what the call gave, this once; none: the dossier is shown anew


def _of_draft(take: Callable[..., object]) -> Callable[..., object]:
    """Take an act of the draft of a dossier."""
    return lambda dossier, **facts: take(_must(sense.draft_of(dossier)), **facts)


def _of_effective(take: Callable[..., object]) -> Callable[..., object]:
    """Take an act of the agreement in force of a dossier."""
    return lambda dossier, **facts: take(_must(sense.effective_of(dossier)), **facts)


def _sign(party: Party, **facts: Any) -> object:
    """Check the signature of a party off under the draft."""
    return agreeing.sign(_must(sense.draft_of(party.dossier)), party, **facts)


def _must(agreement: Agreement | None) -> Agreement:
    if agreement is None:
        raise Refused(_("There is no agreement for this now."))
    return agreement


ACTS: dict[str, Act] = {
    "begin": Act(ActForm, consenting.begin, "check", "", sense.nothing_missing),
    "add_party": Act(of_parties.AddParty, parties.add_party, "plus"),
    "choose_mediator": Act(
        of_parties.ChooseMediator, consenting.choose_mediator, "user-check", "", sense.somebody_sits
    ),
    "ask_consent": Act(of_parties.Told, consenting.ask_consent, "help-circle", "party", sense.not_asked),
    "give_consent": Act(of_parties.Said, consenting.give_consent, "thumb-up", "party", sense.not_agreed),
    "acknowledge": Act(of_parties.Acknowledge, consenting.acknowledge, "notes", "party", sense.not_told),
    "appoint_agent": Act(of_parties.AppointAgent, parties.appoint_agent, "user", "party"),
    "change_party": Act(of_changes.ChangeParty, correcting.change_party, "edit", "party"),
    "change_agent": Act(of_changes.ChangeAgent, correcting.change_agent, "edit", "agent"),
    "dismiss_agent": Act(of_changes.DismissAgent, correcting.dismiss_agent, "user-x", "agent", sense.can_be_dismissed),
    "enter_identity": Act(
        of_identity.EnterIdentity,
        identities.enter,
        "fingerprint",
        "party",
        sense.is_person,
        "change_party",
        _("Enter the identity number"),
    ),
    "show_identity": Act(
        of_identity.ShowIdentity,
        identities.show,
        "eye",
        "party",
        sense.has_identity,
        page="console/mediation/identity.html",
    ),
    "replace_party": Act(of_changes.ReplaceParty, succession.replace_party, "user-x", "party"),
    "refuse": Act(of_parties.Said, consenting.refuse, "thumb-down", "party"),
    "declare_interest": Act(of_parties.DeclareInterest, consenting.declare_interest, "user-x", "", sense.has_mediator),
    "plan_meeting": Act(of_meetings.PlanMeeting, meetings.plan, "calendar", "", sense.can_meet),
    "hold_meeting": Act(of_meetings.HoldMeeting, meetings.hold, "pencil", "meeting"),
    "call_off_meeting": Act(of_meetings.CallOff, meetings.call_off, "x", "meeting"),
    "take_effect": Act(ActForm, _of_draft(agreeing.take_effect), "circle-check", "", sense.nothing_missing),
    "sign": Act(of_agreeing.Sign, _sign, "edit", "party", sense.can_sign),
    "sign_as_mediator": Act(
        of_agreeing.SignedAt,
        _of_draft(agreeing.sign_as_mediator),
        "edit",
        "",
        sense.mediator_not_signed,
        "sign",
        _("The mediator has signed"),
    ),
    "seal": Act(
        of_agreeing.SealedAt,
        _of_draft(agreeing.seal),
        "circle-check",
        "",
        sense.not_sealed,
        "sign",
        _("The seal is on it"),
    ),
    "check": Act(of_agreeing.Check, _of_draft(agreeing.check), "help-circle"),
    "draft": Act(drafting.Draft, agreeing.draft, "file-text"),
    "agree_orally": Act(drafting.AgreeOrally, agreeing.agree_orally, "message-circle", "", sense.can_agree_orally),
    "drop_draft": Act(ActForm, agreeing.drop_draft, "trash"),
    "perform": Act(afterwards.Perform, performing.perform, "check", "item", sense.owed),
    "breach": Act(afterwards.Breach, performing.breach, "alert-triangle", "item", sense.not_broken),
    "follow_up": Act(afterwards.FollowUpVisit, performing.follow_up, "phone"),
    "ask_court": Act(
        afterwards.AskCourt, _of_effective(performing.ask_court), "building-community", "", sense.court_not_asked
    ),
    "court_answered": Act(
        afterwards.CourtAnswered, _of_effective(performing.court_answered), "gavel", "", sense.court_asked
    ),
    "overturn": Act(afterwards.Overturn, _of_effective(performing.overturn), "arrow-back-up", "", sense.binds),
    "refer": Act(afterwards.Refer, referring.refer, "heart", "party"),
    "answer_referral": Act(
        of_help.AnswerReferral, referring.answer_referral, "message-circle", "referral", sense.not_answered
    ),
    "end_referral": Act(
        of_help.EndReferral,
        referring.end_referral,
        "check",
        "referral",
        sense.taken_on,
        "answer_referral",
        _("The help has ended"),
    ),
    "invite": Act(of_help.Invite, inviting.invite, "users"),
    "answer_invitation": Act(of_help.AnswerInvitation, inviting.answer, "message-circle", "invitation"),
    "report_danger": Act(afterwards.ReportDanger, dangers.report_danger, "shield-lock"),
    "link": Act(of_joining.LinkCase, linking.link, "link"),
    "ask_to_join": Act(of_joining.AskToJoin, joining.ask_to_join, "help-circle"),
    "answer_ask": Act(of_joining.AnswerAsk, joining.answer_ask, "message-circle", "ask"),
    "extend": Act(of_tiers.Extend, tiers.extend, "calendar", "", sense.in_time),
    "pause": Act(of_tiers.Pause, tiers.pause, "player-pause", "", sense.can_pause),
    "resume": Act(ActForm, tiers.resume, "refresh", "", sense.is_paused),
    "escalate": Act(of_tiers.Escalate, tiers.escalate, "arrow-up", "", sense.can_go_up),
    "send_back": Act(of_tiers.SendBack, tiers.send_back, "arrow-back-up", "", sense.came_from_below),
    "end": Act(of_the_end.End, ending.end, "x"),
    "set_facts": Act(of_parties.SetFacts, opening.set_facts, "edit"),
}

# What an act can be about, found within the dossier.
THINGS: dict[str, Callable[[Dossier], Any]] = {
    "agent": lambda dossier: Agent.objects.filter(party__dossier=dossier, party__left_at__isnull=True),
    "ask": lambda dossier: dossier.asked.filter(answered_at__isnull=True),
    "invitation": lambda dossier: dossier.invitations.all(),
    "item": lambda dossier: Item.objects.filter(agreement__dossier=dossier, agreement__state="effective"),
    "meeting": lambda dossier: dossier.meetings.filter(held_at__isnull=True, called_off_at__isnull=True),
    "party": lambda dossier: dossier.parties.filter(left_at__isnull=True).order_by("side", "joined_at", "id"),
    "referral": lambda dossier: dossier.referrals.filter(ended_at__isnull=True),
}

# What is seldom needed beside a party, and stands folded away.
SELDOM = {
    "appoint_agent", "change_party", "enter_identity", "show_identity", "replace_party", "refuse", "refer",
}  # fmt: skip

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
