"""Which ladder a dispute climbs, and the tiers on it: data of the county, in the version of the day it began."""

from datetime import datetime

from django.db.models import Case, Q, When
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Dossier, Ladder, Tier
from fengqiao.mediation.vocabulary import CommitteeKind
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


def way_up(dossier: Dossier, at: datetime) -> tuple[Tier | None, list[Unit]]:
    """Find the nearest tier above at which somebody else mediates, and who that is; none if there is nobody."""
    present = next((each for each in dossier.rounds.all() if each.ended_at is None), None)
    tiers = Tier.objects.filter(ladder=present.tier.ladder_id, order__gt=present.tier.order) if present else []
    for tier in sorted(tiers, key=lambda tier: tier.order):
        if units := _mediating_at(tier, dossier, at):
            return tier, units
    return None, []


def ways_up(dossier: Dossier, at: datetime) -> list[Unit]:
    """List who mediates at the nearest tier above."""
    return way_up(dossier, at)[1]


def _mediating_at(tier: Tier, dossier: Dossier, at: datetime) -> list[Unit]:
    """List the committees of a tier over the place, and those of a trade there; not whoever has it already."""
    open_ones = Unit.objects.current(localdate(at)).filter(kind=Unit.Kind.MEDIATION, committee__isnull=False)
    fitting = open_ones.filter(Q(region__level=tier.level) | Q(committee__kind=CommitteeKind.TRADE))
    of_a_trade = Case(When(committee__kind=CommitteeKind.TRADE, then=1), default=0)
    case = dossier.case
    others = fitting.exclude(pk__in=[unit for unit in (case.lead_id, case.complained_unit_id) if unit])
    found = others.select_related("region").order_by(of_a_trade, "code")
    return [unit for unit in found if f"{case.path}.".startswith(f"{unit.region.path}.")]
