"""How long the pages take over a deep stock: `./run bench depth --stock 1000000`.

The real views with the real middleware and a session, in this process, one user at a time: work list, reports, board,
first page, case page, and a hundred searches for words of two to four signs, half from the most frequent tenth. The
yardstick is the database alone: fifty cases by primary key, in the same run.
"""

import argparse
import json
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from bench.kept.loading import say
from bench.search import draw
from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.people.models import User

YARDSTICK = "SELECT id, number, title, status, due_at FROM cases_case ORDER BY id LIMIT 50"
ROW, OK = b'class="list-row', 200
# By the goal of 50 ms. The list of an area above fills its page at a tenth of the stock too.
JUDGED = ("worklist_clerk", "worklist_handler", "worklist_above", "case", "search_cases", "search_reports")
BY_PASSWORD = "fengqiao.web.shared.backends.Staff"


@dataclass(frozen=True, slots=True)
class Page:
    """One figure: its name, who asks, and the addresses to ask for in turn."""

    name: str
    user: User | None  # none: a resident
    addresses: list[str]
    before: Callable[[Client, str], None] | None = None  # what a browser has with it that asks for this address


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer: its status, how many rows of a list it showed, what it took of the clock and of a processor."""

    status: int
    shown: int
    wall_ms: float
    cpu_ms: float


def main(arguments: list[str]) -> None:
    """Have the stock, ask for every page, print."""
    from bench.kept import database, stocking

    parser = argparse.ArgumentParser(prog="./run bench depth")
    parser.add_argument("--stock", type=int, default=database.USUAL)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", default="", help="only those whose names begin with one of these, with commas")
    asked = parser.parse_args(arguments)
    stocking.ensure(asked.stock)
    wanted = tuple(asked.pages.split(","))
    found = pages(_people(), asked, random.Random(asked.seed))
    figures = measure([page for page in found if page.name.startswith(wanted)])
    print(json.dumps({"bench": "depth", "stock": asked.stock, "seed": asked.seed, **figures}))


def _people() -> dict[str, User]:
    """Choose one person of each role in the county with the most cases, and a leader above."""
    from bench.kept import staff

    fullest = Case.objects.values_list("county").annotate(count=Count("pk")).order_by("-count", "county")[0][0]
    county = next(each for each in staff.directory() if each.code == fullest)
    chosen = {person.role: person.id for person in reversed(county.people)}
    chosen["above"] = staff.leaders_above()[0].id
    return {role: User.objects.get(pk=pk) for role, pk in chosen.items()}


def pages(users: dict[str, User], asked: argparse.Namespace, chance: random.Random) -> list[Page]:
    """List the pages: each list as each role sees it, case pages, searches."""
    found = [
        Page(f"{name}_{role}", user, [address] * asked.times)
        for role, user in users.items()
        for name, address in LISTS.items()
        if role not in ABSENT.get(name, ())
    ]
    clerk = users["clerk"]
    numbers = Case.objects.filter(county=clerk.county, is_restricted=False).values_list("number", flat=True)
    shown = chance.choices(list(numbers.order_by("-opened_at")[:5000]), k=asked.times)
    found.append(Page("case", clerk, [reverse("console:case", args=[number]) for number in shown]))
    texts = list(Report.objects.order_by("id").values_list("text", flat=True)[:5000])
    words = draw(texts, asked.queries, chance)
    for view in ("cases", "reports"):
        address = reverse(f"console:{view}")
        found.append(Page(f"search_{view}", clerk, [f"{address}?q={word}" for word in words]))
    return found


LISTS = {
    "worklist": "/console/cases/?status=open",
    "newest": "/console/cases/?status=all",
    "overdue": "/console/cases/?overdue=on",
    "reports": "/console/reports/?status=all",
    "home": "/console/",
    "board": "/console/day/",
}
ABSENT = {"board": ("handler", "grid_worker")}


def measure(asked: list[Page]) -> dict[str, Any]:
    """Ask for every address in turn, after one that only warms, and compare with the database alone."""
    import_module("config.wsgi")  # gets this process ready as the web server gets ready
    bare = _spread([_milliseconds(_yardstick) for _ in range(50)])
    figures = {page.name: _figures(page) for page in asked}
    judged = [name for name in JUDGED if name in figures]
    slowest = max(figures[name]["p95_ms"] for name in judged or figures)
    told = {"figure": slowest, "unit": "ms of the server, p95 of the slowest page judged", "judged": judged}
    told |= {"errors": sum(page["errors"] for page in figures.values()), "yardstick": bare["p50_ms"]}
    told |= {"ratio": round(slowest / bare["p50_ms"], 1), "pages": figures}
    return told | {"machine_load": round(os.getloadavg()[0], 1), "processors": os.cpu_count()}


def _figures(page: Page) -> dict[str, float]:
    client = Client(HTTP_HOST="localhost")
    if page.user is not None:
        client.force_login(page.user, backend=BY_PASSWORD)
    asked = [_ask(page, client, address) for address in [page.addresses[0], *page.addresses]][1:]
    times = [each.wall_ms for each in asked]
    cpu = sum(each.cpu_ms for each in asked) / len(asked)
    counted = [_count(page, client, address) for address in page.addresses]  # apart: it changes how is asked
    most = {"shown": max(each.shown for each in asked)}  # two stocks compare well where both fill the page
    most |= {"statements": max(map(len, counted)), "rows": max(map(sum, counted))}
    errors = sum(each.status != OK for each in asked)
    say(f"{page.name}: {sorted(times)[len(times) // 2]:.0f} ms, {cpu:.0f} ms of a processor")
    return _spread(times) | {"cpu_ms": round(cpu, 1), **most, "errors": errors}


def _ask(page: Page, client: Client, address: str) -> Asked:
    """Ask for one address, and see what that took."""
    if page.before is not None:
        page.before(client, address)
    wall, cpu = time.perf_counter(), time.process_time()
    answer = client.get(address)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Asked(answer.status_code, answer.content.count(ROW), wall * 1000, cpu * 1000)


def _count(page: Page, client: Client, address: str) -> list[int]:
    """Ask once more, and count: for each statement how many rows it gave or changed."""
    if page.before is not None:
        page.before(client, address)
    with counting() as counted:
        client.get(address)
    return counted


def _yardstick() -> None:
    with connection.cursor() as cursor:
        cursor.execute(YARDSTICK)
        cursor.fetchall()


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def _spread(times: list[float]) -> dict[str, float]:
    """Give the middle, the slowest twentieth and hundredth, and the slowest."""
    ranked = sorted(times)
    places = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99, "max_ms": 1.0}
    return {name: round(ranked[min(len(ranked) - 1, int(len(ranked) * at))], 2) for name, at in places.items()}


@contextmanager
def counting() -> Iterator[list[int]]:
    """Note for each statement how many rows it gave or changed."""
    counted: list[int] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        counted.append(max(0, context["cursor"].rowcount))
        return answer

    with connection.execute_wrapper(count):
        yield counted
