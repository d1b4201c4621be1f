"""The parties choose who mediates: each names one of the committee, and the same name is a choice (art. 19)."""

from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases.transitions.taking import Fact, Words
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.completeness import present_parties
from fengqiao.mediation.models import Dossier, Mediator, MediatorWish, Party
from fengqiao.mediation.transitions.acting import acting
from fengqiao.mediation.transitions.consenting import must_sit_here
from fengqiao.mediation.vocabulary import ChosenBy
from fengqiao.mediation.workflow import Stand
from fengqiao.people.actors import Actor


def wish_for(party: Party, mediator: Mediator, *, by: Actor, at: datetime) -> Dossier:
    """Record whom a party would like to mediate; once every party names the same one, that one mediates."""
    facts: dict[str, Fact] = {"mediator": mediator.name}
    with acting("wish_for", party.dossier, by=by, at=at, words=Words(facts=facts), party=party) as dossier:
        if dossier.stand != Stand.ASKING:
            raise Refused(_("The mediation has begun. Tell the committee if you want somebody else to mediate."))
        must_sit_here(dossier, mediator, at)
        wish = {"mediator": mediator, "at": at, "county": party.county}
        MediatorWish.objects.update_or_create(party=party, defaults=wish)
        if is_common(dossier, mediator):
            facts["chosen_by"] = str(ChosenBy.PARTIES)
            dossier.mediator, dossier.chosen_by = mediator, ChosenBy.PARTIES
            dossier.rounds.filter(ended_at__isnull=True).update(mediator=mediator)
    return dossier


def is_common(dossier: Dossier, mediator: Mediator) -> bool:
    """Test if every party that is in the dispute now names this mediator."""
    parties = present_parties(dossier)
    wishes = set(MediatorWish.objects.filter(party__in=parties, mediator=mediator).values_list("party", flat=True))
    return len({party.side for party in parties}) > 1 and {party.pk for party in parties} == wishes
