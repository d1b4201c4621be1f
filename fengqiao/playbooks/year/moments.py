"""Where a dispute of the year has got to: who sits at its table, and what time it is there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fengqiao.people.models import User
from fengqiao.places.models import Level, Region
from fengqiao.playbooks.year.chances import Quarrel
from fengqiao.playbooks.year.people import Bench, Cast

HOUR = timedelta(hours=1)
TIERS = [Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY]


@dataclass(slots=True)
class Moment:
    """One dispute on its way; `at` is the moment that has been reached."""

    cast: Cast
    quarrel: Quarrel
    region: Region
    bench: Bench
    at: datetime
    until: datetime  # nothing is played after this moment

    def anyone(self) -> User:
        """Draw one of those who mediate there."""
        return self.bench.users[self.quarrel.chance.randrange(len(self.bench.users))]

    def later(self, least: float, most: float) -> bool:
        """Let some hours pass; say whether that is still before the end."""
        self.at += self.quarrel.chance.uniform(least, most) * HOUR
        return self.at < self.until

    @property
    def tier(self) -> int:
        """Say which step of the ladder it stands on."""
        return TIERS.index(Level(self.bench.unit.region.level)) + 1


def by_day(moment: datetime) -> datetime:
    """Move a moment into the day: nobody is called to a meeting before nine or after eight in the evening."""
    if moment.hour < 9:  # noqa: PLR2004 – an hour of the clock
        return moment.replace(hour=9, minute=0, second=0, microsecond=0)
    if moment.hour >= 20:  # noqa: PLR2004 – an hour of the clock
        return (moment + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    return moment
