"""How well and how fast the search finds: `./run bench search --queries 100 --stock 100000`.

Loads that many invented reports, each with its case, into a scratch database, searches for words of two to four signs
(half of them among the tenth that is most frequent) and prints one line of JSON. What should be found is told by plain
Python over the same texts. Times: `ids` finds up to a thousand reports and nothing else; `cases` and `reports` are the
first page as the desk asks for it: scope, count up to the limit, rows.
"""

import argparse
import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection
from django.http import QueryDict

from bench.invented import Stored, days, load, number_and_day
from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.intake.searching import MOST, search_cases, search_reports
from fengqiao.kit.bigrams import NOT_A_SIGN, flat
from fengqiao.people.models import User
from fengqiao.places.models import Region
from fengqiao.web.console.views import reports, worklist
from tests.cast import MONDAY_9AM

INDEX = "intake_by_pairs_and_place"
LENGTHS = (2, 3, 4)
LOOKED_AT = 5000  # texts from which words are drawn


def main(arguments: list[str]) -> None:
    """Load, search, compare, print."""
    parser = argparse.ArgumentParser(prog="./run bench search")
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--stock", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    began = time.monotonic()
    stored, user = load(asked.stock, random.Random(asked.seed))
    loaded = round(time.monotonic() - began, 1)
    words = draw([row.text for row in stored], asked.queries, random.Random(asked.seed))
    result = {"bench": "search", "stock": asked.stock, "queries": len(words), "seed": asked.seed, "load_s": loaded}
    result |= {"postgresql": connection.cursor().connection.info.server_version // 10000}
    result |= found(stored, words) | timed(words, user) | {"by_index": sum(uses_index(word) for word in words)}
    print(json.dumps(result | {"machine_load": round(os.getloadavg()[0], 1), "processors": os.cpu_count()}))


def draw(texts: list[str], number: int, chance: random.Random) -> list[str]:
    """Draw words that stand in the texts: half from the most frequent tenth, half from the others."""
    seen: Counter[str] = Counter()
    for text in texts[:LOOKED_AT]:
        for run in NOT_A_SIGN.split(flat(text)):
            seen.update({run[at : at + size] for size in LENGTHS for at in range(len(run) - size + 1)})
    ranked = sorted(seen, key=lambda word: (-seen[word], word))  # or those of one number would be in any order
    tenth = max(1, len(ranked) // 10)
    half = number // 2
    return [*chance.choices(ranked[:tenth], k=half), *chance.choices(ranked[tenth:], k=number - half)]


def found(stored: list[Stored], words: list[str]) -> dict[str, Any]:
    """Compare what the search finds with what plain Python finds: all reports, and the newest cases."""
    reports = [(row.report, flat(f"{row.code}\n{row.text}\n{row.place}")) for row in stored]
    numbers = [bare_number(at) for at, _ in days(stored)]
    cases = [
        (row.case, f"{number}\n{flat(row.title)}\n{said}")
        for row, number, (_, said) in zip(stored, numbers, reports, strict=True)
    ]
    counted = Counter[str]()
    for word in words:
        told = set(search_reports(Report.objects.all(), word, everywhere()).values_list("pk", flat=True))
        compare(counted, told, {pk for pk, said in reports if word in said})
        newest = (
            search_cases(Case.objects.all(), word, everywhere())
            .order_by("-opened_at", "-id")
            .values_list("pk", flat=True)
        )
        compare(counted, set(newest[:MOST]), set([pk for pk, said in reversed(cases) if word in said][:MOST]))
    right = counted["right"]
    return {"found": right, "recall": right / counted["expected"], "precision": right / counted["told"]}


def bare_number(at: datetime) -> str:
    """Give a case's number as the search reads it."""
    return flat(number_and_day(at)["number"].replace("-", ""))


def compare(counted: Counter[str], told: set[Any], expected: set[Any]) -> None:
    """Add one answer to the tallies."""
    counted.update(told=len(told), expected=len(expected), right=len(told & expected))


def timed(words: list[str], user: User) -> dict[str, float]:
    """Time the first page of both lists for each word, in milliseconds."""
    area = user.posts.select_related("region").get().region

    def alone(word: str) -> object:
        return list(search_reports(Report.objects.all(), word, area).values_list("pk", flat=True)[:MOST])

    def case_page(word: str) -> object:
        return worklist.page_asked_for({"q": word}, user, MONDAY_9AM, QueryDict())

    def report_page(word: str) -> object:
        return reports.page_asked_for({"q": word}, user, MONDAY_9AM, QueryDict())

    return spread("ids", alone, words) | spread("cases", case_page, words) | spread("reports", report_page, words)


def spread(name: str, ask: Callable[[str], object], words: list[str]) -> dict[str, float]:
    """Give the middle and the slowest twentieth of the times."""
    times = []
    for word in words:
        began = time.perf_counter()
        ask(word)
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    middle, slow = times[len(times) // 2], times[int(len(times) * 0.95)]
    return {f"{name}_p50_ms": round(middle, 1), f"{name}_p95_ms": round(slow, 1), f"{name}_max_ms": round(times[-1], 1)}


def uses_index(word: str) -> bool:
    """Test if the planner goes by the index of pairs and places."""
    return INDEX in search_reports(Report.objects.all(), word, everywhere()).explain()


def everywhere() -> Region:
    """Give the area in which all that was loaded lies."""
    return Region.objects.get(parent=None)
