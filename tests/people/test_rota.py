"""Who is at a centre: presence and turns of duty, entered by the system administrator, never changed once over."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils.timezone import localdate

from fengqiao.kit.verdict import Refused
from fengqiao.kit.workdays import SHANGHAI
from fengqiao.people import duty
from fengqiao.people.models import DutyTurn, Presence, StaffLog, Unit
from fengqiao.people.transitions import rota, units
from fengqiao.people.transitions.rota import Station, Turn
from fengqiao.places import calendar as calendars
from tests import cast
from tests.cast import MONDAY_9AM, QING, QingCounty

TODAY = localdate(MONDAY_9AM)
A_DAY = timedelta(days=1)
Mode, Shift = Presence.Mode, DutyTurn.Shift


def stand(qing: QingCounty, unit: Unit, mode: str, on: date = TODAY, window: str = "") -> Presence:
    what = Station(unit=unit, mode=mode, starts_on=on, window=window)
    return rota.station(qing.centre, what, by=qing.shi_runs_the_system, at=MONDAY_9AM)


def plan(qing: QingCounty, *turns: Turn) -> int:
    return rota.plan(qing.centre, turns, by=qing.shi_runs_the_system, at=MONDAY_9AM)


def moment(on: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(on, time(hour, minute), SHANGHAI)


def answering(qing: QingCounty, at: datetime) -> list[Unit]:
    return [turn.unit for turn in duty.answering(qing.centre, at, calendars.of(QING))]


def test_a_unit_takes_part_in_one_way_at_a_time_and_the_past_stays(qing: QingCounty) -> None:
    Presence.objects.create(
        county=QING, centre=qing.centre, unit=qing.water, mode=Mode.ON_CALL, valid_from=TODAY - A_DAY
    )
    stand(qing, qing.water, Mode.PERMANENT, window="3号窗口")

    assert [each.mode for each in duty.present(qing.centre, TODAY - A_DAY)] == [Mode.ON_CALL]
    assert [each.mode for each in duty.present(qing.centre, TODAY)] == [Mode.PERMANENT]
    with pytest.raises(Refused):
        stand(qing, qing.water, Mode.PERMANENT, window="3号窗口")
    stand(qing, qing.water, Mode.ROTA)  # the same day: a slip put right
    assert [each.mode for each in duty.present(qing.centre, TODAY)] == [Mode.ROTA]


def test_a_presence_ends_from_today_on(qing: QingCounty) -> None:
    presence = Presence.objects.create(
        county=QING, centre=qing.centre, unit=qing.water, mode=Mode.ROTA, valid_from=TODAY - A_DAY
    )
    with pytest.raises(Refused):
        rota.end_presence(presence, on=TODAY - A_DAY, by=qing.shi_runs_the_system, at=MONDAY_9AM)

    rota.end_presence(presence, on=TODAY, by=qing.shi_runs_the_system, at=MONDAY_9AM)

    assert not duty.present(qing.centre, TODAY).exists()
    with pytest.raises(Refused):
        rota.end_presence(presence, on=TODAY, by=qing.shi_runs_the_system, at=MONDAY_9AM)
    assert StaffLog.objects.get().act == "changed_presence"


@pytest.mark.parametrize("who", ["feng_secures", "bai_audits", "wu_supervises", "deng_is_a_stranger"])
def test_only_the_system_administrator_enters_presence_and_duty(qing: QingCounty, who: str) -> None:
    by = getattr(qing, who)
    with pytest.raises(Refused):
        what = Station(unit=qing.water, mode=Mode.ROTA, starts_on=TODAY)
        rota.station(qing.centre, what, by=by, at=MONDAY_9AM)
    with pytest.raises(Refused):
        rota.plan(qing.centre, [Turn(on=TODAY, unit=qing.water)], by=by, at=MONDAY_9AM)
    assert not (Presence.objects.exists() or DutyTurn.objects.exists() or StaffLog.objects.exists())


def test_turns_are_entered_all_or_none_and_once(qing: QingCounty) -> None:
    post = qing.liu_handles_water.posts.get()
    good = Turn(on=TODAY, unit=qing.water, post=post)
    with pytest.raises(Refused):
        plan(qing, good, Turn(on=TODAY - A_DAY, unit=qing.water))
    assert not DutyTurn.objects.exists()

    assert plan(qing, good, Turn(on=TODAY + A_DAY, unit=qing.roads)) == 2
    assert plan(qing, good) == 0


def test_turns_that_cannot_be_are_refused(qing: QingCounty) -> None:
    east = cast.body("c-east", "东镇综治中心", Unit.Kind.CENTRE, qing.east)
    post = qing.liu_handles_water.posts.get()
    rota.plan(east, [Turn(on=TODAY, unit=qing.water, post=post)], by=qing.shi_runs_the_system, at=MONDAY_9AM)
    units.close(qing.roads, on=TODAY + A_DAY, successor=qing.water, by=qing.shi_runs_the_system, at=MONDAY_9AM)
    roads = Unit.objects.get(pk=qing.roads.pk)
    wrong = [
        Turn(on=TODAY, unit=qing.water, post=post),  # due at the other centre
        Turn(on=TODAY, unit=roads, post=post),  # a post of another unit
        Turn(on=TODAY + A_DAY, unit=roads),  # closed by then
    ]
    for turn in wrong:
        with pytest.raises(Refused):
            plan(qing, turn)
    with pytest.raises(Refused):
        plan(qing)
    with pytest.raises(Refused):
        rota.plan(qing.water, [Turn(on=TODAY, unit=qing.roads)], by=qing.shi_runs_the_system, at=MONDAY_9AM)


def test_a_turn_is_taken_out_before_it_is_over(qing: QingCounty) -> None:
    plan(qing, Turn(on=TODAY, unit=qing.water))
    turn = DutyTurn.objects.get()
    with pytest.raises(Refused):
        rota.strike(turn, by=qing.shi_runs_the_system, at=MONDAY_9AM + A_DAY)

    rota.strike(turn, by=qing.shi_runs_the_system, at=MONDAY_9AM)

    assert not DutyTurn.objects.exists()


def test_who_answers_now_follows_the_shifts_over_noon_and_midnight(qing: QingCounty) -> None:
    plan(qing, Turn(on=TODAY, unit=qing.water), Turn(on=TODAY, unit=qing.roads, shift=Shift.NIGHT))

    assert answering(qing, moment(TODAY, 8, 29)) == []
    assert answering(qing, moment(TODAY, 8, 30)) == answering(qing, moment(TODAY, 13)) == [qing.water]
    assert answering(qing, moment(TODAY, 18)) == answering(qing, moment(TODAY + A_DAY, 3)) == [qing.roads]
    assert answering(qing, moment(TODAY + A_DAY, 9)) == []


def test_today_shows_those_always_there_those_whose_turn_it_is_and_those_to_call(qing: QingCounty) -> None:
    stand(qing, qing.water, Mode.ROTA)
    stand(qing, qing.roads, Mode.ON_CALL)
    assert not duty.today_at(qing.centre, MONDAY_9AM, calendars.of(QING)).by_turn

    plan(qing, Turn(on=TODAY, unit=qing.water, phone="0934-1"))
    found = duty.today_at(qing.centre, MONDAY_9AM, calendars.of(QING))

    assert [each.unit for each in found.by_turn] == [qing.water]
    assert [each.unit for each in found.on_call] == [qing.roads] and not found.here
    assert [turn.call for turn in found.answering] == ["0934-1"]


def test_a_month_names_the_working_days_without_anybody_and_the_units_without_a_turn(qing: QingCounty) -> None:
    stand(qing, qing.roads, Mode.ROTA)
    plan(qing, Turn(on=TODAY, unit=qing.water))
    march = duty.month_of(qing.centre, date(2026, 3, 1), calendars.of(QING))

    assert len(march.days) == 31 and not march.days[0].is_working and not march.days[0].is_gap
    assert TODAY not in {day.on for day in march.gaps} and len(march.gaps) == 21
    assert march.without_turn == (qing.roads,)

    # As a playbook enters it: since ever.
    Presence.objects.create(county=QING, centre=qing.centre, unit=qing.east_office, mode=Mode.PERMANENT)
    assert not duty.month_of(qing.centre, date(2026, 3, 1), calendars.of(QING)).gaps


def test_a_closed_unit_leaves_every_centre_and_every_turn_from_its_day(qing: QingCounty) -> None:
    stand(qing, qing.water, Mode.PERMANENT)
    plan(qing, Turn(on=TODAY, unit=qing.water), Turn(on=TODAY + 2 * A_DAY, unit=qing.water))

    units.close(qing.water, on=TODAY + A_DAY, successor=qing.roads, by=qing.shi_runs_the_system, at=MONDAY_9AM)

    assert [turn.on for turn in DutyTurn.objects.all()] == [TODAY]
    assert Presence.objects.get().valid_to == TODAY + A_DAY
