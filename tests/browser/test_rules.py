"""The pages of the rules in a real browser: handsome at both widths and in both sizes of type, sound for axe."""

from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fengqiao.playbooks.rulebook import subjects
from tests.browser.conftest import Shot, forward
from tests.browser.test_console import english
from tests.browser.test_resident import faults
from tests.browser.test_units import sit
from tests.cast import MONDAY_9AM, QingCounty
from tests.places.test_holidays import OF_2026


def look(page: Page, shot: Shot, name: str) -> None:
    shot(page, f"rules-{name}")
    assert faults(page) == [], name
    assert english(page) == set(), name


def arrive(page: Page, live_server: LiveServer, qing: QingCounty, who: str) -> None:
    sit(page, live_server.url, getattr(qing, who))


def test_the_pages_of_the_rules(page: Page, shot: Shot, qing: QingCounty, live_server: LiveServer) -> None:
    heading = subjects.add_subject(None, "梯田管护", by=qing.shi_runs_the_system, at=MONDAY_9AM)
    subjects.add_subject(heading, "田埂", by=qing.shi_runs_the_system, at=MONDAY_9AM)
    arrive(page, live_server, qing, "shi_runs_the_system")
    for name, path in {
        "subject": reverse("console:subject", args=[heading.code]),
        "no-subject": reverse("console:subjects") + "?q=没有这一类",
    }.items():
        page.goto(path)
        look(page, shot, name)


def test_a_pasted_notice_is_drawn_or_refused(page: Page, shot: Shot, qing: QingCounty, live_server: LiveServer) -> None:
    arrive(page, live_server, qing, "shi_runs_the_system")
    for year, name in (("2025", "wrong-year"), ("2026", "read")):
        page.goto(reverse("console:publish"))
        page.fill("[name=year]", year)
        page.fill("[name=text]", OF_2026)
        forward(page, "main .btn-primary")
        look(page, shot, name)
