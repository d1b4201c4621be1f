"""The disputes of a year as their page shows them: words for the codes, lengths for the bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from fengqiao.insight.mediated import TierCount, Year, percent
from fengqiao.mediation.vocabulary import DisputeType, Ground
from fengqiao.places.models import Level, PrintedFigure

SETTLED, FOUND = PrintedFigure.What.DISPUTES_SETTLED, PrintedFigure.What.DISPUTES


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a picture: what, and how many of how many."""

    label: str
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Rung:
    """One tier in words."""

    label: str
    counted: TierCount


@dataclass(frozen=True, slots=True)
class Printed:
    """What a source printed for the county: how many found, how many settled, and the rate of these two."""

    source: str
    printed_on: str
    found: int
    settled: int
    note: str

    @property
    def share(self) -> str:
        """The rate that the printed counts give."""
        return percent(self.settled, self.found)


@dataclass(frozen=True, slots=True)
class DisputePage:
    """Everything the page shows beside the bare counts."""

    types: Sequence[tuple[Bar, int]]
    grounds: Sequence[Bar]
    rungs: Sequence[Rung]
    printed: Sequence[Printed]
    found_share: str  # of all that came, as the printed counts have it; what still runs is in it
    punctual: str


def dispute_page(year: Year) -> DisputePage:
    """Put a year into words."""
    ended = sum(count for _ground, count in year.grounds)
    return DisputePage(
        types=[(Bar(str(DisputeType(of).label), count, year.opened), agreed) for of, count, agreed in year.types],
        grounds=[Bar(str(Ground(why).label), count, ended) for why, count in year.grounds],
        rungs=[Rung(str(Level(tier.name).label), tier) for tier in year.tiers],
        printed=_printed(year),
        found_share=percent(year.agreed, year.opened),
        punctual=percent(year.in_time, year.in_time + year.late),
    )


def _printed(year: Year) -> list[Printed]:
    """Pair the printed counts of one source and day."""
    by_source: dict[tuple[str, str], dict[str, PrintedFigure]] = {}
    for figure in year.printed:
        by_source.setdefault((figure.source, f"{figure.printed_on:%Y-%m-%d}"), {})[figure.what] = figure
    return [
        Printed(source, on, pair[FOUND].value, pair[SETTLED].value, pair[SETTLED].note)
        for (source, on), pair in by_source.items()
        if pair.keys() >= {FOUND, SETTLED}
    ]
