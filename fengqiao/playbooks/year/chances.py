"""How people quarrel and come together, as drawn by a seed. Nothing here says how many shall agree.

What is assumed, and nowhere measured: two sides stand some way apart; at each meeting each of them comes a part of the
way, further where more weight sits at the table; they agree when little is left between them. Somebody walks out with a
small chance that grows with what is at stake. How many agree follows from that and from the time each tier has.

And days go wrong: somebody cannot come, an appraisal is waited for, a committee lets its time run out, what was
promised is not done. Each such chance stands below, of how many of what; they are guesses as well, and the rates they
lead to (late, extended, broken) say nothing of any real place.
"""

import random
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from fengqiao.mediation.vocabulary import DisputeType

# How often each type comes, in parts of the whole: a farming county (域 of the seeds: ridges, land, families, wages).
TYPES = {
    DisputeType.NEIGHBOURS: 30,
    DisputeType.FAMILY: 22,
    DisputeType.LAND: 16,
    DisputeType.DAMAGE: 8,
    DisputeType.HOUSING: 6,
    DisputeType.WAGES: 5,
    DisputeType.CONTRACT: 5,
    DisputeType.TRAFFIC: 3,
    DisputeType.CONSUMER: 2,
    DisputeType.BUSINESS: 1,
    DisputeType.PROPERTY: 1,
    DisputeType.OTHER: 1,
}
WITH_MONEY = {
    DisputeType.DAMAGE: 4_000,
    DisputeType.WAGES: 9_000,
    DisputeType.CONTRACT: 15_000,
    DisputeType.TRAFFIC: 8_000,
    DisputeType.CONSUMER: 1_200,
    DisputeType.BUSINESS: 20_000,
    DisputeType.HOUSING: 6_000,
}
WEIGHT = {1: 0.30, 2: 0.38, 3: 0.45}  # of the way that one side comes at a meeting, on average, by tier
NEAR_ENOUGH = 0.2
BETWEEN_MEETINGS = {1: timedelta(days=1), 2: timedelta(days=2), 3: timedelta(days=4)}
WALKS_OUT, BY_STAKES = 0.003, 0.006  # at each meeting: of itself, and by what is at stake
NEVER_ASKED = 0.004  # a party that says no at the start
KEEPS = 0.97  # of the duties are done
SMALL = 500  # yuan: below, it is done at once and by word of mouth


class Odds:
    """How often what else happens, each of the occasions that are named."""

    CANNOT_COME = 0.06  # of the planned meetings: called off, and planned anew
    SETTLED_ALONE = 0.006  # of the days between meetings: they settled by themselves
    BOTH_FILED = 0.03  # of the disputes: the other side has a case of its own, which is linked
    APPRAISAL = 0.04  # of the rounds of disputes about money: the clock stands still for it
    APPRAISED_EARLY = 0.5  # of the appraisals are there before their day
    EXTENDED = 0.5  # of the rounds that end while they are close: all agree to more time
    RUNS_OUT = 0.05  # of the rounds that end open: nobody looks, and the time is over
    MET_ALL_THE_SAME = 0.5  # of those meet once more before they go up
    SENT_BACK = 0.03  # of the disputes that came up go back once, with help
    DANGER = 0.02  # of the meetings, by what is at stake: it is reported to the police
    REFERRED = 0.03  # of the disputes: one side is sent on for help
    TAKEN_ON = 0.9  # of those sent on
    REWORDED = 0.02  # of the written agreements, after the first signature
    ASKS_COURT = 0.08  # of the written agreements about money: both ask for confirmation
    CONFIRMED = 0.93  # of those asked for
    URGED = 0.6  # of the broken duties are done after all
    CHANGED = 0.3  # of the agreements that stay broken: they are changed or set aside


CLOSE = 0.5  # so little left between them that more time seems worth while


@dataclass(slots=True)
class Quarrel:
    """One dispute as its people feel it."""

    type: DisputeType
    amount: Decimal | None
    stakes: float  # 0 to 1
    apart: float  # what is left between the two sides, 1 at first
    chance: random.Random

    @property
    def is_near(self) -> bool:
        """Test if little enough is left between them."""
        return self.apart <= NEAR_ENOUGH * (1 - self.stakes / 2)

    def meet(self, tier: int) -> None:
        """Let both sides come a part of the way."""
        for _side in range(2):
            self.apart *= 1 - self.chance.betavariate(2, 2) * 2 * WEIGHT[tier] * (1 - self.stakes / 3)

    def happens(self, odds: float) -> bool:
        """Draw whether something happens."""
        return self.chance.random() < odds

    @property
    def is_close(self) -> bool:
        """Test if more time seems worth while."""
        return self.apart <= CLOSE

    def walks_out(self) -> bool:
        """Draw whether somebody has had enough at this meeting."""
        return self.happens(WALKS_OUT + BY_STAKES * self.stakes)

    def refuses_at_first(self) -> bool:
        """Draw whether a party does not want to be mediated at all."""
        return self.happens(NEVER_ASKED)

    def keeps(self) -> bool:
        """Draw whether a duty is done."""
        return self.happens(KEEPS)

    @property
    def is_small(self) -> bool:
        """Test if it is done at once and by word of mouth."""
        return self.amount is None or self.amount < SMALL


def draw(chance: random.Random) -> Quarrel:
    """Draw a dispute."""
    (type_,) = chance.choices(list(TYPES), list(TYPES.values()))
    usual = WITH_MONEY.get(type_)
    amount = Decimal(round(chance.lognormvariate(0, 0.9) * usual, -1)) if usual else None
    return Quarrel(type_, amount, chance.betavariate(1.5, 4), 1.0, chance)
