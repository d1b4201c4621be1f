"""Who of a committee may mediate a dispute."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from fengqiao.mediation.models import Dossier, Mediator, Membership
from fengqiao.people.models import Unit


def seated(unit: Unit, at: datetime) -> QuerySet[Mediator]:
    """List the mediators who serve in the committee of a unit on this day."""
    on = localdate(at)
    seats = Membership.objects.filter(committee__unit=unit, starts_on__lte=on)
    held = seats.filter(Q(ends_on=None) | Q(ends_on__gt=on))
    return Mediator.objects.filter(status=Mediator.Status.SERVING, pk__in=held.values("mediator")).order_by(
        "name", "pk"
    )


def choosable(dossier: Dossier, at: datetime) -> QuerySet[Mediator]:
    """List whom the parties can choose: those who serve where the dispute is now, and did not stand aside in it."""
    assert dossier.case.lead is not None  # the database keeps it: a case in mediation has a lead
    aside = dossier.interests.filter(is_replaced=True)
    return seated(dossier.case.lead, at).exclude(pk__in=aside.values("mediator"))
