"""What a county lets be settled on the spot, and what it asks about records: limits that hold from a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.mediation.models import SpotLimits
from fengqiao.mediation.vocabulary import DisputeType


@dataclass(frozen=True, slots=True)
class Quarrel:
    """What the limits look at: of what type it was, for how much, and when it was settled."""

    type: str
    amount: Decimal | None
    settled_at: datetime


def limits_of(county: str, on: date) -> SpotLimits:
    """Give the limits of a county that hold on a day, or the defaults."""
    held = SpotLimits.objects.filter(county=county, valid_from__lte=on).order_by("-valid_from")
    return held.first() or SpotLimits(county=county)


def beyond(quarrel: Quarrel, county: str, at: datetime) -> str:
    """Say why something is not settled on the spot here, by the limits of the day it was settled; empty: it may be."""
    day = localdate(quarrel.settled_at)
    limits = limits_of(county, day)
    if quarrel.type in limits.never:
        type_ = {"type": DisputeType(quarrel.type).label}
        return _("“%(type)s” is not settled on the spot here; take it in as a dispute.") % type_
    if limits.most is not None and quarrel.amount is not None and quarrel.amount > limits.most:
        most = {"most": in_yuan(limits.most)}
        return _("On the spot at most %(most)s yuan are settled here; take it in as a dispute.") % most
    if localdate(at) - day > timedelta(days=limits.late_days):
        return _("It is written down within %(days)d days after it was settled.") % {"days": limits.late_days}
    return ""


def names_of(limits: SpotLimits) -> str:
    """Name the types that are not settled on the spot."""
    return "、".join(str(DisputeType(each).label) for each in limits.never)


def in_yuan(amount: Decimal) -> str:
    """Write a sum without the zeros behind the point: 5000, 12.50."""
    return f"{amount:.2f}".removesuffix(".00")
