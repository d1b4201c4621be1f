"""What of the dossiers waits, and for whom: each sort is one condition, for its count and for its list alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from fengqiao.mediation.models import Agreement, Item, Party, Referral
from fengqiao.mediation.vocabulary import Consent, Road
from fengqiao.mediation.workflow import LIVE, RUNNING, Stand

SOON = timedelta(days=2)
SOON_TO_DO = timedelta(days=3)
SOON_TO_CONFIRM = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Wait:
    """One sort of waiting: its name, its sign, and which dossiers wait so."""

    label: Any
    icon: str
    where: Callable[[datetime], Q]


def _overdue(at: datetime) -> Q:
    return Q(stand__in=LIVE, case__due_at__lt=at)


def _soon(at: datetime) -> Q:
    return Q(stand__in=LIVE, case__due_at__gte=at, case__due_at__lt=at + SOON)


def _consent(_at: datetime) -> Q:
    silent = Party.objects.filter(dossier=OuterRef("pk"), left_at__isnull=True).exclude(consent=Consent.GIVEN)
    return Q(Exists(silent), stand=Stand.ASKING)


def _mediator(_at: datetime) -> Q:
    return Q(stand__in=RUNNING, mediator__isnull=True, road=Road.PEOPLES)


def _signature(_at: datetime) -> Q:
    return Q(stand=Stand.SIGNING)


def _refused(_at: datetime) -> Q:
    return Q(stand=Stand.REFUSED)


def _items(at: datetime) -> Q:
    owed = {"done_at__isnull": True, "broken_at__isnull": True, "due_on__lte": localdate(at + SOON_TO_DO)}
    return _agreed(Item.objects.filter(agreement__dossier=OuterRef("pk"), agreement__state="effective", **owed))


def _broken(_at: datetime) -> Q:
    in_force = {"agreement__dossier": OuterRef("pk"), "agreement__state": Agreement.State.EFFECTIVE}
    return _agreed(Item.objects.filter(broken_at__isnull=False, **in_force))


def _referral(_at: datetime) -> Q:
    return Q(Exists(Referral.objects.filter(dossier=OuterRef("pk"), ended_at__isnull=True)))


def _confirm(at: datetime) -> Q:
    first, last = localdate(at), localdate(at + SOON_TO_CONFIRM)
    return _agreed(_effective().filter(court="", confirm_until__gte=first, confirm_until__lte=last))


def _court(_at: datetime) -> Q:
    return _agreed(_effective().filter(court=Agreement.Court.ASKED))


def _effective() -> Any:
    return Agreement.objects.filter(dossier=OuterRef("pk"), state=Agreement.State.EFFECTIVE)


def _agreed(rows: Any) -> Q:
    return Q(Exists(rows), stand=Stand.AGREED)


WAITS: dict[str, Wait] = {
    "overdue": Wait(_("Time of the tier is over"), "alarm", _overdue),
    "soon": Wait(_("Due within two days"), "clock", _soon),
    "refused": Wait(_("Refused: to be ended, other roads named"), "thumb-down", _refused),
    "consent": Wait(_("For a party's consent"), "help-circle", _consent),
    "mediator": Wait(_("For a mediator"), "user", _mediator),
    "signature": Wait(_("For signatures and seal"), "edit", _signature),
    "items": Wait(_("Promised within three days, or late"), "calendar", _items),
    "broken": Wait(_("A promise is broken: to be urged, or taken to court"), "alert-triangle", _broken),
    "referral": Wait(_("For the help a party was sent on for"), "heart", _referral),
    "confirm": Wait(_("Joint confirmation still possible for ten days at most"), "hourglass", _confirm),
    "court": Wait(_("For the court"), "building-community", _court),
}
