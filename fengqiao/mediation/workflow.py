"""Every state a dossier can be in and every act between them: read this first."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Stand(TextChoices):
    """Where a dossier stands."""

    ASKING = "asking", _("Asking for consent")
    UNDER_WAY = "under_way", _("Mediation under way")
    SIGNING = "signing", _("Agreement to be signed")
    AGREED = "agreed", _("Agreed")
    REFUSED = "refused", _("Refused by a party, to be ended")
    ENDED = "ended", _("Ended without agreement")
    JOINED = "joined", _("Mediated together with another")


RUNNING = (Stand.ASKING, Stand.UNDER_WAY, Stand.SIGNING)
LIVE = (*RUNNING, Stand.REFUSED)  # the case is in mediation
OVER = (Stand.AGREED, Stand.ENDED)


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what it is called, the states it leaves, and the state it reaches (none: it stays)."""

    label: "StrPromise | str"
    leaves: frozenset[Stand]
    reaches: Stand | None


def act(label: "StrPromise | str", *leaves: Stand, to: Stand | None = None) -> Act:
    """Write one row of the table below."""
    return Act(label, frozenset(leaves), to)


ACTS = {
    "open": act(_("Open the dossier"), to=Stand.ASKING),
    "set_facts": act(_("Set the facts of the dispute"), *RUNNING),
    "add_party": act(_("Add a party"), *RUNNING),
    "change_party": act(_("Set a party right"), *RUNNING, Stand.AGREED),
    "replace_party": act(_("A party died or is no more"), *RUNNING),
    "appoint_agent": act(_("Enter an agent or guardian"), *RUNNING),
    "change_agent": act(_("Set an agent or guardian right"), *RUNNING, Stand.AGREED),
    "dismiss_agent": act(_("An agent or guardian no longer acts"), *RUNNING),
    "show_identity": act(_("Show an identity number"), *Stand),
    "ask_consent": act(_("Ask for consent"), *RUNNING),
    "give_consent": act(_("Consent given"), *RUNNING),
    "acknowledge": act(_("Rights and duties acknowledged"), *RUNNING),
    "refuse": act(_("Consent refused or withdrawn"), *RUNNING, to=Stand.REFUSED),
    "hand_code": act(_("Hand a party a code of its own"), *Stand),
    "wish_for": act(_("A party names whom it wants to mediate"), *RUNNING),
    "choose_mediator": act(_("Choose the mediator"), *RUNNING),
    "declare_interest": act(_("Declare an interest"), *RUNNING),
    "begin": act(_("Accept the dispute"), Stand.ASKING, to=Stand.UNDER_WAY),
    "invite": act(_("Invite somebody"), *RUNNING),
    "answer_invitation": act(_("Answer an invitation"), *RUNNING),
    "plan_meeting": act(_("Plan a meeting"), Stand.UNDER_WAY, Stand.SIGNING),
    "call_off_meeting": act(_("Call a meeting off"), *LIVE),
    "hold_meeting": act(_("Write the minutes"), Stand.UNDER_WAY, Stand.SIGNING),
    "extend": act(_("Extend by agreement"), *RUNNING),
    "pause": act(_("Pause for an appraisal"), *RUNNING),
    "resume": act(_("End the pause of the mediation"), *RUNNING),
    "escalate": act(_("Take it to the tier above"), Stand.ASKING, Stand.UNDER_WAY),
    "send_back": act(_("Send it back with help"), Stand.ASKING, Stand.UNDER_WAY),
    "link": act(_("Link another case"), *RUNNING),
    "ask_to_join": act(_("Ask another unit to mediate together"), *RUNNING),
    "answer_ask": act(_("Answer whether to mediate together"), *RUNNING),
    "join": act(_("Go on in the dossier of the other side"), *RUNNING, to=Stand.JOINED),
    "draft": act(_("Draft the agreement"), Stand.UNDER_WAY, Stand.SIGNING, to=Stand.SIGNING),
    "drop_draft": act(_("Drop the draft"), Stand.SIGNING, to=Stand.UNDER_WAY),
    "check": act(_("Check before signing"), Stand.SIGNING),
    "sign": act(_("Check a signature off"), Stand.SIGNING),
    "take_effect": act(_("The agreement takes effect"), Stand.SIGNING, to=Stand.AGREED),
    "agree_orally": act(_("Record an oral agreement"), Stand.UNDER_WAY, to=Stand.AGREED),
    "perform": act(_("Record performance"), Stand.AGREED),
    "remind": act(_("Reminder of what falls due"), Stand.AGREED),
    "breach": act(_("Record a breach"), Stand.AGREED),
    "overturn": act(_("The agreement was changed or set aside"), Stand.AGREED),
    "ask_court": act(_("Joint confirmation asked of the court"), Stand.AGREED),
    "court_answered": act(_("The court has answered"), Stand.AGREED),
    "follow_up": act(_("Follow-up visit"), Stand.AGREED),
    "end": act(pgettext_lazy("dossier", "End without agreement"), *LIVE, to=Stand.ENDED),
    "take_up_again": act(_("Take it up again"), *OVER, to=Stand.ASKING),
    "refer": act(_("Refer a party for help"), *Stand),
    "answer_referral": act(_("Answer a referral"), *Stand),
    "report_danger": act(_("Report a danger"), *Stand),
}
