"""Guessing: what a guess costs, what it tells, and that no flood of guesses hides what really happened."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse
from django.utils.timezone import now
from pytest_django import Settings

from fengqiao.intake import secret as secrets
from fengqiao.kit import codes
from fengqiao.people.models import FailedSignIn
from fengqiao.people.transitions import attempts
from fengqiao.web.resident import limits, urls
from fengqiao.web.resident.limits import Limit
from tests import acts
from tests.architecture.test_restricted_doors import PARTS
from tests.cast import PASSWORD, QingCounty
from tests.hostile.payloads import IS_LONG

A_DAY = timedelta(days=1)
A_MILLION = 10**6  # reports of one county, more than it will ever have
OF_A_CODE = [one for one in urls.urlpatterns if str(one.pattern).startswith("track/<slug:code>")]
NOTHING_ASKED = {"leave", "track_square"}  # they close what is open here, or draw an address, and look nothing up


class Counting(MD5PasswordHasher):
    """A quick hash of passwords that counts how often it is computed."""

    runs = 0

    def encode(self, password: str, salt: str) -> str:
        """Count one."""
        type(self).runs += 1
        return super().encode(password, salt)


def test_what_a_guess_is_worth_stated_in_numbers() -> None:
    space = len(codes.ALPHABET) ** codes.BODY_LENGTH
    codes_a_day = limits.MISSES.most * (A_DAY / limits.MISSES.span)
    secrets_a_day = secrets.TRIES * (A_DAY / secrets.PAUSE)

    assert space > 6.5e11
    assert codes_a_day * A_MILLION / space < 0.015  # codes one address finds in a day: one in over two months
    assert secrets_a_day / 10**secrets.LENGTH < 0.0005  # to open one report: more than five years
    assert limits.SECRETS.most * (A_DAY / limits.SECRETS.span) / 10**secrets.LENGTH < 0.006  # any report, one address


@pytest.mark.parametrize("one", OF_A_CODE, ids=lambda one: one.name)
def test_trying_codes_ends_at_every_page_of_a_code(
    qing: QingCounty, monkeypatch: pytest.MonkeyPatch, one: URLPattern
) -> None:
    """A code opens little, but a page that lets them be tried without end would open it for every report."""
    cache.clear()
    monkeypatch.setattr(limits, "MISSES", Limit("miss", 4, timedelta(minutes=10)))
    address = "/" + re.sub(r"<uuid:\w+>", "01970000-0000-7000-8000-000000000000", str(one.pattern))
    address = address.replace("<slug:act>", "agree")
    client = Client()
    for number in range(4):
        guess = address.replace("<slug:code>", f"QX2222222{number}2".replace("0", "A").replace("1", "B"))
        assert {client.get(guess).status_code, client.post(guess).status_code} <= {302, 404, 405, 429}
    known = address.replace("<slug:code>", acts.receive(qing).report.code)
    found = {client.get(known).status_code, client.post(known).status_code}
    assert (429 in found) or one.name in NOTHING_ASKED


@pytest.mark.parametrize("page", ["", "evaluate/", "reopen/", "review/", "give-up/"])
def test_trying_secrets_ends_at_every_page_that_takes_one(
    qing: QingCounty, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    """Five tries a report are not enough where one address goes from report to report."""
    cache.clear()
    monkeypatch.setattr(limits, "SECRETS", Limit("secret", 6, timedelta(minutes=10)))
    known = [acts.receive(qing).report.code for _ in range(7)]
    tried = [Client().post(f"/track/{code}/{page}", {"secret": "123456"}).status_code for code in known]

    assert tried == [422] * 6 + [429]


def answer_to(client: Client, address: str, **typed: str) -> tuple[int, str, int]:
    """Give what an answer tells: its status, its words without what differs each time, the statements it took."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.post(address, typed)
    said = PARTS.sub("", answer.content.decode())
    return answer.status_code, re.sub(r"\s+", " ", said), len(asked)


def test_every_wrong_secret_is_answered_alike_and_costs_alike(qing: QingCounty) -> None:
    cache.clear()
    Client().post(f"/track/{acts.receive(qing).report.code}/", {"secret": "123456"})  # the first knock starts a count
    found = []
    for near in (0, 3, 5):  # so many digits are right
        receipt = acts.receive(qing)
        wrong = receipt.secret[:near] + "".join(str((int(sign) + 1) % 10) for sign in receipt.secret[near:])
        address = f"/track/{receipt.report.code}/"
        status, words, cost = answer_to(Client(), address, secret=wrong)
        code = receipt.report
        found.append((status, words.replace(code.code, "").replace(code.spoken_code, ""), cost))

    assert found[0][0] == 422
    assert found[0] == found[1] == found[2]


def test_a_locked_report_tells_nothing_of_the_right_secret(qing: QingCounty) -> None:
    cache.clear()
    receipt = acts.receive(qing, at=now())
    address = f"/track/{receipt.report.code}/"
    wrong = "000000" if receipt.secret != "000000" else "111111"
    for _ in range(secrets.TRIES):
        Client().post(address, {"secret": wrong})

    assert answer_to(Client(), address, secret=wrong) == answer_to(Client(), address, secret=receipt.secret)


def test_a_name_that_nobody_has_is_answered_as_a_wrong_password_is(qing: QingCounty, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    cache.clear()
    qing.ma_clerks.set_password(PASSWORD)
    qing.ma_clerks.save()
    told: list[tuple[Any, ...]] = []
    for name in ("ma_clerks", "nobody_here"):
        before = Counting.runs
        status, words, _cost = answer_to(Client(), reverse("account_login"), login=name, password="wrong wrong")
        told.append((status, words.replace(name, ""), Counting.runs - before))

    assert told[0] == told[1]
    assert told[0][2] == 1


def test_a_closed_account_is_answered_as_a_wrong_password_is(qing: QingCounty, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    cache.clear()
    qing.ma_clerks.set_password(PASSWORD)
    qing.ma_clerks.is_active = False
    qing.ma_clerks.save()

    closed = answer_to(Client(), reverse("account_login"), login="ma_clerks", password="wrong wrong")
    nobody = answer_to(Client(), reverse("account_login"), login="nobodyhere", password="wrong wrong")
    assert closed[0] == nobody[0] and closed[1].replace("ma_clerks", "") == nobody[1].replace("nobodyhere", "")


def test_a_flood_of_knocks_stays_small_and_hides_nobody(qing: QingCounty, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    knocks, most = (10_000, attempts.MOST_ROWS) if IS_LONG else (300, 60)
    monkeypatch.setattr(attempts, "MOST_ROWS", most)
    at = now().replace(minute=30)
    for number in range(knocks):
        address = f"198.51.{number % 250}.{number % 7}"
        attempts.record_failure(f"root{number}", FailedSignIn.Proof.PASSWORD, address=address, at=at)
    for name in ("ma_clerks", "chen_dispatches"):
        attempts.record_failure(name, FailedSignIn.Proof.PASSWORD, address="203.0.113.9", at=at)
    qing.ma_clerks.set_password(PASSWORD)
    qing.ma_clerks.save()
    Client().post(reverse("account_login"), {"login": "ma_clerks", "password": PASSWORD})

    assert FailedSignIn.objects.count() <= most + 3  # the crowd's last row, and one for each account
    assert sum(FailedSignIn.objects.values_list("count", flat=True)) == knocks + 2
    auditor = Client()
    auditor.force_login(qing.bai_audits, backend="fengqiao.web.shared.backends.Staff")
    seen = auditor.get(reverse("console:audit"), {"log": "failed", "who": "ma_clerks"}).content.decode()
    assert "ma_clerks" in seen and "root1" not in seen
    assert "马晓兰" in auditor.get(reverse("console:audit")).content.decode()
