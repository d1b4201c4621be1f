"""Who may take which act in a dossier: whoever mediates it, and the parties for themselves."""

from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases import policy
from fengqiao.kit.verdict import YES, Verdict
from fengqiao.mediation.models import Dossier, Party
from fengqiao.people.actors import Actor, Machine, Resident

BY_PARTY = frozenset({"give_consent", "refuse", "acknowledge", "wish_for", "answer_invitation"})
BY_RULE = frozenset({"remind"})


def may(actor: Actor, verb: str, dossier: Dossier, at: datetime, party: Party | None = None) -> Verdict:
    """Say whether this actor may take this act, and if not, why; a resident acts for the party given alone."""
    if isinstance(actor, Machine):
        return YES if verb in BY_RULE else Verdict(False, _("No rule takes this step by itself."))
    if isinstance(actor, Resident):
        return _party_may(actor, verb, party)
    return policy.may(actor, "mediation", dossier.case, at)


def _party_may(resident: Resident, verb: str, party: Party | None) -> Verdict:
    """Judge a party: for themselves, and only what is theirs to say."""
    if verb not in BY_PARTY:
        return Verdict(False, _("This step is taken by staff."))
    if party is None or party.report != resident.report or party.left_at is not None:
        return Verdict(False, _("A party speaks for themselves alone."))
    return YES
