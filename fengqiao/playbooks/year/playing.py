"""Play the disputes of a year, one after the other in the order in which they are told."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fengqiao.kit.workdays import SHANGHAI
from fengqiao.mediation.ladders import ladder_for
from fengqiao.mediation.vocabulary import Source
from fengqiao.places.models import Level, Region
from fengqiao.playbooks.year import chances
from fengqiao.playbooks.year.course import Course, parent_of
from fengqiao.playbooks.year.moments import Moment
from fengqiao.playbooks.year.people import Bench, Cast

OPENS, CLOSES = 9, 17  # when people come to tell


@dataclass(frozen=True, slots=True)
class Asked:
    """Which year, how many disputes, drawn by which seed, told from when and up to when."""

    year: int
    disputes: int
    seed: int
    until: datetime
    since: datetime | None = None  # none: all of the year


def play(cast: Cast, asked: Asked, progress: Callable[[int], None]) -> None:
    """Play them all; the same seed gives the same year."""
    chance = random.Random(f"{asked.seed} {asked.year}")
    for number, at in enumerate(sorted(_moment(asked, chance) for _each in range(asked.disputes)), 1):
        if at >= asked.until:
            break
        if asked.since is not None and at < asked.since:
            continue
        own = random.Random(f"{asked.seed} {asked.year} {number}")
        quarrel = chances.draw(own)
        region = own.choice(cast.villages)
        Course(Moment(cast, quarrel, region, _first(cast, quarrel, region, at), at, asked.until)).run()
        progress(number)


def _moment(asked: Asked, chance: random.Random) -> datetime:
    """Draw a moment of the year at which somebody comes."""
    began = datetime(asked.year, 1, 1, tzinfo=SHANGHAI)
    days = (datetime(asked.year + 1, 1, 1, tzinfo=SHANGHAI) - began).days
    return began + timedelta(days=chance.randrange(days), hours=chance.uniform(OPENS, CLOSES))


def _first(cast: Cast, quarrel: chances.Quarrel, region: Region, at: datetime) -> Bench:
    """Choose who has it first: the committee of the lowest level that its ladder has."""
    lowest = ladder_for(cast.county.code, quarrel.type, Source.APPLICATION, at).tiers.order_by("order")[0].level
    places = {Level.VILLAGE: region.path, Level.TOWNSHIP: parent_of(region.path)}
    return cast.bench(places.get(Level(lowest), cast.county.region.path))
