"""Searching the work list and the reports: what is found, how it is shown and counted."""

import html
import re
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from fengqiao.cases.models import Case
from fengqiao.intake import common
from fengqiao.intake.models import Report
from fengqiao.web.console import paging
from fengqiao.web.console.views import reports, worklist
from tests import acts
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn

QUERIES = 18  # as the list itself, how common the word is, and where it stands


def page(client: Client, view: str = "cases", **asked: str) -> str:
    """Fetch a list as the address asks for it."""
    answer = client.get(reverse(f"console:{view}"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "停水两天"}, True),  # nobody said which status
        ({"q": "停水两天", "status": ""}, True),
        ({"q": "恢复供水"}, True),  # stands in the answer
        ({"q": "恢复供水 停水"}, True),
        ({"q": "停水", "status": "open"}, False),
        ({"q": "停水", "status": "concluded"}, True),
        ({}, False),
    ],
)
def test_a_concluded_case_is_found_unless_only_open_ones_are_asked_for(
    qing: QingCounty, sign_in: SignIn, done: Case, asked: dict[str, str], found: bool
) -> None:
    assert (done.number in page(sign_in(qing.chen_dispatches), **asked)) == found


def test_a_decided_report_is_found_too(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    client, report = sign_in(qing.ma_clerks), sent.reports.get()

    assert report.spoken_code in page(client, "reports", q="停水")
    assert report.spoken_code in page(client, "reports", q=report.code[2:8])
    assert report.spoken_code not in page(client, "reports", q="停水", status="received")
    assert report.spoken_code not in page(client, "reports")


def test_the_words_are_marked_in_the_title_and_where_they_stand(qing: QingCounty, sign_in: SignIn, done: Case) -> None:
    client = sign_in(qing.chen_dispatches)

    assert "柳树村<mark>自来水管</mark>爆裂" in page(client, q="自来水管")
    assert "今天<mark>恢复供水</mark>" in page(client, q="恢复供水")
    assert "家里<mark>停水</mark>两天" in page(client, "reports", q="停水")
    assert f"<mark>{done.reports.get().code}</mark>" in page(client, q=done.reports.get().spoken_code)


def test_what_was_said_is_escaped_beside_the_marks(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    acts.receive(qing, text="<script>停水</script> & 停电", at=today)
    client = sign_in(qing.ma_clerks)

    assert "&lt;script&gt;<mark>停水</mark>&lt;/script&gt; &amp; 停电" in page(client, "reports", q="停水")
    assert "<script>停水" not in page(client, "reports", q="<script>停水")


def test_many_are_counted_up_to_a_limit(
    qing: QingCounty, sign_in: SignIn, today: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        acts.open_leak(qing, at=today)
    client = sign_in(qing.ma_clerks)

    assert "共 3 条" in page(client, q="停水")
    monkeypatch.setattr(worklist, "MOST", 2)
    monkeypatch.setattr(reports, "MOST", 2)

    assert "超过 2 条" in page(client, q="停水")
    assert "超过 2 条" in page(client, "reports", q="停水")
    assert "超过 2 条" in page(client)


@pytest.fixture
def common_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every word for one that most texts hold."""
    monkeypatch.setattr(common, "are_common", lambda words, areas, share: True)


@pytest.mark.usefixtures("common_words")
@pytest.mark.parametrize("view", ["cases", "reports"])
def test_a_common_word_is_walked_for_and_counted_on_the_way(
    qing: QingCounty, sign_in: SignIn, today: datetime, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    for minute in range(5):
        acts.open_leak(qing, at=today + timedelta(minutes=minute))
    acts.open_accusation(qing, at=today)
    client = sign_in(qing.chen_dispatches)

    assert "共 5 条" in page(client, view, q="停水")  # all were met before the limit
    assert "共 0 条" not in page(client, view, q="收费不开票")
    assert "row-main" not in page(client, view, q="收费不开票")

    with_limit = {"MOST_WALKED": 3, "ROWS": 2}
    for name, value in with_limit.items():
        monkeypatch.setattr(paging, name, value)
    pages = walk(client, view, q="停水")

    assert [len(numbers) for numbers in pages] == [2, 2, 1]
    assert len({number for numbers in pages for number in numbers}) == 5
    assert "超过 3 条" in page(client, view, q="停水")


@pytest.mark.usefixtures("common_words")
def test_what_may_be_rare_is_gathered_however_common_the_word(
    qing: QingCounty, sign_in: SignIn, today: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        acts.open_leak(qing, at=today)
    client = sign_in(qing.chen_dispatches)
    monkeypatch.setattr(worklist, "page_of_common", None)

    assert "共 3 条" in page(client, q="停水", kind=Case.objects.first().kind)  # type: ignore[union-attr]
    with pytest.raises(TypeError):
        page(client, q="停水")


def walk(client: Client, view: str, **asked: str) -> list[list[str]]:
    """Follow a list to its end and give the numbers on each page."""
    pages: list[list[str]] = []
    while True:
        said = page(client, view, **asked)
        pages.append(re.findall(r'class="row-number">([^<]+)', said))
        onward = re.search(r'href="\?([^"]*after=[^"]*)"', said)
        if onward is None:
            return pages
        asked = dict(parse_qsl(html.unescape(onward.group(1))))


def test_a_search_costs_the_same_however_much_it_finds(
    qing: QingCounty, sign_in: SignIn, today: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(6):
        acts.dispatch(qing, acts.open_leak(qing, at=today), at=today)
    client = sign_in(qing.chen_dispatches)

    with django_assert_max_num_queries(QUERIES):
        page(client, q="停水")


def test_a_restricted_case_is_not_found_by_those_not_named(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    secret = acts.open_accusation(qing, at=today)
    code = Report.objects.get(case=secret).spoken_code

    for user, found in ((qing.ma_clerks, True), (qing.chen_dispatches, False), (qing.zhou_clerks, False)):
        for words in ("收费不开票", secret.number, code):
            assert (f"/cases/{secret.number}/" in page(sign_in(user), q=words)) == found
            assert ("row-main" in page(sign_in(user), "reports", q=words)) == (found and words != secret.number)
