"""A time is booked, moved and given back by whoever holds the report, or at the window."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fengqiao.intake.models import Report
from fengqiao.intake.transitions import own_data
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Resident
from fengqiao.reception import slots
from fengqiao.reception.models import Booking, ReceptionDay
from fengqiao.reception.queries import held_for
from fengqiao.reception.transitions import announcing, booking
from tests import acts
from tests.cast import MONDAY_9AM, SHANGHAI, QingCounty
from tests.reception.conftest import FRIDAY, announcement


@pytest.fixture
def report(qing: QingCounty) -> Report:
    """A resident has told of the burst pipe."""
    return acts.receive(qing).report


def bearer(report: Report) -> Resident:
    return Resident(report.pk, report.case_id)


def test_the_hours_are_cut_into_equal_times(friday: ReceptionDay) -> None:
    times = [slots.begins(friday, slot).astimezone(SHANGHAI).strftime("%H:%M") for slot in (1, 2, 3, 4)]

    assert times == ["09:00", "09:30", "10:00", "10:30"]


def test_the_bearer_gets_the_first_free_time_or_the_one_asked_for(
    qing: QingCounty, report: Report, friday: ReceptionDay
) -> None:
    first = booking.book(report, friday, by=bearer(report), at=MONDAY_9AM)
    other = acts.receive(qing, text="另一件事").report
    third = booking.book(other, friday, by=bearer(other), at=MONDAY_9AM, slot=3)

    assert (first.slot, third.slot, slots.free(friday)) == (1, 3, [2, 4])
    held = held_for(report)
    assert held is not None and held.begins == friday.begins_at


def test_a_taken_time_is_refused(qing: QingCounty, report: Report, friday: ReceptionDay) -> None:
    booking.book(report, friday, by=bearer(report), at=MONDAY_9AM)
    other = acts.receive(qing, text="另一件事").report

    with pytest.raises(Refused, match="Somebody else"):
        booking.book(other, friday, by=bearer(other), at=MONDAY_9AM, slot=1)
    with pytest.raises(Refused):
        booking.book(other, friday, by=bearer(other), at=MONDAY_9AM, slot=5)


def test_a_full_day_says_so(qing: QingCounty, friday: ReceptionDay) -> None:
    for number in range(4):
        each = acts.receive(qing, text=f"第 {number} 件").report
        booking.book(each, friday, by=bearer(each), at=MONDAY_9AM)
    late = acts.receive(qing, text="第五件").report

    with pytest.raises(Refused, match="All places"):
        booking.book(late, friday, by=bearer(late), at=MONDAY_9AM)


def test_one_report_waits_for_one_time(report: Report, friday: ReceptionDay) -> None:
    booking.book(report, friday, by=bearer(report), at=MONDAY_9AM)

    with pytest.raises(Refused, match="already"):
        booking.book(report, friday, by=bearer(report), at=MONDAY_9AM)


def test_the_database_gives_a_time_once(qing: QingCounty, report: Report, friday: ReceptionDay) -> None:
    first = booking.book(report, friday, by=bearer(report), at=MONDAY_9AM)
    other = acts.receive(qing, text="另一件事").report

    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(county=first.county, day=friday, slot=1, report=other, booked_at=MONDAY_9AM)


def test_nobody_books_for_the_report_of_another(qing: QingCounty, report: Report, friday: ReceptionDay) -> None:
    with pytest.raises(Refused):
        booking.book(report, friday, by=bearer(acts.receive(qing, text="别人").report), at=MONDAY_9AM)


def test_a_withdrawn_report_books_nothing(report: Report, friday: ReceptionDay) -> None:
    own_data.withdraw(report, by=bearer(report), at=MONDAY_9AM)

    with pytest.raises(Refused, match="withdrawn"):
        booking.book(report, friday, by=bearer(report), at=MONDAY_9AM)


def test_the_window_books_until_it_closes_and_only_there(
    qing: QingCounty, report: Report, friday: ReceptionDay
) -> None:
    during = friday.begins_at + timedelta(minutes=20)
    with pytest.raises(Refused, match="too late"):
        booking.book(report, friday, by=bearer(report), at=during)
    with pytest.raises(Refused):
        booking.book(report, friday, by=qing.liu_handles_water, at=during)

    assert booking.book(report, friday, by=qing.ma_clerks, at=during).booked_by == qing.ma_clerks


def test_a_clerk_books_only_for_what_they_can_see(qing: QingCounty, friday: ReceptionDay) -> None:
    case = acts.open_accusation(qing)

    with pytest.raises(Refused, match="cannot see"):
        booking.book(case.reports.get(), friday, by=qing.zhou_clerks, at=MONDAY_9AM)


def test_a_time_is_moved_as_one_act(qing: QingCounty, report: Report, friday: ReceptionDay) -> None:
    held = booking.book(report, friday, by=bearer(report), at=MONDAY_9AM)
    later = announcing.announce(
        qing.centre, announcement(on=FRIDAY + timedelta(days=7)), by=qing.ma_clerks, at=MONDAY_9AM
    )

    moved = booking.move(held, later, by=bearer(report), at=MONDAY_9AM, slot=2)

    assert (moved.day, moved.slot) == (later, 2)
    assert slots.free(friday) == [1, 2, 3, 4]
    assert report.bookings.waiting().get() == moved


def test_a_move_that_fails_keeps_the_old_time(qing: QingCounty, report: Report, friday: ReceptionDay) -> None:
    held = booking.book(report, friday, by=bearer(report), at=MONDAY_9AM)
    full = announcing.announce(
        qing.centre, announcement(on=FRIDAY + timedelta(days=7), places=1), by=qing.ma_clerks, at=MONDAY_9AM
    )
    other = acts.receive(qing, text="另一件事").report
    booking.book(other, full, by=bearer(other), at=MONDAY_9AM)

    with pytest.raises(Refused):
        booking.move(held, full, by=bearer(report), at=MONDAY_9AM)
    assert report.bookings.waiting().get() == held


def test_a_time_given_back_is_free_again(report: Report, friday: ReceptionDay) -> None:
    held = booking.book(report, friday, by=bearer(report), at=MONDAY_9AM)
    booking.cancel(held, by=bearer(report), at=MONDAY_9AM)

    assert held_for(report) is None
    assert slots.free(friday) == [1, 2, 3, 4]
    with pytest.raises(Refused, match="no longer open"):
        booking.cancel(held, by=bearer(report), at=MONDAY_9AM)


def test_once_it_has_begun_only_the_desk_changes_it(qing: QingCounty, report: Report, friday: ReceptionDay) -> None:
    held = booking.book(report, friday, by=bearer(report), at=MONDAY_9AM)

    with pytest.raises(Refused, match="has begun"):
        booking.cancel(held, by=bearer(report), at=friday.begins_at)
    booking.cancel(held, by=qing.ma_clerks, at=friday.begins_at)
