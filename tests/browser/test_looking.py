"""Signed-in browsers, the logs, and a restricted case's own page, looked at in a real browser."""

from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from fengqiao.cases.transitions import naming, opening
from fengqiao.people.models import FailedSignIn
from fengqiao.people.transitions.attempts import record_failure
from tests import acts
from tests.browser.conftest import Shot, forward
from tests.browser.test_passkeys import come_in
from tests.browser.test_resident import faults
from tests.cast import PASSWORD, QingCounty


def look(page: Page, shot: Shot, address: str, name: str) -> None:
    page.goto(address)
    shot(page, f"guard-{name}")
    assert faults(page) == [], name


def test_a_restricted_case_asks_why_and_lists_who_looked(page: Page, qing: QingCounty, shot: Shot) -> None:
    cache.clear()
    qing.ma_clerks.set_password(PASSWORD)
    qing.ma_clerks.save()
    lead = acts.open_accusation(qing, at=now())
    for person, why in ((qing.chen_dispatches, "由其分办"), (qing.wu_supervises, "督办此事")):
        opening.name_viewer(lead, person, reason=why, by=qing.ma_clerks, at=now())
    naming.unname_viewer(lead, qing.wu_supervises, reason="不再督办", by=qing.ma_clerks, at=now())
    come_in(page, qing.ma_clerks)

    look(page, shot, reverse("console:case", args=[lead.number]), "why")
    page.get_by_label("群众询问").check()
    forward(page)
    expect(page.locator("h1")).to_contain_text(lead.title)
    look(page, shot, reverse("console:viewers", args=[lead.number]), "viewers")
    expect(page.locator("main")).to_contain_text("群众询问")
    look(page, shot, reverse("account_where"), "where")
    expect(page.locator(".factor-list li")).to_have_count(1)


def test_the_logs_are_read_and_taken_away(
    page: Page, qing: QingCounty, shot: Shot, client: Client, live_server: LiveServer
) -> None:
    for number in range(30):
        record_failure(f"root{number}", FailedSignIn.Proof.PASSWORD, address="203.0.113.9", at=now())
    client.force_login(qing.bai_audits, backend="fengqiao.web.shared.backends.Staff")
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([session])  # type: ignore[list-item]

    for log in ("failed", "staff", "looks"):
        look(page, shot, reverse("console:audit") + f"?log={log}", f"audit-{log}")
    page.goto(reverse("console:audit") + "?log=failed")
    with page.expect_download() as taken:
        page.get_by_role("button", name="导出").click()
    assert "203.0.113.9" in taken.value.path().read_text(encoding="utf-8")
