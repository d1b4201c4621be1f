"""What became of the disputes of a year: counted from the dossiers, each rate with what it is a rate of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from fengqiao.cases.models import CaseClock, Stage
from fengqiao.kit.workdays import SHANGHAI
from fengqiao.mediation.models import Dossier, Item, SpotRecord, TierRound
from fengqiao.mediation.workflow import OVER, Stand
from fengqiao.people.models import User
from fengqiao.places.models import PrintedFigure, Region
from fengqiao.places.scope import inside

PRINTED = (PrintedFigure.What.DISPUTES, PrintedFigure.What.DISPUTES_SETTLED)


@dataclass(frozen=True, slots=True)
class TierCount:
    """What came to one tier, and how it left."""

    order: int
    name: str
    came: int
    agreed: int
    escalated: int
    sent_back: int
    ended: int

    @property
    def there(self) -> int:
        """What is still at this tier."""
        return self.came - self.agreed - self.escalated - self.sent_back - self.ended


@dataclass(frozen=True, slots=True)
class Kept:
    """How the agreements are kept, duty by duty, and the money that came of it."""

    items: int
    done: int
    broken: int
    recovered: Decimal


@dataclass(frozen=True, slots=True)
class Year:
    """The disputes that came to mediation in a year, in one area, as far as one person may see them."""

    region: Region
    year: int
    opened: int
    agreed: int
    running: int
    grounds: Sequence[tuple[str, int]]
    types: Sequence[tuple[str, int, int]]  # type, opened, agreed
    tiers: Sequence[TierCount]
    in_time: int
    late: int
    kept: Kept
    on_the_spot: int
    printed: Sequence[PrintedFigure]

    @property
    def decided(self) -> int:
        """The denominator: what was agreed or ended; what still runs is in no rate."""
        return self.opened - self.running

    @property
    def share(self) -> str:
        """The part of the decided that was agreed, in per cent; empty while nothing is decided."""
        return percent(self.agreed, self.decided)


LEFT_BY = ("agreed", "escalated", "sent_back", "ended")  # how a round of a dispute that is counted ends


def percent(part: int, whole: int) -> str:
    """Write a share with one decimal; empty where there is nothing to be a share of."""
    return f"{100 * part / whole:.1f}" if whole else ""


def year_of(region: Region, year: int, user: User, at: datetime) -> Year:
    """Count the year."""
    began, ends = (datetime(each, 1, 1, tzinfo=SHANGHAI) for each in (year, year + 1))
    seen = Dossier.objects.visible_to(user, at).filter(inside("case__path", region))
    ours = seen.filter(opened_at__gte=began, opened_at__lt=ends).exclude(stand=Stand.JOINED)  # two filed, one dispute
    totals = ours.aggregate(
        opened=Count("pk"), agreed=Count("pk", Q(stand=Stand.AGREED)), decided=Count("pk", Q(stand__in=OVER))
    )
    clocks = CaseClock.objects.filter(stage=Stage.MEDIATE, case__dossier__in=ours, met_at__isnull=False)
    punctual = clocks.aggregate(
        in_time=Count("pk", Q(met_at__lte=F("due_at"))), late=Count("pk", Q(met_at__gt=F("due_at")))
    )
    spot = SpotRecord.objects.filter(inside("path", region), settled_at__gte=began, settled_at__lt=ends)
    return Year(
        region=region,
        year=year,
        opened=totals["opened"],
        agreed=totals["agreed"],
        running=totals["opened"] - totals["decided"],
        grounds=_grounds(ours),
        types=_types(ours),
        tiers=_tiers(ours),
        **punctual,
        kept=_kept(ours),
        on_the_spot=spot.count(),
        printed=list(
            PrintedFigure.objects.filter(county=region.county, what__in=PRINTED).order_by("printed_on", "what")
        ),
    )


def _grounds(ours: QuerySet[Dossier]) -> list[tuple[str, int]]:
    ended = ours.filter(stand=Stand.ENDED).values_list("ground").annotate(count=Count("pk"))
    return list(ended.order_by("-count", "ground"))


def _types(ours: QuerySet[Dossier]) -> list[tuple[str, int, int]]:
    agreed = Count("pk", Q(stand=Stand.AGREED))
    return list(ours.values_list("type").annotate(count=Count("pk"), agreed=agreed).order_by("-count", "type"))


def _tiers(ours: QuerySet[Dossier]) -> list[TierCount]:
    """Count by tier what came and how it left; tiers of the same step on different ladders stand in one line."""
    results = {each: Count("pk", Q(result=each)) for each in LEFT_BY}
    rounds = TierRound.objects.filter(dossier__in=ours).values("tier__order", "tier__level")
    rows: Any = rounds.annotate(came=Count("pk"), **results).order_by("tier__order", "tier__level")
    return [
        TierCount(
            row["tier__order"],
            row["tier__level"],
            row["came"],
            **{each: row[each] for each in LEFT_BY},
        )
        for row in rows
    ]


def _kept(ours: QuerySet[Dossier]) -> Kept:
    items = Item.objects.filter(agreement__dossier__in=ours, agreement__effective_at__isnull=False)
    row = items.aggregate(
        items=Count("pk"),
        done=Count("pk", Q(done_at__isnull=False)),
        broken=Count("pk", Q(broken_at__isnull=False)),
        recovered=Sum("recovered"),
    )
    return Kept(row["items"], row["done"], row["broken"], row["recovered"] or Decimal(0))
