"""The disputes of a year: each number equals what an independent statement counts."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from fengqiao.insight.mediated import Year, year_of
from fengqiao.mediation.models import Dossier
from fengqiao.mediation.transitions import ending, tiers
from fengqiao.mediation.vocabulary import Ground
from fengqiao.places.models import PrintedFigure
from tests.cast import MONDAY_9AM, QING, SHANGHAI, QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table

LATER = MONDAY_9AM + timedelta(days=4)


@pytest.fixture
def table(qing: QingCounty) -> Table:
    return tables.build(qing)


@pytest.fixture
def busy(table: Table) -> Table:
    """Four disputes: one still runs, one went up too late, one was ended, one came the year before."""
    by = table.he_mediates_willow
    tables.begin(table)
    tiers.escalate(tables.begin(table), to=None, reason="两家谈不拢。", by=by, at=LATER)
    over = tables.begin(table)
    remedies = "可以向人民法院起诉。"
    ending.end(over, ground=Ground.NO_PROSPECT, words="谈不拢。", remedies=remedies, by=by, at=MONDAY_9AM)
    tables.open_dossier(table, at=datetime(2025, 12, 31, 9, tzinfo=SHANGHAI))
    return table


def counted(table: Table, year: int = 2026) -> Year:
    return year_of(table.qing.root, year, table.qing.gao_leads, LATER)


OURS = """WITH ours AS (
    SELECT * FROM mediation_dossier WHERE opened_at >= '2026-01-01 00:00+08' AND opened_at < '2027-01-01 00:00+08'
)"""
STANDS = """SELECT count(*), count(*) FILTER (WHERE stand = 'agreed'),
    count(*) FILTER (WHERE stand NOT IN ('agreed', 'ended')) FROM ours"""
PUNCTUAL = """SELECT count(*) FILTER (WHERE met_at <= due_at), count(*) FILTER (WHERE met_at > due_at)
    FROM cases_caseclock JOIN ours USING (case_id) WHERE stage = 'mediate'"""


def independent(sql: str) -> Any:
    """Ask the database, without the program's own words, about the year 2026 in Shanghai."""
    with connection.cursor() as cursor:
        cursor.execute(f"{OURS} {sql}")
        return cursor.fetchone()


def test_the_numbers_are_those_of_an_independent_count(busy: Table) -> None:
    year = counted(busy)

    assert (year.opened, year.agreed, year.running) == independent(STANDS) == (3, 0, 2)
    assert (year.in_time, year.late) == independent(PUNCTUAL) == (1, 1)
    assert [(tier.order, tier.came, tier.escalated, tier.ended, tier.there) for tier in year.tiers] == [
        (1, 3, 1, 1, 1),
        (2, 1, 0, 0, 1),
    ]
    assert list(year.grounds) == [(Ground.NO_PROSPECT, 1)]


def test_another_year_and_another_area_have_their_own(busy: Table) -> None:
    assert (counted(busy, 2025).opened, counted(busy, 2024).opened) == (1, 0)
    assert year_of(busy.qing.west, 2026, busy.qing.gao_leads, LATER).opened == 0
    assert year_of(busy.qing.root, 2026, busy.qing.deng_is_a_stranger, LATER).opened == 0


def test_nothing_decided_has_no_rate(table: Table) -> None:
    assert counted(table).share == ""


def test_the_page_puts_what_was_printed_beside_it(busy: Table, client: Client) -> None:
    Dossier.objects.filter(pk=tables.begin(busy).pk).update(stand="agreed")
    for what, value in ((PrintedFigure.What.DISPUTES, 2570), (PrintedFigure.What.DISPUTES_SETTLED, 2536)):
        PrintedFigure.objects.create(county=QING, what=what, value=value, printed_on="2023-12-18", source="甘肃政法网")
    client.force_login(busy.qing.gao_leads)

    page = client.get(reverse("console:disputes"), {"year": "2026"}).content.decode()

    assert all(words in page for words in ("甘肃政法网", "2536", "2570", "98.7"))
    assert "50.0%" in page and "25.0%" in page  # of the two that are over; of the four that were found
    assert client.get(reverse("console:disputes"), {"region": "nowhere"}).status_code == 404
    for none in ("abc", "9" * 5000):  # the second is more digits than Python makes a number of
        assert client.get(reverse("console:disputes"), {"year": none}).status_code == 200
    client.force_login(busy.he_mediates_willow)
    assert client.get(reverse("console:disputes")).status_code == 403
