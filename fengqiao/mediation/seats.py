"""Who of a committee may mediate a dispute."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from fengqiao.mediation.faces import at_the_table, faces_of, is_among
from fengqiao.mediation.models import Dossier, Mediator, Membership, Party
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
    free, faces = _free(dossier, at), list(at_the_table(dossier))
    return free.exclude(pk__in=[mediator.pk for mediator in free if is_among(faces, mediator)])


def can_choose(dossier: Dossier, parties: Iterable[Party], at: datetime) -> bool:
    """Test if there is anybody to choose, for the parties that are at hand already."""
    faces = list(faces_of(parties))
    return any(not is_among(faces, mediator) for mediator in _free(dossier, at))


def _free(dossier: Dossier, at: datetime) -> QuerySet[Mediator]:
    assert dossier.case.lead is not None  # the database keeps it: a case in mediation has a lead
    aside = dossier.interests.filter(is_replaced=True)
    return seated(dossier.case.lead, at).exclude(pk__in=aside.values("mediator"))
