"""Who may help with the parties' consent: relatives, neighbours, experts, an office (人民调解法 art. 20)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases.transitions.taking import Words
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.completeness import present_parties
from fengqiao.mediation.models import Dossier, Expert, Invitation, InvitationAnswer, Party
from fengqiao.mediation.transitions.acting import acting
from fengqiao.people.actors import Actor
from fengqiao.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """Somebody who could help: as what, and whether the register of experts has them."""

    name: str
    role: str  # 亲属、邻居、律师、土地所…
    expert: Expert | None = None


def invite(dossier: Dossier, helper: Helper, *, by: User, at: datetime) -> Invitation:
    """Invite somebody; nothing comes of it until every party agrees."""
    words = Words(facts={"name": helper.name, "role": helper.role})
    with acting("invite", dossier, by=by, at=at, words=words) as dossier:
        _must_be_a_third(dossier, helper)
        if helper.expert is not None and not may_be_invited(helper.expert, localdate(at)):
            raise Refused(_("%(name)s may not be invited at present.") % {"name": helper.name})
        return Invitation.objects.create(
            county=dossier.county, dossier=dossier, expert=helper.expert, name=helper.name, role=helper.role, at=at
        )


def answer(invitation: Invitation, *, party: Party, agrees: bool, by: Actor, at: datetime) -> Invitation:
    """Write down what a party says to an invitation; its last word counts."""
    words = Words(facts={"name": invitation.name, "agrees": agrees})
    with acting("answer_invitation", invitation.dossier, by=by, at=at, words=words, party=party):
        if party.dossier_id != invitation.dossier_id or party.left_at is not None:
            raise Refused(_("%(party)s is not in this dispute.") % {"party": party})
        InvitationAnswer.objects.update_or_create(
            county=party.county, invitation=invitation, party=party, defaults={"agrees": agrees, "at": at}
        )
        _sum_up(invitation, at)
    return invitation


def unwelcome(dossier: Dossier, invitation: Invitation) -> list[str]:
    """List the parties in the dispute that have not agreed to somebody invited; the person stays outside until then."""
    agreed = set(invitation.answers.filter(agrees=True).values_list("party_id", flat=True))
    return [party.name for party in present_parties(dossier) if party.pk not in agreed]


def may_be_invited(expert: Expert, today: date) -> bool:
    """Test if the register of experts still offers somebody on this day."""
    return expert.ended_on is None or expert.ended_on > today


def _sum_up(invitation: Invitation, at: datetime) -> None:
    """Say on the invitation what all answers come to: one no outweighs every yes."""
    no = invitation.answers.filter(agrees=False, party__left_at__isnull=True).select_related("party")
    names = "、".join(answer.party.name for answer in no.order_by("at", "id"))
    is_agreed = not unwelcome(invitation.dossier, invitation)
    invitation.agreed_at = at if is_agreed else None
    invitation.declined_at, invitation.declined_by = (at, names[:60]) if names else (None, "")
    invitation.save(update_fields=["agreed_at", "declined_at", "declined_by"])


def _must_be_a_third(dossier: Dossier, helper: Helper) -> None:
    """Refuse an invitation without a name or to somebody who is in the dispute anyway."""
    if not helper.name.strip() or not helper.role.strip():
        raise Refused(_("Say who is invited, and as what."))
    mediator = dossier.mediator.name if dossier.mediator else ""
    if helper.name in [mediator, *(party.name for party in present_parties(dossier))]:
        raise Refused(_("%(name)s takes part anyway.") % {"name": helper.name})
