"""A passkey from the first press to the open desk, with a device that the browser plays itself."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from fengqiao.people.models import StaffLog, User
from tests import cast
from tests.browser.conftest import Shot, forward
from tests.browser.test_resident import faults
from tests.cast import PASSWORD, QingCounty

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
OPEN_BY_PASSKEY = "form[action$='passkey/login/'] button"


@pytest.fixture
def device(context: BrowserContext, page: Page) -> Iterator[CDPSession]:
    """A device with a lock of its own."""
    played = context.new_cdp_session(page)
    played.send("WebAuthn.enable")
    played.identity = played.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]  # type: ignore[attr-defined]
    yield played


@pytest.fixture
def qing(db: None) -> QingCounty:
    """Qing County, whose audit administrator has a password and nothing else yet."""
    cache.clear()
    county = cast.build()
    county.bai_audits.set_password(PASSWORD)
    county.bai_audits.save()
    Authenticator.objects.filter(user=county.bai_audits).delete()
    return county


def come_in(page: Page, user: User) -> None:
    page.goto(reverse("account_login"))
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", PASSWORD)
    forward(page)


def leave(page: Page) -> None:
    page.goto(reverse("account_logout"))
    forward(page)


def test_an_administrator_makes_a_passkey_and_comes_in_with_it_alone(
    page: Page, device: CDPSession, qing: QingCounty, shot: Shot
) -> None:
    come_in(page, qing.bai_audits)
    forward(page, page.get_by_role("link", name="添加通行密钥"))
    shot(page, "passkey-add")
    assert faults(page) == []
    page.fill("[name=name]", "值班室的电脑")
    forward(page)

    expect(page.locator(".factor-codes li")).to_have_count(10)
    key = Authenticator.objects.get(user=qing.bai_audits, type="webauthn")
    assert key.data["name"] == "值班室的电脑"

    leave(page)
    page.goto(reverse("account_login"))
    shot(page, "passkey-door")
    assert faults(page) == []
    forward(page, OPEN_BY_PASSKEY)
    expect(page).to_have_url(page.url.split("/console/")[0] + "/console/")
    page.goto(reverse("console:audit"))
    expect(page.locator("h1")).to_have_text("日志审计")
    assert StaffLog.objects.filter(act="signed_in", facts__how="通行密钥").count() == 1

    page.goto(reverse("mfa_index"))
    expect(page.locator(".factor-list")).to_contain_text("值班室的电脑")
    shot(page, "passkey-list")
    assert faults(page) == []


def test_after_the_password_the_same_passkey_is_the_second_step(
    page: Page, device: CDPSession, qing: QingCounty, shot: Shot
) -> None:
    come_in(page, qing.bai_audits)
    page.goto(reverse("mfa_add_webauthn"))
    forward(page)
    leave(page)

    come_in(page, qing.bai_audits)
    shot(page, "passkey-second-step")
    assert faults(page) == []
    forward(page)
    page.goto(reverse("console:audit"))
    expect(page.locator("h1")).to_have_text("日志审计")


def test_it_is_renamed_and_removed_and_then_opens_nothing(page: Page, device: CDPSession, qing: QingCounty) -> None:
    come_in(page, qing.bai_audits)
    page.goto(reverse("mfa_add_webauthn"))
    forward(page)
    page.goto(reverse("mfa_index"))
    forward(page, ".factor-acts a >> nth=0")
    page.fill("[name=name]", "旧手机")
    forward(page)
    expect(page.locator(".factor-list")).to_contain_text("旧手机")
    forward(page, ".factor-acts a >> nth=1")
    forward(page)
    expect(page.locator(".factor-list")).to_have_count(0)

    leave(page)
    page.goto(reverse("account_login"))
    forward(page, OPEN_BY_PASSKEY)
    expect(page.locator(".message-error")).to_contain_text("通行密钥")
    acts = list(StaffLog.objects.order_by("at", "pk").values_list("act", flat=True))
    assert acts == ["signed_in", "added_factor", "removed_factor"]


def test_a_device_that_says_no_leaves_a_sentence_and_the_password(
    page: Page, device: CDPSession, qing: QingCounty
) -> None:
    come_in(page, qing.bai_audits)
    page.goto(reverse("mfa_add_webauthn"))
    device.send(
        "WebAuthn.setUserVerified",
        {"authenticatorId": device.identity, "isUserVerified": False},  # type: ignore[attr-defined]
    )
    page.locator(".btn-primary").click()

    expect(page.locator("[data-says=failed]")).to_be_visible()
    expect(page.locator(".btn-primary")).to_be_enabled()
    assert not Authenticator.objects.filter(user=qing.bai_audits).exists()
