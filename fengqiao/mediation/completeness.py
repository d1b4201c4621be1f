"""What is still missing before the next legal step; pages show it, steps refuse by it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.prepared import Prepared
from fengqiao.mediation.models import Dossier, Mediator, Party
from fengqiao.mediation.vocabulary import Consent, Road
from fengqiao.people.models import Post

TYPE_CHECKING = False
if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: in words, and the act that mends it, for which party."""

    words: "StrPromise | str"
    act: str = ""
    party: Party | None = None

    def __str__(self) -> str:
        return str(self.words)


def missing_to_begin(dossier: Dossier) -> list[Lack]:
    """List what the law asks for before a dispute is accepted (人民调解法 art. 17, 19, 23).

    A department's own people mediate there; only people's mediation has mediators in a register to choose from.
    """
    parties = present_parties(dossier)
    found: list[Lack] = []
    if len({party.side for party in parties}) < 2:  # noqa: PLR2004 – a dispute has two sides
        found.append(Lack(_("There must be a party on each side."), "add_party"))
    for party in parties:
        found += _missing_of(party)
    if dossier.road == Road.PEOPLES and not (dossier.mediator and dossier.mediator.status == Mediator.Status.SERVING):
        found.append(Lack(_("Nobody mediates yet: the parties choose, or the committee assigns."), "choose_mediator"))
    return found


def present_parties(dossier: Dossier) -> list[Party]:
    """List the parties that have not left, side by side."""
    return _PRESENT(dossier.pk)


def _present(_shape: object, dossier: UUID) -> QuerySet[Party]:
    return Party.objects.filter(dossier=dossier, left_at__isnull=True).order_by("side", "joined_at", "id")


_PRESENT: Prepared[Party] = Prepared(_present)


def who_mediates(dossier: Dossier, at: datetime) -> Mediator | None:
    """Find who mediates: nobody if the one chosen left the register, the seat or the post since."""
    mediator, on = dossier.mediator, localdate(at)
    if mediator is None or mediator.status != Mediator.Status.SERVING:
        return None
    seats = mediator.memberships.filter(committee__unit=dossier.case.lead_id, starts_on__lte=on)
    if not seats.exclude(ends_on__lte=on).exists():
        return None
    posts = Post.objects.held_on(on).filter(user=mediator.user_id, unit=dossier.case.lead_id)
    return mediator if mediator.user_id is None or posts.exists() else None


def _missing_of(party: Party) -> list[Lack]:
    """List what is missing of one party."""
    found: list[Lack] = []
    who = {"party": party}
    if party.is_minor and not party.agents.filter(kind="guardian").exists():
        found.append(Lack(_("%(party)s is under age and has no guardian entered.") % who, "appoint_agent", party))
    if party.consent != Consent.GIVEN:
        found.append(Lack(_("%(party)s has not agreed yet.") % who, "give_consent", party))
    if party.acknowledged_at is None:
        found.append(Lack(_("%(party)s has not been told the rights and duties.") % who, "acknowledge", party))
    return found
