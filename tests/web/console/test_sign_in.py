"""Signing in, being locked out, signing out."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD, QingCounty


@pytest.fixture
def door(qing: QingCounty) -> Client:
    """A browser at the door of a clerk who has a password."""
    qing.ma_clerks.set_password(PASSWORD)
    qing.ma_clerks.save()
    cache.clear()
    return Client()


def knock(client: Client, password: str, **more: str) -> int:
    return client.post(reverse("account_login"), {"login": "ma_clerks", "password": password, **more}).status_code


def test_the_door_is_one_page_with_two_questions(door: Client) -> None:
    page = door.get(reverse("account_login")).content.decode()

    assert page.count('type="text"') == page.count('type="password"') == 1
    assert page.count("<input") == 5  # two tokens, the name, the password, and what a passkey signs
    assert page.count("btn-primary") == 1


def test_the_right_password_leads_to_what_waits(door: Client) -> None:
    answer = door.post(reverse("account_login"), {"login": "ma_clerks", "password": PASSWORD})

    assert answer.headers["Location"] == reverse("console:home")


def test_one_is_brought_back_to_where_one_was_going(door: Client) -> None:
    asked = door.get(reverse("console:places"))
    page = door.get(asked.headers["Location"]).content.decode()

    answer = door.post(
        asked.headers["Location"], {"login": "ma_clerks", "password": PASSWORD, "next": "/console/places/"}
    )

    assert 'value="/console/places/"' in page
    assert answer.headers["Location"] == reverse("console:places")


def test_a_wrong_password_keeps_the_name(door: Client) -> None:
    answer = door.post(reverse("account_login"), {"login": "ma_clerks", "password": "wrong"})

    page = answer.content.decode()
    assert 'value="ma_clerks"' in page
    assert "error-summary" in page


def test_five_wrong_passwords_close_the_door_for_a_while(door: Client) -> None:
    tries = [knock(door, "wrong") for _ in range(5)]

    assert tries[-1] == 429
    answer = door.post(reverse("account_login"), {"login": "ma_clerks", "password": PASSWORD})
    assert answer.status_code == 429
    assert reverse("account_login") in answer.content.decode()


def test_signing_out_asks_once_and_ends_it(qing: QingCounty, door: Client) -> None:
    door.force_login(qing.ma_clerks, backend="fengqiao.web.shared.backends.Staff")

    assert "btn-primary" in door.get(reverse("account_logout")).content.decode()
    door.post(reverse("account_logout"))
    assert door.get(reverse("console:home")).status_code == 302
