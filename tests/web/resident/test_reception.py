"""Reception days as everybody sees them, and a resident's own time."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from fengqiao.intake.models import Report
from fengqiao.intake.transitions.receiving import Receipt
from fengqiao.people.actors import Resident
from fengqiao.reception.models import Booking, ReceptionDay
from fengqiao.reception.transitions import announcing, booking
from fengqiao.reception.transitions.announcing import Announcement
from tests import acts
from tests.cast import QingCounty
from tests.web.resident.pages import hidden, press


@pytest.fixture
def day(qing: QingCounty) -> ReceptionDay:
    """A reception the day after tomorrow, two places."""
    return announce(qing)


def announce(qing: QingCounty, *, days: int = 2, host: str = "李明") -> ReceptionDay:
    what = Announcement(
        host_title="县委副书记",
        host_name=host,
        where="一楼接待室",
        on=localdate() + timedelta(days=days),
        opens=time(9),
        closes=time(10),
        places=2,
    )
    return announcing.announce(qing.centre, what, by=qing.ma_clerks, at=now())


def own(report: Report) -> str:
    return f"/track/{report.code}/reception/"


def test_everybody_reads_who_receives_where_and_when(client: Client, qing: QingCounty, day: ReceptionDay) -> None:
    for address in ("/reception/", f"/reception/{day.pk}/", f"/place/{qing.willow.code}/"):
        page = client.get(address).content.decode()
        assert all(said in page for said in ("县委副书记", "李明", "一楼接待室"))


def test_without_any_day_the_page_says_so(client: Client, qing: QingCounty) -> None:
    page = client.get("/reception/")

    assert page.status_code == 200
    assert "empty" in page.content.decode()


def test_code_and_secret_lead_to_the_times(client: Client, receipt: Receipt, day: ReceptionDay) -> None:
    report = receipt.report
    led = client.post(f"/reception/{day.pk}/", {"code": report.spoken_code, "secret": receipt.secret})

    assert led["Location"] == f"{own(report)}?day={day.pk}"
    booked = client.post(f"{own(report)}{day.pk}/", {"slot": "2"})
    assert booked["Location"] == own(report)
    slip = client.get(own(report)).content.decode()
    assert all(said in slip for said in ("09:30", "李明", report.spoken_code))


def test_a_wrong_secret_leads_nowhere(client: Client, receipt: Receipt, day: ReceptionDay) -> None:
    answer = client.post(f"/reception/{day.pk}/", {"code": receipt.report.code, "secret": "000000"})

    assert answer.status_code == 422
    assert client.get(own(receipt.report))["Location"] == f"/track/{receipt.report.code}/"
    assert client.post(f"{own(receipt.report)}{day.pk}/", {"slot": "1"}).status_code == 302
    assert not Booking.objects.exists()


def test_the_holder_moves_and_gives_back(bearer: Client, qing: QingCounty, report: Report, day: ReceptionDay) -> None:
    bearer.post(f"{own(report)}{day.pk}/", {"slot": "1"})
    later = announce(qing, days=4, host="王强")
    bearer.post(f"{own(report)}{later.pk}/", {"slot": "2"})

    assert (report.bookings.waiting().get().day, report.bookings.waiting().get().slot) == (later, 2)
    bearer.post(f"{own(report)}give-back/")
    assert not report.bookings.waiting().exists()
    assert "李明" in bearer.get(own(report)).content.decode()


def test_a_time_just_taken_says_so_and_offers_the_others(
    bearer: Client, qing: QingCounty, report: Report, day: ReceptionDay
) -> None:
    other = acts.receive(qing, text="另一件事", at=now()).report
    booking.book(other, day, by=Resident(other.pk, None), at=now(), slot=1)

    page = bearer.post(f"{own(report)}{day.pk}/", {"slot": "1"})

    assert page.status_code == 422
    assert 'value="2"' in page.content.decode() and 'value="1"' not in page.content.decode()


def test_a_day_called_off_is_told_by_the_code(
    bearer: Client, qing: QingCounty, report: Report, day: ReceptionDay
) -> None:
    bearer.post(f"{own(report)}{day.pk}/", {"slot": "1"})
    announcing.call_off(day, notice="因会议改到下周。", by=qing.ma_clerks, at=now())

    assert "因会议改到下周。" in bearer.get(f"/track/{report.code}/").content.decode()
    assert "因会议改到下周。" in bearer.get(own(report)).content.decode()
    assert "因会议改到下周。" not in Client().get(f"/track/{report.code}/").content.decode()
    assert "因会议改到下周。" in Client().get(f"/reception/{day.pk}/").content.decode()


def test_the_code_alone_does_not_show_the_time(bearer: Client, report: Report, day: ReceptionDay) -> None:
    bearer.post(f"{own(report)}{day.pk}/", {"slot": "1"})

    assert "李明" in bearer.get(f"/track/{report.code}/").content.decode()
    assert "李明" not in Client().get(f"/track/{report.code}/").content.decode()


def test_a_new_matter_is_told_and_the_first_time_booked(
    client: Client, answers: dict[str, str], day: ReceptionDay
) -> None:
    page = client.get(f"/report/?reception={day.pk}")
    for screen in (("text", "nature"), ("region", "place"), ("phone", "reporter", "proxy")):
        page = press(client, page, **{name: answers[name] for name in screen})
    receipt = client.get(press(client, page, to="send")["Location"])

    held = Booking.objects.get()
    assert (held.day, held.slot, held.report.text) == (day, 1, answers["text"])
    assert "李明" in receipt.content.decode()


def test_a_full_day_does_not_keep_the_report_out(
    client: Client, qing: QingCounty, answers: dict[str, str], day: ReceptionDay
) -> None:
    for number in range(2):
        each = acts.receive(qing, text=f"第 {number} 件", at=now()).report
        booking.book(each, day, by=Resident(each.pk, None), at=now())
    page = client.get(f"/report/?reception={day.pk}")
    for screen in (("text", "nature"), ("region", "place"), ("phone", "reporter", "proxy")):
        page = press(client, page, **{name: answers[name] for name in screen})
    sent = press(client, page, to="send")

    assert Report.objects.filter(text=answers["text"]).exists()
    assert "message-warning" in client.get(sent["Location"]).content.decode()


@pytest.mark.parametrize("asked", ["nonsense", "01970000-0000-7000-8000-000000000000"])
def test_a_day_that_is_not_there_is_let_go(client: Client, qing: QingCounty, asked: str) -> None:
    page = client.get(f"/report/?reception={asked}")

    assert page.status_code == 200
    assert page.context["reception"] is None
    assert "screen" in hidden(page)


@pytest.mark.parametrize("asked", ["nonsense", "01970000-0000-7000-8000-000000000000"])
def test_an_address_that_leads_to_no_day_does_not_exist(bearer: Client, report: Report, asked: str) -> None:
    assert bearer.get(f"{own(report)}?day={asked}").status_code == 404
