"""Units: added, changed and closed by the system administrator alone, each act with a line."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Role, StaffLog, Unit
from fengqiao.people.queries import units_left
from fengqiao.people.transitions import posts, units
from fengqiao.people.transitions.posts import Holding
from fengqiao.people.transitions.units import About
from tests.cast import MONDAY_9AM, QingCounty

TODAY = localdate(MONDAY_9AM)
NEXT_WEEK = TODAY + timedelta(days=7)


def about(qing: QingCounty, **changes: object) -> About:
    said: dict[str, object] = {"name": "清县林业局", "kind": Unit.Kind.DEPARTMENT, "region": qing.root}
    return About(**(said | changes))  # type: ignore[arg-type]


def close(qing: QingCounty, unit: Unit, *, on: date = TODAY, to: Unit | None = None, at: datetime = MONDAY_9AM) -> Unit:
    return units.close(unit, on=on, successor=to, by=qing.shi_runs_the_system, at=at)


def test_a_unit_is_added_and_can_be_given_posts(qing: QingCounty) -> None:
    unit = units.add_unit(about(qing, phone="0934-7120001"), by=qing.shi_runs_the_system, at=MONDAY_9AM)

    what = Holding(role=Role.HANDLER, region=qing.root, unit=unit, starts_on=TODAY)
    posts.give_post(qing.deng_is_a_stranger, what, by=qing.feng_secures, at=MONDAY_9AM)
    assert (unit.code, unit.valid_from, unit.phone) == ("unit-1", TODAY, "0934-7120001")
    assert StaffLog.objects.get(unit=unit, act="added_unit").by == qing.shi_runs_the_system


@pytest.mark.parametrize("who", ["feng_secures", "bai_audits", "chen_dispatches", "deng_is_a_stranger"])
def test_nobody_else_touches_units(qing: QingCounty, who: str) -> None:
    by = getattr(qing, who)
    with pytest.raises(Refused):
        units.add_unit(about(qing), by=by, at=MONDAY_9AM)
    with pytest.raises(Refused):
        units.change_unit(qing.water, about(qing), by=by, at=MONDAY_9AM)
    with pytest.raises(Refused):
        units.close(qing.water, on=TODAY, successor=qing.roads, by=by, at=MONDAY_9AM)
    assert not StaffLog.objects.exists() and Unit.objects.get(pk=qing.water.pk).name == "清县水务局"


def test_a_name_seat_or_centre_that_cannot_be_is_refused(qing: QingCounty) -> None:
    wrong = [
        about(qing, name="清县水务局"),
        about(qing, region=qing.prefecture),
        about(qing, kind=Unit.Kind.CENTRE),
    ]
    for each in wrong:
        with pytest.raises(Refused):
            units.add_unit(each, by=qing.shi_runs_the_system, at=MONDAY_9AM)
    with pytest.raises(Refused):
        units.change_unit(qing.centre_above, about(qing), by=qing.shi_runs_the_system, at=MONDAY_9AM)
    with pytest.raises(Refused):
        units.change_unit(qing.centre, about(qing), by=qing.shi_runs_the_system, at=MONDAY_9AM)


def test_a_former_name_is_kept_and_the_line_says_what_changed(qing: QingCounty) -> None:
    said = about(qing, name="清县水务和河湖局", phone="110", region=qing.root)

    units.change_unit(qing.water, said, by=qing.shi_runs_the_system, at=MONDAY_9AM)

    assert [(row.name, row.until) for row in qing.water.former_names.all()] == [("清县水务局", TODAY)]
    line = StaffLog.objects.get(unit=qing.water)
    assert line.facts == {"name": "清县水务局 → 清县水务和河湖局", "phone": "– → 110"}
    with pytest.raises(Refused):
        units.change_unit(qing.water, said, by=qing.shi_runs_the_system, at=MONDAY_9AM)


def test_closing_ends_the_posts_that_day_with_a_line_each(qing: QingCounty) -> None:
    closed = close(qing, qing.water, on=NEXT_WEEK, to=qing.roads)

    assert (closed.valid_to, closed.successor) == (NEXT_WEEK, qing.roads)
    assert qing.liu_handles_water.posts.get().ends_on == NEXT_WEEK
    assert qing.liu_handles_water.posts.held_on(TODAY).exists()
    assert sorted(StaffLog.objects.values_list("act", flat=True)) == ["closed_unit", "ended_post"]


def test_no_post_outlasts_its_unit(qing: QingCounty) -> None:
    close(qing, qing.water, on=NEXT_WEEK, to=qing.roads)
    water = Unit.objects.get(pk=qing.water.pk)

    for ends_on in (None, NEXT_WEEK + timedelta(days=1)):
        what = Holding(role=Role.HANDLER, region=qing.root, unit=water, starts_on=TODAY, ends_on=ends_on)
        with pytest.raises(Refused):
            posts.give_post(qing.deng_is_a_stranger, what, by=qing.feng_secures, at=MONDAY_9AM)


def test_the_security_administrator_gives_the_same_posts_at_the_successor(qing: QingCounty) -> None:
    close(qing, qing.water, on=NEXT_WEEK, to=qing.roads)
    water = Unit.objects.get(pk=qing.water.pk)
    assert [(left.unit, left.posts) for left in units_left(water.county, TODAY)] == [(water, 1)]
    with pytest.raises(Refused):
        posts.follow_unit(water, by=qing.shi_runs_the_system, at=MONDAY_9AM)

    assert posts.follow_unit(water, by=qing.feng_secures, at=MONDAY_9AM) == 1

    moved = qing.liu_handles_water.posts.get(unit=qing.roads)
    assert (moved.role, moved.starts_on, moved.ends_on) == (Role.HANDLER, NEXT_WEEK, None)
    assert not units_left(water.county, TODAY)
    assert posts.follow_unit(water, by=qing.feng_secures, at=MONDAY_9AM) == 0


def test_what_is_settled_does_not_change(qing: QingCounty) -> None:
    close(qing, qing.water, on=NEXT_WEEK, to=qing.roads)

    with pytest.raises(Refused):
        close(qing, qing.water, on=NEXT_WEEK, to=qing.roads)
    with pytest.raises(Refused):
        units.change_unit(qing.water, about(qing), by=qing.shi_runs_the_system, at=MONDAY_9AM)


def test_days_and_successors_that_make_no_sense_are_refused(qing: QingCounty) -> None:
    close(qing, qing.roads, on=NEXT_WEEK, to=qing.water)
    roads = Unit.objects.get(pk=qing.roads.pk)
    wrong: list[tuple[Unit, date, Unit | None]] = [
        (qing.water, TODAY - timedelta(days=1), qing.east_office),  # yesterday
        (qing.water, NEXT_WEEK, None),  # later and nobody takes over
        (qing.water, NEXT_WEEK, qing.water),  # itself
        (qing.water, NEXT_WEEK, roads),  # closed by then
        (qing.water, TODAY, qing.centre_above),  # another county's
        (qing.water, TODAY, qing.centre),  # a centre for a bureau
        (qing.centre, TODAY, None),  # a county without its centre
    ]
    for unit, on, to in wrong:
        with pytest.raises(Refused):
            close(qing, unit, on=on, to=to)
    assert Unit.objects.filter(valid_to__isnull=False).count() == 1


def test_the_last_administrator_keeps_a_unit_open(qing: QingCounty) -> None:
    other = Unit.objects.create(county=qing.county.code, code="c2", name="新综治中心", kind="centre", region=qing.root)

    with pytest.raises(Refused):
        close(qing, qing.centre, to=other)

    assert not StaffLog.objects.exists()


def test_the_database_keeps_a_successor_to_closed_units(qing: QingCounty) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=qing.water.pk).update(successor=qing.roads)
