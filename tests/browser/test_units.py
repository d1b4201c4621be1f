"""Units, duty and channels in a real browser: handsome at both widths, nothing serious for axe, one closing done."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from django.utils.timezone import localdate, now
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from fengqiao.oversight import channels
from fengqiao.people.models import DutyTurn, Presence, Unit, User
from tests import acts
from tests.browser.conftest import Shot, forward
from tests.browser.test_console import english
from tests.browser.test_resident import faults
from tests.cast import QING, QingCounty

WAYS = {"wecombot", "dingtalk", "feishu", "mailtos", "JSON"}  # what addresses begin with


@pytest.fixture
def county(qing: QingCounty) -> QingCounty:
    """Qing County with units at its centre, a rota of three days, and a channel."""
    today = localdate(now())
    Presence.objects.create(county=QING, centre=qing.centre, unit=qing.water, mode="permanent", window="1号窗口")
    Presence.objects.create(county=QING, centre=qing.centre, unit=qing.roads, mode="rota")
    for number in range(3):
        DutyTurn.objects.create(
            county=QING, centre=qing.centre, on=today + timedelta(days=number), unit=qing.water, phone="0934-0000001"
        )
    by = qing.shi_runs_the_system
    channel = channels.add("水务局工作群", "json://127.0.0.1:9/x", unit=qing.water, by=by, at=now())
    channels.switch(channel, is_on=True, by=by, at=now())
    return qing


def sit(page: Page, live: str, user: User) -> None:
    """Sit down as somebody; how one signs in is tested elsewhere."""
    client = Client()
    client.force_login(user, backend="fengqiao.web.shared.backends.Staff")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live}])


def look(page: Page, shot: Shot, name: str) -> None:
    shot(page, f"units-{name}")
    assert faults(page) == [], name
    assert english(page) - WAYS == set(), name


def test_the_system_administrators_pages_are_handsome(
    page: Page, shot: Shot, county: QingCounty, live_server: LiveServer
) -> None:
    sit(page, live_server.url, county.shi_runs_the_system)
    pages = {
        "month": "rota/centre/", "wall": "rota/centre/print/", "channels": "channels/",
    }  # fmt: skip
    for name, address in pages.items():
        page.goto(f"/console/setup/{address}")
        look(page, shot, name)

    page.goto("/console/setup/rota/centre/")
    page.locator("[name=table]").fill("13-45, 清县水务局\n1, 没有这个单位")
    page.get_by_role("button", name=re.compile("录入表格")).click()
    expect(page.locator(".rota-form .note-alarm")).to_contain_text("第 2 行")
    look(page, shot, "month-wrong")


def test_a_unit_is_merged_by_looking_first_and_then_confirming(
    page: Page, shot: Shot, county: QingCounty, live_server: LiveServer
) -> None:
    acts.dispatch(county, acts.open_leak(county, at=now()), at=now())
    sit(page, live_server.url, county.shi_runs_the_system)
    page.goto("/console/setup/units/water/close/")
    page.locator("[name=successor]").evaluate(
        "(one, pk) => { one.value = pk; one.dispatchEvent(new Event('change')) }", str(county.roads.pk)
    )
    forward(page, "button:has-text('查看影响')")
    expect(page.locator(".told")).to_contain_text("刘水生")
    look(page, shot, "preview")
    forward(page, "button:has-text('确认撤销')")

    expect(page.locator("main")).to_contain_text("清县交通局")
    assert Unit.objects.get(pk=county.water.pk).successor == county.roads
    sit(page, live_server.url, county.feng_secures)
    page.goto("/console/setup/people/")
    shot(page, "units-posts-left")
    assert faults(page) == []
    forward(page, "button:has-text('安排相同岗位')")
    assert county.liu_handles_water.posts.filter(unit=county.roads).exists()


def test_everybody_chooses_their_own_channels(
    page: Page, shot: Shot, county: QingCounty, live_server: LiveServer
) -> None:
    sit(page, live_server.url, county.liu_handles_water)
    page.goto("/console/channels/")
    look(page, shot, "mine")
    page.get_by_label(re.compile("水务局工作群")).check()
    forward(page, "button:has-text('保存')")
    expect(page.get_by_label(re.compile("水务局工作群"))).to_be_checked()


def test_a_month_of_days_and_nights_is_one_sheet(page: Page, qing: QingCounty, live_server: LiveServer) -> None:
    long_name = "清县住房和城乡建设局"
    Unit.objects.filter(pk=qing.water.pk).update(name=long_name)
    for number in range(31):
        on, phone = date(2026, 12, 1) + timedelta(days=number), "0934-0000001"
        for shift in DutyTurn.Shift.values:
            DutyTurn.objects.create(county=QING, centre=qing.centre, on=on, shift=shift, unit=qing.water, phone=phone)
    sit(page, live_server.url, qing.shi_runs_the_system)
    page.goto("/console/setup/rota/centre/print/?month=2026-12")

    (sheet,) = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    assert sheet.extract_text().count(long_name) == 62


def test_the_area_of_a_post_follows_its_unit_until_another_is_chosen(
    page: Page, county: QingCounty, live_server: LiveServer
) -> None:
    sit(page, live_server.url, county.feng_secures)
    page.goto("/console/setup/people/deng_is_a_stranger/post/")
    area = page.locator("#id_region_typed")

    def choose(box: str, words: str) -> None:
        page.locator(box).fill(words)
        page.locator(box).press("Enter")

    choose("#id_unit_typed", "水务局")
    expect(area).to_have_value(re.compile("清县"))
    choose("#id_unit_typed", county.east_office.name)
    expect(area).to_have_value("东镇")
    choose("#id_region_typed", "西镇")
    with page.expect_response(re.compile("post/.unit=")):
        choose("#id_unit_typed", "水务局")
    expect(area).to_have_value("西镇")
