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
from fengqiao.intake import common, newest
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
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
    assert "家里<mark>停水</mark>两天" in page(client, q="停水")
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
    for each in (worklist, reports, newest):
        monkeypatch.setattr(each, "MOST", 2)

    assert "超过 2 条" in page(client, q="停水")
    assert "超过 2 条" in page(client, "reports", q="停水")
    assert "超过 2 条" in page(client)


@pytest.fixture
def common_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every word for one that most texts hold."""
    monkeypatch.setattr(common, "are_common", lambda words, areas, share: True)


def guess_that(monkeypatch: pytest.MonkeyPatch, since: datetime | None, *, is_walked: bool) -> None:
    """Have each search look at what is as new as this moment, by the index or one by one."""
    monkeypatch.setattr(common, "guess", lambda *_areas, **_more: common.Guess(since, is_walked))


def limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have pages of two rows, and count three of a common word."""
    monkeypatch.setattr(newest, "MOST_OF_COMMON", 3)
    monkeypatch.setattr(paging, "MOST_WALKED", 3)
    monkeypatch.setattr(paging, "ROWS", 2)


@pytest.fixture
def hours(qing: QingCounty, today: datetime) -> list[str]:
    """Have six cases opened an hour apart, and one that few may see; give the numbers, the newest first."""
    opened = [acts.open_leak(qing, at=today + timedelta(hours=hour)).number for hour in range(6)]
    acts.open_accusation(qing, at=today + timedelta(hours=6))
    return opened[::-1]


@pytest.mark.parametrize("is_walked", [True, False])
@pytest.mark.parametrize("view", ["cases", "reports"])
def test_of_a_common_word_the_newest_are_found_and_all_by_turning_pages(
    sign_in: SignIn, qing: QingCounty, hours: list[str], monkeypatch: pytest.MonkeyPatch, view: str, is_walked: bool
) -> None:
    whole = walk(sign_in(qing.chen_dispatches), view, q="停水")
    limit(monkeypatch)
    since = Case.objects.order_by("opened_at")[1].opened_at
    guess_that(monkeypatch, since, is_walked=is_walked)
    client = sign_in(qing.chen_dispatches)
    pages = walk(client, view, q="停水")

    assert [len(numbers) for numbers in pages] == [2, 2, 2]
    assert [number for numbers in pages for number in numbers] == whole[0]
    assert view == "reports" or whole == [hours]
    assert "超过 3 条" in page(client, view, q="停水")
    assert "row-main" not in page(client, view, q="收费不开票")


@pytest.mark.parametrize("is_walked", [True, False])
@pytest.mark.parametrize("view", ["cases", "reports"])
def test_a_guess_that_was_too_late_costs_no_row(
    sign_in: SignIn, qing: QingCounty, hours: list[str], monkeypatch: pytest.MonkeyPatch, view: str, is_walked: bool
) -> None:
    limit(monkeypatch)
    guess_that(monkeypatch, Case.objects.get(number=hours[1]).opened_at, is_walked=is_walked)
    client = sign_in(qing.chen_dispatches)

    assert "共 6 条" in page(client, view, q="停水")
    assert len({number for numbers in walk(client, view, q="停水") for number in numbers}) == 6


@pytest.mark.parametrize("is_walked", [True, False])
@pytest.mark.parametrize("view", ["cases", "reports"])
def test_the_newest_of_a_word_are_those_of_the_own_area_that_all_may_see(
    sign_in: SignIn,
    qing: QingCounty,
    hours: list[str],
    today: datetime,
    monkeypatch: pytest.MonkeyPatch,
    view: str,
    is_walked: bool,
) -> None:
    acts.open_accusation(qing, at=today)
    monkeypatch.setattr(newest, "MOST_OF_COMMON", 1)  # whatever is found first is shown
    monkeypatch.setattr(paging, "ROWS", 1)
    guess_that(monkeypatch, Case.objects.earliest("opened_at").opened_at, is_walked=is_walked)

    assert "row-main" not in page(sign_in(qing.chen_dispatches), view, q="收费不开票")
    assert "row-main" in page(sign_in(qing.ma_clerks), view, q="收费不开票")
    assert "row-main" not in page(sign_in(qing.sun_dispatches_west), view, q="停水")
    assert "row-main" in page(sign_in(qing.chen_dispatches_east), view, q="停水")


@pytest.mark.parametrize("since", [True, False])
@pytest.mark.parametrize("is_walked", [True, False])
def test_a_case_is_found_once_by_its_title_and_by_each_report_and_stands_where_it_was_opened(
    sign_in: SignIn,
    qing: QingCounty,
    hours: list[str],
    today: datetime,
    monkeypatch: pytest.MonkeyPatch,
    since: bool,
    is_walked: bool,
) -> None:
    late = today + timedelta(days=2)
    for number in (hours[-1], hours[0]):
        report = acts.receive(qing, text="又停水了", at=late).report
        triaging.join(report, Case.objects.get(number=number), by=qing.ma_clerks, at=late)
    Case.objects.filter(number=hours[2]).update(title="停水的事")
    if since:
        monkeypatch.setattr(newest, "MOST_OF_COMMON", 5)
        guess_that(monkeypatch, today, is_walked=is_walked)

    said = page(sign_in(qing.chen_dispatches), q="停水")

    assert re.findall(r'class="row-number">([^<]+)', said) == hours
    assert ("超过 5 条" if since else "共 6 条") in said


@pytest.mark.usefixtures("common_words")
def test_a_common_word_among_what_is_open_is_walked_for_and_counted_on_the_way(
    sign_in: SignIn, qing: QingCounty, hours: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(qing.chen_dispatches)
    limit(monkeypatch)
    pages = walk(client, "cases", q="停水", status="open")

    assert [number for numbers in pages for number in numbers] == hours[::-1]  # what is due first
    assert "超过 3 条" in page(client, q="停水", status="open")


@pytest.mark.usefixtures("common_words")
def test_what_may_be_rare_is_gathered_however_common_the_word(
    qing: QingCounty, sign_in: SignIn, today: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        acts.open_leak(qing, at=today)
    client = sign_in(qing.chen_dispatches)
    monkeypatch.setattr(worklist, "page_of_common", None)
    monkeypatch.setattr(worklist, "page_of_newest", None)

    assert "共 3 条" in page(client, q="停水", kind=Case.objects.first().kind)  # type: ignore[union-attr]
    for asked in ({"q": "停水"}, {"q": "停水", "status": "open"}):
        with pytest.raises(TypeError):
            page(client, **asked)


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


@pytest.mark.parametrize("view", ["cases", "reports"])
def test_a_list_says_on_its_last_page_how_many_there_are_as_on_its_first(
    sign_in: SignIn, qing: QingCounty, hours: list[str], monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    monkeypatch.setattr(paging, "ROWS", 4)
    client = sign_in(qing.chen_dispatches)
    first = page(client, view, status="all")
    onward = re.search(r'href="\?([^"]*after=[^"]*)"', first)
    assert onward is not None

    last = page(client, view, **dict(parse_qsl(html.unescape(onward.group(1)))))

    assert "共 6 条" in first
    assert "共 6 条" in last
    assert len(re.findall(r'class="row-number">', last)) == 2


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
