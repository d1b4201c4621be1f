"""The pages of the rules in a real browser: handsome at both widths and in large type, sound for axe."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fengqiao.cases.models import ClockRule
from fengqiao.playbooks.rulebook import subjects
from fengqiao.web.shared.context import LARGE_TYPE
from tests.browser.conftest import Shot, forward
from tests.browser.test_console import english
from tests.browser.test_resident import faults
from tests.browser.test_units import sit
from tests.cast import MONDAY_9AM, QingCounty
from tests.places.test_holidays import OF_2026

OWN = ("rules", "hours", "calendar", "publish", "subjects", "replies")
OTHERS = {"shi_runs_the_system": ("units", "rota", "regions", "grids", "channels"), "feng_secures": ("people",)}


SIZES = pytest.mark.parametrize("size", ["usual", "large"])


def look(page: Page, shot: Shot, name: str, size: str) -> None:
    shot(page, f"rules-{name}-{size}")
    assert faults(page) == [], name
    assert english(page) == set(), name


def arrive(page: Page, live_server: LiveServer, qing: QingCounty, who: str, size: str) -> None:
    sit(page, live_server.url, getattr(qing, who))
    if size == "large":
        page.context.add_cookies([{"name": LARGE_TYPE, "value": "on", "url": live_server.url}])


@SIZES
def test_the_pages_of_the_rules(page: Page, shot: Shot, qing: QingCounty, live_server: LiveServer, size: str) -> None:
    heading = subjects.add_subject(None, "梯田管护", by=qing.shi_runs_the_system, at=MONDAY_9AM)
    subjects.add_subject(heading, "田埂", by=qing.shi_runs_the_system, at=MONDAY_9AM)
    arrive(page, live_server, qing, "shi_runs_the_system", size)
    rule = ClockRule.objects.get(county=qing.county.code, stage="handle", urgency="ordinary")
    for name, path in {
        **{name: reverse(f"console:{name}") for name in OWN},
        "rule": reverse("console:change_rule", args=[rule.pk]),
        "subject": reverse("console:subject", args=[heading.code]),
        "no-subject": reverse("console:subjects") + "?q=没有这一类",
    }.items():
        page.goto(path)
        look(page, shot, name, size)


@SIZES
def test_a_pasted_notice_is_drawn_or_refused(
    page: Page, shot: Shot, qing: QingCounty, live_server: LiveServer, size: str
) -> None:
    arrive(page, live_server, qing, "shi_runs_the_system", size)
    for year, name in (("2025", "wrong-year"), ("2026", "read")):
        page.goto(reverse("console:publish"))
        page.fill("[name=year]", year)
        page.fill("[name=text]", OF_2026)
        forward(page, "main .btn-primary")
        look(page, shot, name, size)


@pytest.mark.parametrize("who", OTHERS)
def test_what_else_is_set_up_holds_in_large_type(
    page: Page, shot: Shot, qing: QingCounty, live_server: LiveServer, who: str
) -> None:
    arrive(page, live_server, qing, who, "large")
    for name in OTHERS[who]:
        page.goto(reverse(f"console:{name}"))
        shot(page, f"large-{name}")
        assert faults(page) == [], name
