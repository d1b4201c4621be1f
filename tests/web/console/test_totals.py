"""What the pages count, a plain SQL over the rows counts too, however long a page is."""

import csv
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from fengqiao.cases.vocabulary import Outcome
from fengqiao.web.console import paging
from tests.cast import QING, QingCounty
from tests.web.console.conftest import SignIn

LETTERS = 12


@pytest.fixture
def imported(qing: QingCounty, tmp_path: Path) -> None:
    """Letters taken in and carried through to the archive, and some that still wait."""
    for name, first, arguments in (("old", 1000, ["--replay"]), ("new", 2000, [])):
        path = tmp_path / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            lines = csv.writer(out)
            lines.writerow(["message_id", "received_at", "title", "text", "likes", "dislikes"])
            lines.writerows(
                [first + n, f"2018-03-{n % 28 + 1:02} 10:00:00", f"路灯不亮{n}", "巷口路灯坏了，晚上看不见路。", 0, 0]
                for n in range(LETTERS)
            )
        call_command("import_messages", str(path), *arguments)


def by_sql(where: str, table: str = "cases_case") -> int:
    """Count rows past every queryset of ours."""
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table} where county = %s and {where}", [QING])
        return int(cursor.fetchone()[0])


def total(client: Client, name: str, **asked: str) -> int:
    """Read the total off a list."""
    page = client.get(reverse(f"console:{name}"), asked).content.decode()
    found = re.search(r"共 (\d+) 条", page)
    return int(found[1]) if found else 0


@pytest.mark.parametrize("rows", [5, 50])
def test_totals_on_the_pages_equal_sql(
    qing: QingCounty, imported: None, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr(paging, "ROWS", rows)
    desk = sign_in(qing.chen_dispatches)
    open_ = "status in ('opened', 'dispatched', 'objected', 'handling')"

    assert total(desk, "cases", status="all") == by_sql("true") == LETTERS
    assert total(desk, "cases", status="archived") == by_sql("status = 'archived'") == LETTERS
    assert total(desk, "cases") == by_sql(open_) == 0
    assert total(desk, "reports", status="received") == by_sql("status = 'received'", "intake_report") == LETTERS
    home = desk.get(reverse("console:home")).content.decode()
    assert f'<span class="count">{LETTERS}</span>' in home or f">{LETTERS}<" in home


def test_every_case_that_ended_has_exactly_one_outcome(qing: QingCounty, imported: None) -> None:
    parts = [by_sql(f"outcome = '{outcome}'") for outcome in Outcome]

    assert sum(parts) == by_sql("status in ('concluded', 'archived', 'revisited')") == LETTERS
