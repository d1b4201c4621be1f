"""Who can sign for a party, and what an agreement still lacks before it binds (人民调解法 art. 29)."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fengqiao.mediation.completeness import Lack, missing_to_begin, present_parties
from fengqiao.mediation.models import Agent, Agreement, Party, Signature

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# Words by which a power of attorney names more than a general one (民诉法 art. 62: 特别授权).
SPECIAL = ("特别", "和解", "调解协议")


def why_not_by(party: Party, through: str) -> "StrPromise | str":
    """Say why this hand cannot sign for a party; empty if it can.

    A minor signs through the guardian alone; an agent with special powers alone, named in the power of attorney.
    """
    if not through:
        said = _("%(party)s is under age: the guardian signs.")
        return said % {"party": party} if party.is_minor else ""
    acting = list(party.agents.filter(name=through))
    if not acting:
        return _("%(name)s is not entered as agent or guardian of %(party)s.") % {"name": through, "party": party}
    if any(agent.kind == Agent.Kind.GUARDIAN for agent in acting):
        return ""
    if party.is_minor:
        return _("%(party)s is under age: the guardian signs.") % {"party": party}
    if not any(has_special_powers(agent) for agent in acting):
        return _("%(name)s has no special powers to settle; the power of attorney must name them.") % {"name": through}
    return ""


def has_special_powers(agent: Agent) -> bool:
    """Test if an agent may settle for the party, not only speak for it."""
    return agent.has_paper and any(word in agent.powers for word in SPECIAL)


def missing_to_take_effect(agreement: Agreement) -> list[Lack]:
    """List what an agreement lacks before it binds: every party's signature, the mediator's, the seal."""
    found = missing_to_begin(agreement.dossier)
    found += _unsigned(agreement)
    found += _left_behind(agreement)
    if agreement.mediator_signed_at is None:
        found.append(Lack(_("The mediator has not signed."), "sign_as_mediator"))
    if agreement.sealed_at is None:
        found.append(Lack(_("The seal is missing."), "seal"))
    return found


def valid(agreement: Agreement) -> dict[object, Signature]:
    """Give the signatures that stand, by party."""
    return {signature.party_id: signature for signature in agreement.signatures.filter(void_at__isnull=True)}


def _unsigned(agreement: Agreement) -> list[Lack]:
    """Name each party whose signature is missing, or was given by a hand that cannot give it."""
    found: list[Lack] = []
    signed = valid(agreement)
    for party in present_parties(agreement.dossier):
        if party.pk not in signed:
            found.append(Lack(_("%(party)s has not signed.") % {"party": party}, "sign", party))
        elif why := why_not_by(party, signed[party.pk].through):
            found.append(Lack(why))
    return found


def _left_behind(agreement: Agreement) -> list[Lack]:
    """Name each item that speaks of a party who is no longer there."""
    said = _("“%(what)s” names a party that has left: word the agreement anew.")
    items = agreement.items.select_related("owes", "to").order_by("order")
    return [
        Lack(said % {"what": item.what}, "draft")
        for item in items
        if item.owes.left_at or (item.to and item.to.left_at)
    ]
