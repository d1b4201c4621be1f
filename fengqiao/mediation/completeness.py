"""What is still missing before the next legal step; pages show it, steps refuse by it."""

from django.utils.translation import gettext_lazy as _

from fengqiao.mediation.models import Dossier, Party
from fengqiao.mediation.vocabulary import Consent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def missing_to_begin(dossier: Dossier) -> list["StrPromise | str"]:
    """List what the law asks for before a dispute is accepted (人民调解法 art. 17, 19, 23)."""
    parties = present_parties(dossier)
    found: list[StrPromise | str] = []
    if len({party.side for party in parties}) < 2:  # noqa: PLR2004 – a dispute has two sides
        found.append(_("There must be a party on each side."))
    for party in parties:
        found += _missing_of(party)
    if dossier.mediator_id is None:
        found.append(_("Nobody mediates yet: the parties choose, or the committee assigns."))
    return found


def present_parties(dossier: Dossier) -> list[Party]:
    """List the parties that have not left, side by side."""
    return list(dossier.parties.filter(left_at__isnull=True).order_by("side", "joined_at", "id"))


def _missing_of(party: Party) -> list["StrPromise | str"]:
    """List what is missing of one party."""
    found: list[StrPromise | str] = []
    if party.is_minor and not party.agents.filter(kind="guardian").exists():
        found.append(_("%(party)s is under age and has no guardian entered.") % {"party": party})
    if party.consent != Consent.GIVEN:
        found.append(_("%(party)s has not agreed yet.") % {"party": party})
    if party.acknowledged_at is None:
        found.append(_("%(party)s has not been told the rights and duties.") % {"party": party})
    return found
