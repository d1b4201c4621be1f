"""Receptions, errands and joining what is known already, in a real browser."""

from datetime import time, timedelta

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import Page, expect

from fengqiao.cases.models import Category
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
from fengqiao.reception.models import Booking, ReceptionDay
from fengqiao.reception.transitions import announcing
from fengqiao.reception.transitions.announcing import Announcement
from tests import acts
from tests.browser.conftest import Shot, forward, live_in_the_east
from tests.browser.test_one_case import sit_down
from tests.browser.test_resident import faults, serious
from tests.cast import PASSWORD, QING, QingCounty


@pytest.fixture
def day(qing: QingCounty) -> ReceptionDay:
    """A reception the day after tomorrow."""
    qing.ma_clerks.set_password(PASSWORD)
    qing.ma_clerks.save()
    what = Announcement(
        host_title="县委副书记、政法委书记",
        host_name="李志明",
        where="综治中心一楼领导接待室",
        on=localdate() + timedelta(days=2),
        opens=time(9),
        closes=time(11),
        places=6,
        subject="农村供水、道路养护",
    )
    return announcing.announce(qing.centre, what, by=qing.ma_clerks, at=now())


@pytest.fixture
def known(qing: QingCounty) -> None:
    """A neighbour's burst pipe is open, sorted under water supply."""
    above = Category.objects.create(county=QING, code="0102", name="城市建设和市政管理", level=2)
    water = Category.objects.create(county=QING, code="010215", name="自来水供应", parent=above, level=3)
    report = acts.receive(qing, at=now()).report
    triaging.open_case(report, acts.opening(qing, category=water), by=qing.ma_clerks, at=now())


def test_a_resident_joins_what_is_known_and_books_a_talk(
    page: Page, shot: Shot, qing: QingCounty, day: ReceptionDay, known: None
) -> None:
    page.goto("/reception/")
    shot(page, "reception-days")
    assert faults(page) == []
    page.goto(f"/reception/{day.pk}/")
    shot(page, "reception-day")
    assert faults(page) == []

    forward(page, ".door")
    page.fill("#id_text", acts.LEAK)
    page.locator("label", has_text="求助").first.click()
    forward(page)
    live_in_the_east(page, "柳树村")
    forward(page)
    shot(page, "report-same")
    assert faults(page) == []
    forward(page, ".hint .btn")
    page.locator(".behalf summary").click()
    shot(page, "report-who-behalf")
    assert faults(page) == []
    forward(page)
    forward(page)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 559, "height": 794})
    shot(page, "receipt-on-paper")
    page.emulate_media(media="screen")

    secret = page.locator(".receipt-secret strong").inner_text()
    report = Report.objects.get(case=None)
    assert report.same_as is not None
    page.goto(f"/track/{report.code}/")
    page.fill("#id_secret", secret)
    forward(page)
    page.goto(f"/track/{report.code}/reception/?day={day.pk}")
    shot(page, "reception-slip")
    assert faults(page) == []
    page.locator(".times label").nth(2).click()
    forward(page, ".times .btn-primary")
    assert Booking.objects.waiting().get().slot == 4


def test_the_desk_lists_books_and_takes_an_errand(page: Page, shot: Shot, qing: QingCounty, day: ReceptionDay) -> None:
    report = acts.receive(qing, at=now()).report
    sit_down(page, qing.ma_clerks)
    page.goto("/console/reception/new/")
    shot(page, "desk-reception-new")
    assert serious(page) == []
    page.goto(f"/console/reception/{day.pk}/")
    page.fill("#book_code", report.spoken_code)
    forward(page, "form[action$='/book/'] .btn-primary")
    expect(page.locator(".reception-list")).to_contain_text(report.spoken_code)
    shot(page, "desk-reception-day")
    assert serious(page) == []

    ReceptionDay.objects.filter(pk=day.pk).update(on=localdate() - timedelta(days=1))
    page.goto(f"/console/reception/{day.pk}/talk/{Booking.objects.get().pk}/")
    shot(page, "desk-reception-talk")
    assert serious(page) == []

    page.goto("/console/intake/errand/")
    shot(page, "desk-errand")
    assert serious(page) == []
    page.fill("#errand_text", "到县医保局代办慢病门诊证明，月底前要")
    page.fill("#errand_reporter", "何秀英")
    page.fill("#errand_papers", "户口簿 原件\n病历 复印件")
    page.fill("#errand_region_typed", "柳树村")
    page.press("#errand_region_typed", "Enter")
    forward(page, "main form .btn-primary")
    errand = Report.objects.get(errand__isnull=False)
    page.goto(f"/console/reports/{errand.code}/papers/")
    shot(page, "desk-papers")
    assert serious(page) == []
