"""One's dates in one's own calendar: made and revoked on a page, fetched without a sign-in, told when and not what."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from fengqiao.cases.models import Case
from fengqiao.desk.models import CalendarFeed
from fengqiao.desk.transitions import feeds
from fengqiao.people.models import User
from fengqiao.web.console.views.feeds import MOST_IN_AN_HOUR
from tests import acts
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn


def fetched(user: User, at: datetime) -> str:
    """Give what a calendar reads at a fresh address of somebody."""
    answer = Client().get(reverse("feed", args=[feeds.make(by=user, at=at)]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_address_is_told_once_and_works_without_a_sign_in(
    qing: QingCounty, sign_in: SignIn, new_leak: Case
) -> None:
    desk = sign_in(qing.chen_dispatches)
    assert "还没有" in desk.get(reverse("console:dates")).content.decode()

    page = desk.post(reverse("console:dates"), {"do": "make"})
    address = page.context["address"]
    assert address in page.content.decode()
    assert address not in desk.get(reverse("console:dates")).content.decode()

    answer = Client().get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    (entry,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert entry["summary"] == f"分流转办到期：{new_leak.number}，东镇"
    assert entry.decoded("dtstart") == new_leak.due_at.replace(microsecond=0)  # type: ignore[union-attr]
    assert str(entry["url"]).endswith(reverse("console:case", args=[new_leak.number]))


def test_nothing_that_was_said_and_nobody_is_in_it(qing: QingCounty, new_leak: Case, today: datetime) -> None:
    text = fetched(qing.chen_dispatches, today)

    assert new_leak.number in text.replace("\r\n ", "")
    for word in (new_leak.title, acts.LEAK[:6], "柳树", "何秀英", "陈国强"):
        assert word not in text.replace("\r\n ", "")


def test_it_shows_exactly_what_is_owed_and_seen(qing: QingCounty, sent: Case, today: datetime) -> None:
    secret = acts.open_accusation(qing, at=today)
    people = {name: user for name, user in vars(qing).items() if isinstance(user, User)}
    texts = {name: fetched(user, today).replace("\r\n ", "") for name, user in people.items()}

    assert {name for name, text in texts.items() if sent.number in text} == {"liu_handles_water"}
    assert {name for name, text in texts.items() if secret.number in text} == set()


def test_the_scope_is_that_of_the_moment(qing: QingCounty, sent: Case, today: datetime) -> None:
    address = reverse("feed", args=[feeds.make(by=qing.liu_handles_water, at=today)])
    assert sent.number in Client().get(address).content.decode()

    qing.liu_handles_water.posts.all().delete()

    assert sent.number not in Client().get(address).content.decode()


@pytest.mark.parametrize("token", ["x", "0" * 43, "%20", "a" * 400])
def test_an_address_nobody_made_does_not_exist(qing: QingCounty, client: Client, token: str) -> None:
    assert client.get(reverse("feed", args=[token])).status_code == 404


def test_a_revoked_address_does_not_exist(qing: QingCounty, sign_in: SignIn) -> None:
    desk = sign_in(qing.chen_dispatches)
    address = desk.post(reverse("console:dates"), {"do": "make"}).context["address"]

    desk.post(reverse("console:dates"), {"do": "revoke"})

    assert Client().get(address).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_a_program_gone_wild_is_told_to_wait(qing: QingCounty, client: Client, today: datetime) -> None:
    address = reverse("feed", args=[feeds.make(by=qing.chen_dispatches, at=today)])
    answers = [client.get(address) for _ in range(MOST_IN_AN_HOUR + 1)]

    assert {answer.status_code for answer in answers[:-1]} == {200}
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"] == "3600"
    assert client.get(reverse("feed", args=[feeds.make(by=qing.wu_supervises, at=today)])).status_code == 200


def test_an_address_is_only_read(qing: QingCounty, client: Client, today: datetime) -> None:
    address = reverse("feed", args=[feeds.make(by=qing.chen_dispatches, at=today)])

    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200
