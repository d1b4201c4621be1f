"""Whether the time an answer takes tells what its words do not: `./run bench timing --times 100`.

Two kinds of asking that must look alike are asked in turn, in a drawn order, and their times compared: by the middle of
each, and by how much oftener one of the two is the slower (`leans`: 0 where they are alike, 1 where the slower one is
always the same). What lies beyond `by_chance` is no chance. It asks the program itself, without a network in between,
which hears more than anybody outside does.
"""

import argparse
import json
import math
import os
import statistics
import time
from collections.abc import Callable
from itertools import count
from random import Random
from typing import Any

from django.core.cache import cache
from django.test import Client

from fengqiao.intake import secret as secrets
from fengqiao.kit import codes
from tests import acts, cast
from tests.cast import PASSWORD, QingCounty

Ask = Callable[[], int]
WRONG = "a wrong password"
KNOWN_BY_ITS_WORDS = "code"  # a code that nobody has is answered with 404: a code opens no words, a secret does


def main(arguments: list[str]) -> None:
    """Ask in turn, compare, print."""
    parser = argparse.ArgumentParser(prog="./run bench timing")
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    cache.clear()
    kinds, chance = Asking(cast.build()).kinds(), Random(asked.seed)
    told = {name: compared(*both, asked.times, chance) for name, both in kinds.items()}
    judged = {name: each for name, each in told.items() if name != KNOWN_BY_ITS_WORDS}
    figure = max(abs(each["leans"]) for each in judged.values())
    result: dict[str, Any] = {"bench": "timing", "figure": figure, "unit": "how much one of two leans to be the slower"}
    result |= {"by_chance": by_chance(asked.times), "judged": sorted(judged), "times": asked.times, "compared": told}
    result |= {"errors": sum(each["errors"] for each in told.values())}
    print(json.dumps(result | {"machine_load": round(os.getloadavg()[0], 1), "processors": os.cpu_count()}))


class Asking:
    """Asks at the doors, each time as somebody nobody has met: no limit and no pause speaks in between."""

    def __init__(self, qing: QingCounty) -> None:
        """Give those who are asked about a password."""
        self.qing, self.numbers = qing, count()
        for user in (qing.ma_clerks, qing.zhou_clerks):
            user.set_password(PASSWORD)
            user.save()
        qing.zhou_clerks.is_active = False
        qing.zhou_clerks.save()

    def kinds(self) -> dict[str, tuple[Callable[[], Ask], Callable[[], Ask]]]:
        """Give the two kinds of asking that are compared, by name."""
        return {
            "secret": (lambda: self._secret(right=0), lambda: self._secret(right=secrets.LENGTH - 1)),
            "code": (lambda: self._secret(right=0), self._unknown_code),
            "name": (lambda: self._name("ma_clerks"), lambda: self._name("nobody_here")),
            "closed": (lambda: self._name("zhou_clerks"), lambda: self._name("nobody_here")),
        }

    def _secret(self, *, right: int) -> Ask:
        """Ask with a secret whose first digits are right."""
        receipt = acts.receive(self.qing)
        typed = receipt.secret[:right] + "".join(str((int(sign) + 1) % 10) for sign in receipt.secret[right:])
        return self._post(f"/track/{receipt.report.code}/", {"secret": typed})

    def _unknown_code(self) -> Ask:
        code = codes.new_code(self.qing.county.tag)
        return self._post(f"/track/{code}/", {"secret": "123456"})

    def _name(self, name: str) -> Ask:
        return self._post("/accounts/login/", {"login": name, "password": WRONG})

    def _post(self, address: str, typed: dict[str, str]) -> Ask:
        number = next(self.numbers)
        client = Client(
            REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}", SERVER_NAME="localhost"
        )
        return lambda: client.post(address, typed).status_code


def compared(first: Callable[[], Ask], second: Callable[[], Ask], times: int, chance: Random) -> dict[str, Any]:
    """Ask both so many times, in a drawn order, and say how their times compare."""
    taken: tuple[list[float], list[float]] = ([], [])
    wrong = 0
    for _time in range(times):
        asks = [(0, first()), (1, second())]
        chance.shuffle(asks)
        for which, ask in asks:
            began = time.perf_counter()
            status = ask()
            taken[which].append((time.perf_counter() - began) * 1000)
            wrong += status >= 500 or status == 429
    middle = [round(statistics.median(times), 3) for times in taken]
    return {"p50_ms": middle, "leans": round(leans(*taken), 3), "errors": wrong}


def leans(first: list[float], second: list[float]) -> float:
    """Say how much oftener the second is the slower of two than the first: from -1 to 1, 0 where both are alike."""
    slower = sum((b > a) - (b < a) for a in first for b in second)
    return slower / (len(first) * len(second))


def by_chance(times: int) -> float:
    """Give how far two that are alike lean in one of a thousand runs at most."""
    return round(3.3 * math.sqrt((2 * times + 1) / (3 * times * times)), 3)
