"""The page of the board: who opens it, where its numbers lead, and what one shift leaves for the next."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from fengqiao.cases.models import Case
from fengqiao.oversight.models import DayNote
from tests import acts
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn

DAY, NOTE = "console:day", "console:add_note"
QUERIES = 21  # the session and who one is, areas, the fourteen of the board, notes


@pytest.mark.parametrize("who", ["ma_clerks", "chen_dispatches_east", "wu_supervises", "gao_leads"])
def test_whoever_works_at_a_centre_opens_the_board(qing: QingCounty, sign_in: SignIn, done: Case, who: str) -> None:
    page = sign_in(getattr(qing, who)).get(reverse(DAY))

    assert page.status_code == 200
    assert page.context["board"].moves["concluded_solved"] == 1


@pytest.mark.parametrize("who", ["liu_handles_water", "qian_walks_the_grid", "bai_audits", "deng_is_a_stranger"])
def test_others_are_told_that_it_is_not_for_them(qing: QingCounty, sign_in: SignIn, who: str) -> None:
    client = sign_in(getattr(qing, who))

    assert client.get(reverse(DAY)).status_code == client.post(reverse(NOTE)).status_code == 403
    assert reverse(DAY) not in client.get(reverse("console:home")).content.decode()


def test_an_area_that_is_not_theirs_does_not_exist(qing: QingCounty, sign_in: SignIn) -> None:
    client = sign_in(qing.chen_dispatches_east)

    assert client.get(reverse(DAY), {"region": qing.willow.code}).status_code == 200
    assert client.get(reverse(DAY), {"region": qing.west.code}).status_code == 404
    assert client.get(reverse(DAY), {"region": "nowhere"}).status_code == 404
    assert client.get(reverse(DAY), {"region": "\x00"}).status_code == 404


def test_every_number_leads_to_as_many_rows(qing: QingCounty, sign_in: SignIn, done: Case, today: datetime) -> None:
    acts.evaluate(done, at=today)
    acts.open_leak(qing, at=today - timedelta(days=30))
    acts.open_accusation(qing, at=today)
    client = sign_in(qing.chen_dispatches)

    page = client.get(reverse(DAY)).context["page"]

    numbers = [*page.done, *page.outcomes, *page.answers, *page.present, *page.reports, page.received]
    numbers += [hands.number for hands in (*page.late, *page.stuck)]
    numbers += [number for door in page.doors for number in (*door.numbers, door.total)]
    assert sum(number.count for number in numbers) >= 10
    assert [client.get(number.href).context["page"].total for number in numbers] == [each.count for each in numbers]


def test_one_looks_back_to_an_earlier_day_but_not_ahead(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    earlier = localdate(today - timedelta(days=30))
    acts.open_leak(qing, at=today - timedelta(days=30))
    client = sign_in(qing.gao_leads)

    back = client.get(reverse(DAY), {"on": earlier.isoformat()})
    assert (back.context["board"].moves["opened"], back.context["is_today"]) == (1, False)
    for typed in ("2199-01-01", "2026-13-40", "yesterday"):
        assert client.get(reverse(DAY), {"on": typed}).context["board"].on == localdate(today)


def test_a_list_says_what_was_counted_and_the_way_back(qing: QingCounty, sign_in: SignIn, done: Case) -> None:
    page = sign_in(qing.gao_leads).get(reverse("console:cases"), {"counted": "concluded_solved"})

    assert page.context["title"].startswith("已解决") and done.number in page.content.decode()


def test_on_the_last_day_of_all_nothing_was_counted(qing: QingCounty, sign_in: SignIn, done: Case) -> None:
    client, day = sign_in(qing.chen_dispatches), "9999-12-31"
    for page, asked in (
        ("console:reports", {"received_on": day}),
        ("console:reports", {"declined_on": day, "status": "all"}),
        ("console:cases", {"counted": "opened", "on": day}),
    ):
        assert client.get(reverse(page), asked).context["page"].total == 0


def test_the_next_shift_reads_what_was_left(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    left = sign_in(qing.ma_clerks).post(reverse(NOTE), {"words": "窗口打印机坏了，已报修。"})

    assert left.status_code == 302
    note = DayNote.objects.get()
    assert (note.centre, note.on, note.by) == (qing.centre, localdate(today), qing.ma_clerks)
    for reader in (qing.zhou_clerks, qing.gao_leads):
        assert note.words in sign_in(reader).get(reverse(DAY)).content.decode()


def test_a_leader_reads_and_does_not_write(qing: QingCounty, sign_in: SignIn) -> None:
    client = sign_in(qing.gao_leads)

    assert client.post(reverse(NOTE), {"words": "x"}).status_code == 403
    assert not client.get(reverse(DAY)).context["may_note"]
    assert not DayNote.objects.exists()


@pytest.mark.parametrize("words", ["", "  ", "长" * 1001])
def test_a_note_that_says_nothing_or_too_much_is_refused(qing: QingCounty, sign_in: SignIn, words: str) -> None:
    page = sign_in(qing.ma_clerks).post(reverse(NOTE), {"words": words})

    assert page.status_code == 422
    assert not DayNote.objects.exists()


def test_an_area_without_a_centre_has_no_notes(qing: QingCounty, sign_in: SignIn) -> None:
    assert sign_in(qing.chen_dispatches_east).post(reverse(NOTE), {"words": "x"}).status_code == 404


def test_the_page_costs_the_same_on_a_busy_day(
    qing: QingCounty, sign_in: SignIn, today: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(6):
        acts.conclude(qing, acts.dispatch(qing, acts.open_leak(qing, at=today), at=today), at=today)
    client = sign_in(qing.chen_dispatches)

    with django_assert_max_num_queries(QUERIES):
        client.get(reverse(DAY))


def test_it_is_only_read_and_only_by_staff(qing: QingCounty, sign_in: SignIn, client: Client) -> None:
    assert sign_in(qing.ma_clerks).post(reverse(DAY)).status_code == 405
    assert sign_in(qing.ma_clerks).get(reverse(NOTE)).status_code == 405
    assert client.get(reverse(DAY)).status_code == client.post(reverse(NOTE)).status_code == 302


def test_the_next_shift_takes_over_and_settles_what_stayed_open(qing: QingCounty, sign_in: SignIn) -> None:
    before, after = sign_in(qing.ma_clerks), sign_in(qing.zhou_clerks)
    before.post(reverse(NOTE), {"words": "等供水站回电", "stays_open": "on"})
    assert not before.get(reverse(DAY)).context["may_take_over"]  # nobody takes over from themselves
    assert after.get(reverse(DAY)).context["may_take_over"]

    after.post(reverse("console:take_over"))
    page = before.get(reverse(DAY)).content.decode()
    assert "由 周静 接班" in page and "未了事项" in page

    note = DayNote.objects.get()
    for _twice in range(2):
        assert after.post(reverse("console:settle"), {"note": str(note.pk)}).status_code == 302
    assert "由 周静 办妥" in before.get(reverse(DAY)).content.decode()


def test_a_leader_neither_takes_over_nor_settles(qing: QingCounty, sign_in: SignIn) -> None:
    sign_in(qing.ma_clerks).post(reverse(NOTE), {"words": "等回电", "stays_open": "on"})
    note, client = DayNote.objects.get(), sign_in(qing.gao_leads)

    assert client.post(reverse("console:take_over")).status_code == 403
    client.post(reverse("console:settle"), {"note": str(note.pk)})

    note.refresh_from_db()
    assert note.taken_at is None and note.settled_at is None


@pytest.mark.parametrize("note", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_what_is_not_there_is_not_settled(qing: QingCounty, sign_in: SignIn, note: str) -> None:
    assert sign_in(qing.ma_clerks).post(reverse("console:settle"), {"note": note}).status_code == 404
