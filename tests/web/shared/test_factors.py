"""The second step at sign-in: for everybody who wants it, and for administrators before anything else."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from fengqiao.people.models import FailedSignIn, StaffLog, User
from tests.cast import PASSWORD, QingCounty

HOME = "/console/"


@pytest.fixture(autouse=True)
def _codes_unused(db: None) -> None:
    cache.clear()


def code(secret: str, *, periods: int = 0) -> str:
    """Compute what the phone shows."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods)))


def wrong(secret: str) -> str:
    near = {code(secret, periods=step) for step in (-2, -1, 0, 1, 2)}
    return next(each for each in ("000000", "111111", "222222", "333333", "444444", "555555") if each not in near)


def knock(user: User) -> tuple[Client, str]:
    """Sign in with the password alone; give the browser and where it was sent."""
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    answer = client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    return client, answer.headers.get("Location", "")


def join(user: User) -> tuple[str, list[str]]:
    """Join a phone and give its key and the recovery codes."""
    Authenticator.objects.filter(user=user).delete()
    client, _to = knock(user)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    shown = client.get(reverse("mfa_view_recovery_codes"))
    again = client.get(reverse("mfa_view_recovery_codes"))
    codes: list[str] = shown.context["unused_codes"]
    assert len(codes) == 10 and codes[0] in shown.content.decode() and codes[0] not in again.content.decode()
    assert b"<print-button" in shown.content and b"<print-button" not in again.content  # codes that are shown, only
    cache.clear()
    return secret, codes


@pytest.mark.parametrize("who", ["feng_secures", "shi_runs_the_system", "bai_audits"])
def test_an_administrator_without_a_phone_is_led_to_join_one(qing: QingCounty, who: str) -> None:
    Authenticator.objects.all().delete()
    client, _to = knock(getattr(qing, who))

    for page in ("console:home", "console:people", "console:cases", "console:places"):
        assert client.get(reverse(page)).headers["Location"] == reverse("mfa_activate_totp"), page
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_nobody_else_is_made_to(qing: QingCounty) -> None:
    client, _to = knock(qing.ma_clerks)

    assert client.get(HOME).status_code == 200
    assert client.get(reverse("mfa_index")).status_code == 200


def test_with_a_phone_the_code_comes_after_the_password(qing: QingCounty) -> None:
    secret, _codes = join(qing.feng_secures)

    client, to = knock(qing.feng_secures)
    assert to == reverse("mfa_authenticate")
    assert client.get(HOME).status_code == 302
    assert "_auth_user_id" not in client.session

    refused = client.post(to, {"code": wrong(secret)})
    assert refused.status_code == 200 and refused.context["form"].errors
    client.post(to, {"code": code(secret)})

    assert client.get(reverse("console:people")).status_code == 200
    acts = list(StaffLog.objects.order_by("at", "pk").values_list("act", flat=True))
    assert acts[-1] == "signed_in"
    failed = FailedSignIn.objects.get()
    assert (failed.about, failed.proof, failed.count) == (qing.feng_secures, "code", 1)


def test_a_code_opens_the_door_once(qing: QingCounty) -> None:
    secret, _codes = join(qing.ma_clerks)
    shown = code(secret)
    first, to = knock(qing.ma_clerks)
    first.post(to, {"code": shown})
    second, to = knock(qing.ma_clerks)
    second.post(to, {"code": shown})

    assert "_auth_user_id" in first.session and "_auth_user_id" not in second.session


def test_a_recovery_code_opens_it_once(qing: QingCounty) -> None:
    _secret, codes = join(qing.bai_audits)
    opened = []
    for each in (codes[0], codes[0], codes[1]):
        client, to = knock(qing.bai_audits)
        client.post(to, {"code": each})
        opened.append("_auth_user_id" in client.session)

    assert opened == [True, False, True]


def test_five_wrong_codes_pause_that_account_whatever_the_browser(qing: QingCounty) -> None:
    secret, _codes = join(qing.ma_clerks)
    for _try in range(5):
        client, to = knock(qing.ma_clerks)
        client.post(to, {"code": wrong(secret)})

    client, to = knock(qing.ma_clerks)
    client.post(to, {"code": code(secret)})
    assert "_auth_user_id" not in client.session


def test_a_wrong_first_code_joins_nothing(qing: QingCounty) -> None:
    client, _to = knock(qing.ma_clerks)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret

    answer = client.post(reverse("mfa_activate_totp"), {"code": wrong(secret)})

    assert answer.context["form"].errors
    assert not Authenticator.objects.filter(user=qing.ma_clerks).exists()


def test_keys_are_not_kept_in_the_clear(qing: QingCounty) -> None:
    secret, _codes = join(qing.ma_clerks)

    assert secret not in str(Authenticator.objects.get(user=qing.ma_clerks, type="totp").data)


def test_a_lost_phone_is_forgotten_by_the_security_administrator(qing: QingCounty) -> None:
    join(qing.bai_audits)
    desk = Client()
    desk.force_login(qing.feng_secures, backend="fengqiao.web.shared.backends.Staff")
    forget = reverse("console:change_account", args=["bai_audits", "phone"])

    assert forget in desk.get(reverse("console:person", args=["bai_audits"])).content.decode()
    assert desk.post(forget).status_code == 302

    client, _to = knock(qing.bai_audits)
    assert client.get(HOME).headers["Location"] == reverse("mfa_activate_totp")
    assert StaffLog.objects.filter(act="forgot_factor", by=qing.feng_secures, about=qing.bai_audits).count() == 1


def test_turning_it_off_asks_again_who_one_is(qing: QingCounty) -> None:
    join(qing.ma_clerks)
    client = Client()
    client.force_login(qing.ma_clerks, backend="fengqiao.web.shared.backends.Staff")

    answer = client.post(reverse("mfa_deactivate_totp"))

    assert answer.status_code == 302 and "/accounts/" in answer.headers["Location"]
    assert Authenticator.objects.filter(user=qing.ma_clerks, type="totp").exists()
    assert client.get(answer.headers["Location"]).status_code == 200
