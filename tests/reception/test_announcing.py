"""Days are announced by the centre's own people, called off with a word, and closed when every talk is noted."""

from datetime import time, timedelta

import pytest

from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Resident
from fengqiao.reception.models import ReceptionDay
from fengqiao.reception.queries import announced, times_of
from fengqiao.reception.transitions import announcing, booking, hearing
from tests import acts
from tests.cast import MONDAY_9AM, QingCounty
from tests.reception.conftest import FRIDAY, announcement

DURING = MONDAY_9AM + timedelta(days=4, hours=1)


@pytest.mark.parametrize("who", ["ma_clerks", "chen_dispatches"])
def test_the_centre_s_own_people_announce(qing: QingCounty, who: str) -> None:
    day = announcing.announce(qing.centre, announcement(), by=getattr(qing, who), at=MONDAY_9AM)

    assert (day.county, day.path, day.places) == (qing.county.code, qing.root.path, 4)


@pytest.mark.parametrize(
    "who",
    ["liu_handles_water", "gao_leads", "wu_supervises", "qian_walks_the_grid", "bai_audits", "deng_is_a_stranger"],
)
def test_nobody_else_does(qing: QingCounty, who: str) -> None:
    with pytest.raises(Refused):
        announcing.announce(qing.centre, announcement(), by=getattr(qing, who), at=MONDAY_9AM)
    assert not ReceptionDay.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [{"on": FRIDAY - timedelta(days=7)}, {"closes": time(9)}, {"places": 0}, {"places": 41}, {"closes": time(9, 15)}],
    ids=["over", "backwards", "none", "too many", "too short for each"],
)
def test_a_day_that_makes_no_sense_is_refused(qing: QingCounty, changes: dict[str, object]) -> None:
    with pytest.raises(Refused):
        announcing.announce(qing.centre, announcement(**changes), by=qing.ma_clerks, at=MONDAY_9AM)


def test_nobody_receives_twice_at_once(qing: QingCounty, friday: ReceptionDay) -> None:
    with pytest.raises(Refused, match="already"):
        announcing.announce(qing.centre, announcement(), by=qing.ma_clerks, at=MONDAY_9AM)


def test_everybody_sees_what_is_to_come_with_the_places_left(qing: QingCounty, friday: ReceptionDay) -> None:
    report = acts.receive(qing).report
    booking.book(report, friday, by=Resident(report.pk, None), at=MONDAY_9AM)
    days = ReceptionDay.objects.serving(qing.willow.path)

    (seen,) = announced(days, MONDAY_9AM, MONDAY_9AM.date())

    assert (seen.day, seen.left) == (friday, 3)
    assert announced(days, DURING + timedelta(hours=3), FRIDAY) == []


def test_a_day_called_off_tells_those_who_had_booked(qing: QingCounty, friday: ReceptionDay) -> None:
    report = acts.receive(qing).report
    booking.book(report, friday, by=Resident(report.pk, None), at=MONDAY_9AM)

    announcing.call_off(friday, notice="因会议改期，请另约。", by=qing.ma_clerks, at=MONDAY_9AM)

    told = times_of(report).called_off
    assert told is not None and told.notice == "因会议改期，请另约。"
    assert not report.bookings.waiting().exists()
    assert announced(ReceptionDay.objects.all(), MONDAY_9AM, MONDAY_9AM.date()) == []


def test_without_a_word_nothing_is_called_off(qing: QingCounty, friday: ReceptionDay) -> None:
    with pytest.raises(Refused):
        announcing.call_off(friday, notice=" ", by=qing.ma_clerks, at=MONDAY_9AM)


def test_a_day_closes_only_when_every_booking_has_its_outcome(qing: QingCounty, friday: ReceptionDay) -> None:
    report = acts.receive(qing).report
    held = booking.book(report, friday, by=Resident(report.pk, None), at=MONDAY_9AM)
    with pytest.raises(Refused, match="outcome"):
        announcing.close(friday, by=qing.ma_clerks, at=DURING)

    hearing.stayed_away(held, by=qing.ma_clerks, at=DURING)
    assert announcing.close(friday, by=qing.ma_clerks, at=DURING).closed_at == DURING
    with pytest.raises(Refused):
        announcing.close(friday, by=qing.ma_clerks, at=DURING)


def test_a_day_does_not_close_before_it_began(qing: QingCounty, friday: ReceptionDay) -> None:
    with pytest.raises(Refused, match="not begun"):
        announcing.close(friday, by=qing.ma_clerks, at=MONDAY_9AM)


def test_who_sees_the_days_at_the_desk(qing: QingCounty, friday: ReceptionDay) -> None:
    seen = {
        who
        for who in ("ma_clerks", "chen_dispatches", "wu_supervises", "gao_leads", "tang_supervises_above",
                    "sun_dispatches_west", "liu_handles_water", "qian_walks_the_grid", "bai_audits")
        if ReceptionDay.objects.visible_to(getattr(qing, who), MONDAY_9AM).exists()
    }  # fmt: skip

    assert seen == {"ma_clerks", "chen_dispatches", "wu_supervises", "gao_leads", "tang_supervises_above"}
