"""The door for staff: it locks, it closes behind those who have gone, and there is no other."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import Settings

from fengqiao.people.models import User

PASSWORD = "correct horse battery"
pytestmark = pytest.mark.django_db


def try_door(client: Client, name: str, password: str) -> int:
    return client.post(reverse("account_login"), {"login": name, "password": password}).status_code


@pytest.fixture
def chen() -> User:
    return User.objects.create_user("chen", password=PASSWORD, county="621027")


def test_the_right_password_opens_it(client: Client, chen: User) -> None:
    assert try_door(client, "chen", PASSWORD) == 302
    assert client.session["_auth_user_id"] == str(chen.pk)


def test_five_wrong_passwords_lock_that_name_and_only_that_name(client: Client, chen: User) -> None:
    User.objects.create_user("liu", password=PASSWORD, county="621027")
    answers = [try_door(client, "chen", "wrong") for _ in range(5)]

    assert answers == [200, 200, 200, 200, 429]
    assert try_door(client, "chen", PASSWORD) == 429
    assert try_door(client, "liu", PASSWORD) == 302


def test_the_same_name_from_elsewhere_is_not_locked_out_by_a_stranger(client: Client, chen: User) -> None:
    for _ in range(5):
        try_door(client, "chen", "wrong")
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert try_door(elsewhere, "chen", PASSWORD) == 302


def test_a_session_ends_half_an_hour_after_the_last_click(client: Client, chen: User, settings: Settings) -> None:
    try_door(client, "chen", PASSWORD)
    session = Session.objects.get()
    assert session.expire_date - now() <= timedelta(minutes=30)

    Session.objects.update(expire_date=now() - timedelta(seconds=1))
    assert client.get(reverse("account_change_password")).status_code == 302
    assert "_auth_user_id" not in client.session


def test_working_moves_the_end_on_but_not_at_every_click(client: Client, chen: User) -> None:
    client.force_login(chen)
    early = now() + timedelta(minutes=5)
    Session.objects.update(expire_date=early)

    client.get("/")
    moved = Session.objects.get().expire_date
    assert moved > early + timedelta(minutes=20)

    client.get("/")
    assert Session.objects.get().expire_date == moved


def test_a_request_for_another_host_is_turned_away_inside_as_well(client: Client, chen: User) -> None:
    client.force_login(chen)

    assert client.get("/", headers={"Host": "elsewhere.example"}).status_code == 400


def test_nobody_signs_up_or_sends_a_password_by_mail(client: Client) -> None:
    for closed in ("signup/", "password/reset/", "email/"):
        assert client.get(f"/accounts/{closed}").status_code == 404


def test_the_browser_is_told_to_run_only_what_is_ours(client: Client) -> None:
    answer = client.get("/")
    policy = answer["Content-Security-Policy"]

    assert "unsafe" not in policy and "*" not in policy
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "DENY")
    assert answer["Referrer-Policy"] == "same-origin"
