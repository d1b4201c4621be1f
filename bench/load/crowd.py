"""Desks of many counties, seated before the clock starts."""

import random
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bench.kept.staff import directory
from bench.load.desk import Desk, seat
from fengqiao.places.models import Level, Region


def seated(at: tuple[str, int], number: int, seed: int) -> list[Desk]:
    """Sign three people in for each of so many desks, in county after county."""
    chance = random.Random(seed)
    counties = directory()
    villages: dict[str, list[Region]] = {}
    for region in Region.objects.filter(level=Level.VILLAGE, valid_to=None).order_by("path").only("pk", "county"):
        villages.setdefault(region.county, []).append(region)
    chance.shuffle(counties)
    chosen = [counties[each % len(counties)] for each in range(number)]
    places = [chance.choice(villages[county.code]).pk for county in chosen]
    with ThreadPoolExecutor(4) as doors:
        return list(doors.map(partial(seat, at), chosen, places, (n // len(counties) for n in range(number))))


def forget(desks: list[Desk]) -> None:
    """Hang up."""
    for desk in desks:
        for browser in desk.browsers:
            browser.close()
