"""What somebody sees who is refused: the wrong way to an address, too often, a fault of ours."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.http import HttpRequest
from playwright.sync_api import Page, expect

from fengqiao.web.resident import limits
from fengqiao.web.resident.limits import Limit
from tests import acts
from tests.architecture.test_access import ours_and_theirs
from tests.browser.conftest import Shot, enter
from tests.browser.test_console import english
from tests.browser.test_resident import faults
from tests.cast import QingCounty


def holds(page: Page, shot: Shot, name: str) -> None:
    """Look at the page in every size; nothing serious for axe, no English, one way onward at least."""
    assert faults(page) + sorted(english(page)) == []
    expect(page.locator("main .btn-primary")).to_be_visible()
    shot(page, name)


def test_an_address_of_a_form_that_was_opened_by_itself(page: Page, shot: Shot, qing: QingCounty) -> None:
    page.goto("/language/")

    expect(page.locator("h1")).to_have_text("这个地址打不开页面")
    holds(page, shot, "refused-405")


def test_who_knocked_too_often_may_send_again_and_no_secret_stands_in_the_page(
    page: Page, shot: Shot, qing: QingCounty, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(limits, "SECRETS", Limit("secret", 0, timedelta(minutes=10)))
    page.goto(f"/track/{acts.receive(qing).report.code}/")
    page.fill("[name=secret]", "271828")
    enter(page)  # in the field that was filled

    expect(page.locator("h1")).to_have_text("请稍等一会儿")
    assert "271828" not in page.content()
    holds(page, shot, "refused-429")


def test_a_fault_of_ours(page: Page, shot: Shot, qing: QingCounty, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(request: HttpRequest) -> None:
        raise RuntimeError("broken")

    about = next(one for _address, one in ours_and_theirs() if one.name == "about")
    monkeypatch.setattr(about, "callback", broken)
    page.goto("/about/")

    expect(page.locator("h1")).to_have_text("系统出了点问题")
    holds(page, shot, "refused-500")
