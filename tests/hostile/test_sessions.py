"""Whose browser it is: keys that were planted, doors left open behind one, a second step passed by, loose cookies."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from fengqiao.intake.models import Report
from fengqiao.jobs.launch.where import CHECKOUT
from fengqiao.people.models import User
from fengqiao.web.shared.sessions import SessionStore
from tests import acts
from tests.architecture.test_access import OF_LIBRARIES, ours_and_theirs
from tests.cast import PASSWORD, QingCounty
from tests.web.shared.test_factors import code, join, knock

HOME = "/console/"
OWN_ACCOUNT = {"account", "mfa"}  # where the phone is joined
ANYTHING = {"uuid": "01970000-0000-7000-8000-000000000000", "int": "1"}
SHOWN = "from config import settings as s; import json; print(json.dumps({n: getattr(s, n) for n in %r}))"
NAMED = re.compile(r"<(\w+):\w+>")
OF_COOKIES = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")


@pytest.fixture
def ma(qing: QingCounty) -> User:
    """A clerk with a password."""
    cache.clear()
    qing.ma_clerks.set_password(PASSWORD)
    qing.ma_clerks.save()
    return qing.ma_clerks


def with_key(key: str) -> Client:
    """Give a browser that shows this session key."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client


def sign_in(client: Client, user: User) -> str:
    """Sign in with the password and give the key that the browser holds afterwards."""
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def is_in(key: str) -> bool:
    return with_key(key).get(HOME).status_code == 200


def planted() -> Iterator[str]:
    """Give a key that nobody was given, and one that its planter was."""
    yield "a" * 32
    theirs = SessionStore()
    theirs["marked"] = "by the planter"
    theirs.create()
    yield str(theirs.session_key)


def test_a_planted_key_opens_nothing(ma: User) -> None:
    for key in planted():
        own = sign_in(with_key(key), ma)

        assert own != key and is_in(own)
        assert not is_in(key)
        assert not Session.objects.filter(session_key=key).exists()


@pytest.mark.parametrize("key", ["\x00" * 32, "a" * 31 + "\x00", "\n" * 32, "ÿ" * 32, "'" * 32, "a" * 5000])
def test_a_key_that_none_of_ours_can_be_opens_nothing_and_hinders_nobody(ma: User, key: str) -> None:
    """A cookie can say any sign, written as a number; planted in a browser, it would come with each request."""
    client = with_key(key)

    assert [client.get(page).status_code for page in ("/", "/track/", HOME)] == [200, 200, 302]
    assert is_in(sign_in(client, ma))


def test_each_proof_gives_another_key(qing: QingCounty) -> None:
    """What somebody saw before the code, or before the new password, is worth nothing afterwards."""
    secret, _codes = join(qing.ma_clerks)
    client, to = knock(qing.ma_clerks)
    keys = [client.session.session_key]
    client.post(to, {"code": code(secret, periods=1)})
    keys.append(client.session.session_key)
    new = "another quiet county road"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    keys.append(client.session.session_key)

    assert len(set(keys)) == 3 and None not in keys
    assert [is_in(str(key)) for key in keys] == [False, False, True]


def test_whoever_leaves_has_left_on_the_server_too(ma: User) -> None:
    client = Client()
    key = sign_in(client, ma)
    assert is_in(key)
    client.post(reverse("account_logout"))

    assert not is_in(key)
    assert not Session.objects.filter(session_key=key).exists()


def of_staff() -> list[tuple[str, str]]:
    """Give every address that only somebody signed in may open, with something in the place of each name."""
    theirs = {name for name, kind in OF_LIBRARIES.items() if kind == "staff"}
    return [
        (str(one.name), "/" + NAMED.sub(lambda part: ANYTHING.get(part[1], "x"), address))
        for address, one in ours_and_theirs()
        if one.name in theirs or getattr(one.callback, "access", "") == "staff"
    ]


def test_between_password_and_code_no_page_opens(qing: QingCounty) -> None:
    join(qing.ma_clerks)
    client, to = knock(qing.ma_clerks)
    assert to == reverse("mfa_authenticate")

    opened = []
    for name, address in of_staff():
        for method in ("GET", "POST"):
            answer = client.generic(method, address)
            if answer.status_code != 302 or not answer.headers["Location"].startswith(reverse("account_login")):
                opened.append(f"{method} {name} {answer.status_code}")
    assert opened == []
    assert len(of_staff()) > 100


def test_without_the_second_step_an_administrator_opens_no_page_of_the_desk(qing: QingCounty) -> None:
    Authenticator.objects.all().delete()
    client, _to = knock(qing.feng_secures)

    opened = []
    for name, address in of_staff():
        if name.partition("_")[0] not in OWN_ACCOUNT:
            for method in ("GET", "POST"):
                answer = client.generic(method, address)
                if answer.status_code != 302 or answer.headers["Location"] != reverse("mfa_activate_totp"):
                    opened.append(f"{method} {name} {answer.status_code}")
    assert opened == []


def test_no_cookie_is_read_by_scripts_or_sent_from_elsewhere(
    ma: User, qing: QingCounty, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in OF_COOKIES[:2]:
        monkeypatch.setattr(settings, name, True)
    given = dict[str, list[str]]()
    for cookies in (_of_the_desk(ma), _of_a_resident(qing)):
        for name, cookie in cookies:
            flags = {flag: str(cookie[flag]) for flag in ("httponly", "secure", "samesite")}
            given[name] = [flag for flag, value in flags.items() if value not in ("True", "Lax", "Strict")]

    assert len(given) >= 5
    assert {name: loose for name, loose in given.items() if loose} == {}


def _of_the_desk(user: User) -> list[tuple[str, Any]]:
    client = Client()
    sign_in(client, user)
    client.get(HOME)
    client.get(reverse("account_change_password"))
    return list(client.cookies.items())


def _of_a_resident(qing: QingCounty) -> list[tuple[str, Any]]:
    client, receipt = Client(), acts.receive(qing)
    client.get("/report/")
    for address in ("/language/", "/large-type/"):
        client.post(address)
    client.post(f"/track/{receipt.report.code}/", {"secret": receipt.secret})
    assert Report.objects.get().secret_tries == 0
    return list(client.cookies.items())


def test_in_service_cookies_travel_by_https_alone() -> None:
    asked = [sys.executable, "-c", SHOWN % (OF_COOKIES,)]
    around = {**os.environ, "FENGQIAO_ADDRESS": "https://fengqiao.example"}
    told = json.loads(subprocess.run(asked, cwd=CHECKOUT, env=around, capture_output=True, check=True).stdout)

    assert [bool(told[name]) for name in OF_COOKIES] == [True] * len(OF_COOKIES)
