"""A mediation is over: its round ends, and with it the case of the dossier and every case linked to it."""

from datetime import datetime

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import mediating
from fengqiao.cases.vocabulary import Outcome
from fengqiao.mediation.models import Dossier, TierRound
from fengqiao.people.models import User


def settle_all(dossier: Dossier, *, outcome: Outcome, public_reply: str, by: User, at: datetime) -> None:
    """End the round that runs and settle the cases; called inside the act that ends the mediation.

    Whoever filed one of the linked cases reads the same reply there.
    """
    result = TierRound.Result.AGREED if outcome == Outcome.SOLVED else TierRound.Result.ENDED
    dossier.rounds.filter(ended_at__isnull=True).update(ended_at=at, result=result)
    for case in [dossier.case, *linked_cases(dossier)]:
        mediating.settle(case, outcome=outcome, public_reply=public_reply, by=by, at=at)


def linked_cases(dossier: Dossier) -> list[Case]:
    """List the other cases of the same dispute, in the order in which they are held."""
    return list(Case.objects.filter(linked_to__dossier=dossier).order_by("pk"))
