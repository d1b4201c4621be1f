"""Which ladder a dispute climbs, and the tiers on it: data of the county, in the version of the day it began."""

from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Ladder, Tier
from fengqiao.people.models import Unit


def ladder_for(county: str, type_: str, source: str, at: datetime) -> Ladder:
    """Find the ladder of a dispute: that of its source before that of its type before the general one."""
    fitting = Ladder.objects.filter(
        county=county, valid_from__lte=at, dispute_type__in=["", type_], source__in=["", source]
    )
    found = fitting.order_by("-source", "-dispute_type", "-valid_from", "-version").first()
    if found is None:
        raise Refused(_("This county has no ladder of mediation yet; the administrator sets it up."))
    return found


def tier_of(ladder: Ladder, unit: Unit) -> Tier:
    """Find the tier at which a unit mediates: that of the level of its seat, else the first."""
    tiers = list(ladder.tiers.order_by("order"))
    return next((tier for tier in tiers if tier.level == unit.region.level), tiers[0])


def above(tier: Tier) -> Tier | None:
    """Find the next tier up, if there is one."""
    return Tier.objects.filter(ladder=tier.ladder_id, order__gt=tier.order).order_by("order").first()
