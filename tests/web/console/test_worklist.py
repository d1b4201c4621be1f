"""The work list: what it counts, narrows and costs."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from fengqiao.cases.models import Case
from fengqiao.web.console import paging
from tests import acts
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn

HTMX = {"HX-Request": "true"}
QUERIES = 16  # session, who one is, a phone owed, posts, county, townships, units, kept filters, the count, the rows


def rows(client: Client, **asked: str) -> list[str]:
    """List the numbers on the page, in order."""
    page = client.get(reverse("console:cases"), asked)
    assert page.status_code == 200
    return [case.number for case in page.context["page"].rows]


def test_it_shows_open_cases_by_what_is_due(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    newer = acts.open_leak(qing, at=today)
    older = acts.open_leak(qing, at=today - timedelta(days=30))

    assert rows(sign_in(qing.chen_dispatches)) == [older.number, newer.number]


def test_overdue_is_said_in_words(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    acts.open_leak(qing, at=today - timedelta(days=30))

    page = sign_in(qing.chen_dispatches).get(reverse("console:cases")).content.decode()

    assert "left-late" in page
    assert "is-late" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, True),
        ({"status": "dispatched"}, True),
        ({"status": "handling"}, False),
        ({"status": "archived"}, False),
        ({"status": "all"}, True),
        ({"township": "629901101"}, True),
        ({"township": "629901102"}, False),
        ({"kind": "request"}, True),
        ({"kind": "lead"}, False),
        ({"overdue": "on"}, False),
        ({"q": "自来水管"}, True),
        ({"q": "停水两天"}, True),  # stands in the report only
        ({"q": "路灯"}, False),
        ({"status": "nonsense", "township": "nowhere", "unit": "0"}, True),
        ({"waiting": "accept"}, False),  # the dispatcher does not owe the acceptance
    ],
)
def test_the_filters_stand_in_the_address(
    qing: QingCounty, sign_in: SignIn, sent: Case, asked: dict[str, str], found: bool
) -> None:
    assert rows(sign_in(qing.chen_dispatches), **asked) == ([sent.number] if found else [])


def test_it_finds_by_number_and_by_report_code(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    client = sign_in(qing.chen_dispatches)

    assert rows(client, q=sent.number) == [sent.number]
    assert rows(client, q=sent.reports.get().spoken_code.lower()) == [sent.number]


def test_it_narrows_to_one_unit_and_to_ones_own(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    acts.open_leak(qing)
    client = sign_in(qing.chen_dispatches)

    assert rows(client, unit=str(qing.water.pk)) == [sent.number]
    assert rows(sign_in(qing.liu_handles_water), mine="unit") == [sent.number]
    assert sent.number not in rows(client, mine="unit")


def test_what_waits_for_someone_can_be_listed(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    assert rows(sign_in(qing.liu_handles_water), waiting="accept") == [sent.number]


@pytest.mark.parametrize("who", ["zhao_handles_roads", "sun_dispatches_west", "deng_is_a_stranger"])
def test_a_stranger_finds_nothing_by_any_search(qing: QingCounty, sign_in: SignIn, sent: Case, who: str) -> None:
    client = sign_in(getattr(qing, who))

    assert rows(client) == rows(client, q=sent.number) == rows(client, q="停水", status="all") == []


def test_a_restricted_case_is_not_counted_for_those_not_named(
    qing: QingCounty, sign_in: SignIn, today: datetime
) -> None:
    acts.open_accusation(qing, at=today)

    assert rows(sign_in(qing.chen_dispatches), q="水务局") == []
    assert len(rows(sign_in(qing.ma_clerks), q="水务局")) == 1


def test_it_costs_the_same_however_long_it_is(
    qing: QingCounty, sign_in: SignIn, today: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(8):
        acts.dispatch(qing, acts.open_leak(qing, at=today), at=today)
    client = sign_in(qing.chen_dispatches)

    with django_assert_max_num_queries(QUERIES):
        client.get(reverse("console:cases"))


def test_pages_follow_one_another_without_gap_or_double(
    qing: QingCounty, sign_in: SignIn, today: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "ROWS", 3)
    numbers = {acts.open_leak(qing, at=today - timedelta(hours=age // 2)).number for age in range(8)}
    client = sign_in(qing.chen_dispatches)

    there = _walk(client, "older")
    back = _walk(client, "newer", start=there[-1][1])

    assert [len(found) for found, _ in there] == [3, 3, 2]
    assert {number for found, _ in there for number in found} == numbers
    assert [found for found, _ in back] == [found for found, _ in reversed(there)]


def _walk(client: Client, way: str, *, start: str = "") -> list[tuple[list[str], str]]:
    """Follow one of the pager's links to its end; give the rows and the address of each page."""
    address, walked = start or reverse("console:cases"), []
    while address:
        page = client.get(address).context["page"]
        walked.append(([case.number for case in page.rows], address))
        following = getattr(page, way)
        address = reverse("console:cases") + following if following else ""
    return walked


@pytest.mark.parametrize("mark", ["", "x", "2026-01-01_x", "2026-01-01T00:00:00_0", "_", "٣"])
def test_a_mark_that_was_tampered_with_starts_the_list_anew(
    qing: QingCounty, sign_in: SignIn, sent: Case, mark: str
) -> None:
    assert rows(sign_in(qing.chen_dispatches), after=mark) == [sent.number]


def test_htmx_gets_the_rows(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    page = sign_in(qing.chen_dispatches).get(reverse("console:cases"), headers=HTMX).content.decode()

    assert sent.number in page
    assert "<html" not in page


def test_it_is_only_read(qing: QingCounty, sign_in: SignIn) -> None:
    assert sign_in(qing.chen_dispatches).post(reverse("console:cases")).status_code == 405


def test_an_empty_list_says_what_to_do(qing: QingCounty, sign_in: SignIn) -> None:
    assert 'class="empty"' in sign_in(qing.chen_dispatches).get(reverse("console:cases")).content.decode()


def test_only_staff_get_in(client: Client, qing: QingCounty) -> None:
    assert client.get(reverse("console:cases")).status_code == 302


def test_an_empty_list_leads_to_all_cases(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    case = acts.open_leak(qing, at=today)
    desk = sign_in(qing.chen_dispatches)

    assert 'href="?status=all"' in desk.get(reverse("console:cases"), {"q": "路灯"}).content.decode()
    assert rows(desk, status="all") == [case.number]
