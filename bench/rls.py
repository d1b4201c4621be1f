"""What row-level security by county and path would cost: `./run bench rls --stock 100000`.

On a kept stock, the same pages of one dispatcher are asked for as they are today, in a transaction that tells the
database who asks, and under policies by county and by range of paths as a role that is not the owner. The cost is CPU
time of this process and of its backend, so it means something on a busy machine; the yardstick is today's page. All of
it is taken back at the end. What a forgotten predicate would show is counted, too.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.utils.timezone import now

from bench.kept import stocking
from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.people.models import Post, Role

ROLE = "bench_rls"
BY_COUNTY = "county = current_setting('fengqiao.county', true)"
BY_PATH = (
    "path >= current_setting('fengqiao.path', true) COLLATE \"C\" AND "
    "path < (current_setting('fengqiao.path', true) || '/') COLLATE \"C\""
)
POLICIES = {
    "county": dict.fromkeys(("cases_case", "intake_report", "cases_caselog", "cases_caseclock"), BY_COUNTY),
    "path": {
        **dict.fromkeys(("cases_case", "intake_report"), f"{BY_COUNTY} AND {BY_PATH}"),
        **dict.fromkeys(("cases_caselog", "cases_caseclock"), BY_COUNTY),
    },
}
SEARCHED = ("停水", "村道塌了")


def main(arguments: list[str]) -> None:
    """Measure each way on the same pages, and print."""
    parser = argparse.ArgumentParser(prog="./run bench rls")
    parser.add_argument("--stock", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=20)
    asked = parser.parse_args(arguments)
    stocking.ensure(asked.stock, asked.seed)
    settings.ALLOWED_HOSTS = ["*"]
    setup_test_environment(debug=False)
    county = Case.objects.filter(is_restricted=False).order_by("-opened_at")[0].county
    post = Post.objects.select_related("user", "region").filter(role=Role.DISPATCHER, county=county)[0]
    result = {way: _measured(post, way, asked.rounds) for way in ("today", "transaction", "county", "path")}
    print(json.dumps({"bench": "rls", "stock": asked.stock, "leaks": _leaks(post), **result}, ensure_ascii=False))


def _measured(post: Post, way: str, rounds: int) -> dict[str, Any]:
    """Ask for every page in one way and give CPU milliseconds (mean) and statements of each."""
    told = nullcontext if way == "today" else lambda: _told(post)
    pages = _pages(post)  # found before the policies hold: without a word of who asks they show nothing
    with _policies(way):
        return {name: _page(page, told, rounds) for name, page in pages.items()}


def _pages(post: Post) -> dict[str, Callable[[], Any]]:
    """List the pages: the work list, a case, a step on it, and searches."""
    client = Client()
    client.force_login(post.user, backend="django.contrib.auth.backends.ModelBackend")
    case = Case.objects.filter(county=post.county, is_restricted=False).order_by("-opened_at")[0]
    where = f"/console/cases/{case.number}/"
    note = {"note": "已与施工队联系", "seen": case.line_count}
    pages: dict[str, Callable[[], Any]] = {
        "list": lambda: client.get("/console/cases/?status=all"),
        "case": lambda: client.get(where),
        "step": lambda: client.post(f"{where}add_note/", note),
    }
    return pages | {f"search {word}": _search(client, word) for word in SEARCHED}


def _search(client: Client, word: str) -> Callable[[], Any]:
    return lambda: client.get("/console/cases/", {"q": word})


def _page(page: Callable[[], Any], told: Callable[[], Any], rounds: int) -> dict[str, Any]:
    """Ask for a page again and again, each time taken back, and once more to count its statements."""
    costs = []
    for _round in range(rounds + 1):
        with transaction.atomic():
            before = _cpu()
            with told():
                answer = page()
            costs.append(_cpu() - before)
            transaction.set_rollback(True)
    with CaptureQueriesContext(connection) as asked, transaction.atomic(), told():
        page()
        transaction.set_rollback(True)
    cost = round(statistics.mean(costs[1:]) * 1000, 1)
    return {"cpu_ms": cost, "statements": len(asked), "status": answer.status_code}


@contextmanager
def _told(post: Post) -> Iterator[None]:
    """Open the transaction of a request and tell the database for whom it is."""
    with transaction.atomic(), connection.cursor() as cursor:
        values = [post.county, post.region.path]
        cursor.execute("SELECT set_config('fengqiao.county', %s, true), set_config('fengqiao.path', %s, true)", values)
        yield


@contextmanager
def _policies(way: str) -> Iterator[None]:
    """Put policies in place and take the role they bind; take both back."""
    tables = POLICIES.get(way, {})
    with connection.cursor() as cursor:
        if not tables:
            yield
            return
        cursor.execute(f"CREATE ROLE {ROLE}")
        cursor.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {ROLE}")
        for table, condition in tables.items():
            cursor.execute(f"CREATE POLICY {ROLE} ON {table} USING ({condition})")
            cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        try:
            cursor.execute(f"SET ROLE {ROLE}")
            yield
        finally:
            cursor.execute("RESET ROLE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
                cursor.execute(f"DROP POLICY {ROLE} ON {table}")
            cursor.execute(f"DROP OWNED BY {ROLE}")
            cursor.execute(f"DROP ROLE {ROLE}")


def _leaks(post: Post) -> dict[str, dict[str, int]]:
    """Count the cases and reports that a list would show whose `visible_to` was forgotten, and how many it should."""
    found = {"seen": {"cases": Case.objects.visible_to(post.user, now()).count()}}
    for way in ("today", "county", "path"):
        with _policies(way), _told(post):
            restricted = Case.objects.filter(is_restricted=True).count()
            found[way] = {"cases": Case.objects.count(), "reports": Report.objects.count(), "restricted": restricted}
    return found


def _cpu() -> float:
    """Give the CPU seconds that this process and its backend have had."""
    with open(f"/proc/{connection.connection.info.backend_pid}/schedstat") as told:
        return time.process_time() + int(told.read().split()[0]) / 1e9
