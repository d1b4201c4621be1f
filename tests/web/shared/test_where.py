"""Where one is signed in: seen in words, ended by oneself, by the security administrator, and with the password."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from fengqiao.people.models import SignIn, StaffLog, User
from fengqiao.people.transitions import accounts, sessions
from fengqiao.web.shared.addresses import neighbourhood
from tests.cast import PASSWORD, QingCounty

HOME, WHERE = "/console/", "/accounts/where/"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"
PHONE = "Mozilla/5.0 (Linux; Android 14; HarmonyOS) AppleWebKit/537.36 HuaweiBrowser/15.0 Mobile Safari/537.36"


@pytest.fixture
def ma(qing: QingCounty) -> User:
    """A clerk with a password."""
    cache.clear()
    qing.ma_clerks.set_password(PASSWORD)
    qing.ma_clerks.save()
    return qing.ma_clerks


def come_in(user: User, agent: str = EDGE, address: str = "10.20.30.40") -> Client:
    """Sign in from some browser somewhere."""
    client = Client(REMOTE_ADDR=address, HTTP_USER_AGENT=agent)
    answer = client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    assert answer.headers["Location"] == HOME
    return client


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def test_each_browser_is_said_in_words_and_this_one_comes_first(ma: User) -> None:
    come_in(ma, PHONE, "2001:db8:77:1::5")
    here = come_in(ma)
    page = here.get(WHERE)

    said = [(words, is_carried, is_this) for _row, words, is_carried, is_this in page.context["places"]]
    assert said == [("Windows 上的 Edge", False, True), ("HarmonyOS 上的 Huawei Browser", True, False)]
    shown = page.content.decode()
    assert "10.20.*.*" in shown and "2001:0db8:0077:*" in shown
    assert "10.20.30.40" not in shown and "10.20.30.40" not in str(list(SignIn.objects.values()))
    assert str(here.session.session_key) not in shown


def test_one_is_ended_from_another(ma: User) -> None:
    lost, here = come_in(ma, PHONE), come_in(ma)
    row = SignIn.objects.get(session=lost.session.session_key)

    assert here.post(reverse("account_end", args=[row.pk])).headers["Location"] == WHERE

    assert not is_in(lost) and is_in(here)
    line = StaffLog.objects.get(act="ended_sessions")
    assert (line.by, line.about) == (ma, ma)
    again = here.post(reverse("account_end", args=[row.pk]), follow=True)
    assert "message-error" in again.content.decode()


def test_all_others_are_ended_at_once(ma: User) -> None:
    others, here = [come_in(ma, PHONE), come_in(ma)], come_in(ma)
    here.post(reverse("account_end_others"))

    assert [is_in(other) for other in others] == [False, False] and is_in(here)
    page = here.get(WHERE)
    assert len(page.context["places"]) == 1 and "account_end" not in page.content.decode()


def test_nobody_ends_a_colleagues_sign_in(qing: QingCounty, ma: User) -> None:
    hers = come_in(ma)
    stranger = Client()
    stranger.force_login(qing.zhou_clerks, backend="fengqiao.web.shared.backends.Staff")
    stranger.post(reverse("account_end", args=[SignIn.objects.get(user=ma).pk]))
    stranger.post(reverse("account_end_others"))

    assert is_in(hers)
    assert Client().get(WHERE).status_code == 302


def test_the_security_administrator_ends_them_all(qing: QingCounty, ma: User) -> None:
    browsers = [come_in(ma), come_in(ma, PHONE)]
    desk = Client()
    desk.force_login(qing.feng_secures, backend="fengqiao.web.shared.backends.Staff")
    leave = reverse("console:change_account", args=["ma_clerks", "leave"])

    assert leave in desk.get(reverse("console:person", args=["ma_clerks"])).content.decode()
    assert desk.post(leave).status_code == 302

    assert [is_in(each) for each in browsers] == [False, False]
    line = StaffLog.objects.get(act="ended_sessions")
    assert (line.by, line.about, line.facts) == (qing.feng_secures, ma, {"count": "2"})
    assert leave not in desk.get(reverse("console:person", args=["ma_clerks"])).content.decode()
    assert desk.post(leave).status_code == 422


def test_a_new_password_ends_every_other_sign_in(ma: User) -> None:
    other, here = come_in(ma, PHONE), come_in(ma)
    new = "another quiet county road"
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert is_in(here) and not is_in(other)
    places = here.get(WHERE).context["places"]
    assert [is_this for _row, _words, _is_carried, is_this in places] == [True]


@pytest.mark.parametrize("act", ["reset_password", "deactivate"])
def test_a_told_password_and_a_closed_account_end_them(qing: QingCounty, ma: User, act: str) -> None:
    here = come_in(ma)
    getattr(accounts, act)(ma, by=qing.feng_secures, at=now())

    assert not is_in(here)
    assert not SignIn.objects.filter(user=ma).exists()


def test_what_ran_out_is_not_shown_and_goes_at_the_next_sign_in(ma: User) -> None:
    come_in(ma)
    SignIn.objects.update(seen_at=now() - timedelta(days=1))
    come_in(ma, PHONE).logout()

    assert SignIn.objects.count() == 1
    assert not sessions.open_now(ma, now()).exists()


@pytest.mark.parametrize(
    ("address", "said"), [("10.20.30.40", "10.20.*.*"), ("::1", "0000:0000:0000:*"), ("nonsense", ""), ("", "")]
)
def test_only_the_beginning_of_an_address_is_kept(address: str, said: str) -> None:
    assert neighbourhood(address) == said
