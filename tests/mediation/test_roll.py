"""The roll of committees and mediators: each where it belongs, each counted once, by place and never by number."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from fengqiao.mediation.models import Mediator, Membership
from fengqiao.mediation.roll import people_of, roll, without_seat
from fengqiao.mediation.transitions import mediators
from fengqiao.mediation.transitions.mediators import Who
from tests.cast import MONDAY_9AM, QING
from tests.mediation.table import Table

TODAY = localdate(MONDAY_9AM)


def names(table: Table, on_what: str = "root") -> list[tuple[str, list[list[str]]]]:
    sheets = roll(getattr(table.qing, on_what), table.qing.root, TODAY)
    return [
        (sheet.place.name, [[seat.mediator.name for seat in line.seats] for line in sheet.lines]) for sheet in sheets
    ]


def test_the_county_comes_first_then_each_township_with_its_villages(table: Table) -> None:
    assert names(table) == [("清县", [["彭县"]]), ("东镇", [["罗镇"], ["何老五", "金桂香"]])]
    assert names(table, "east") == names(table)[1:]
    assert names(table, "west") == []


def test_directors_come_first_then_names_and_nobody_twice(table: Table) -> None:
    by, at = table.qing.shi_runs_the_system, MONDAY_9AM
    luo = table.mediator(table.luo_mediates_east)
    mediators.give_seat(luo, table.village.committee, Membership.Seat.MEMBER, on=TODAY, by=by, at=at)
    jin = table.village.committee.memberships.get(mediator__name="金桂香")
    mediators.end_seat(table.village.committee.memberships.get(seat="director"), on=TODAY, by=by, at=at)
    mediators.give_seat(jin.mediator, table.village.committee, Membership.Seat.DIRECTOR, on=TODAY, by=by, at=at)

    sheets = roll(table.qing.root, table.qing.root, TODAY)
    assert names(table)[1][1][1] == ["金桂香", "罗镇"]
    assert (people_of(sheets), [sheet.people for sheet in sheets]) == (3, [1, 2])
    assert [who.name for who in without_seat(QING, TODAY)] == ["何老五"]


def test_what_is_to_be_done_is_said_and_what_is_over_is_left_out(table: Table) -> None:
    by, at = table.qing.shi_runs_the_system, MONDAY_9AM
    sheets = roll(table.qing.root, table.qing.root, TODAY)
    assert all(line.warnings for sheet in sheets for line in sheet.lines)  # one or two members where three are asked
    assert [sheet.warned for sheet in sheets] == [1, 2]
    seat = table.village.committee.memberships.get(mediator__name="金桂香")
    mediators.end_seat(seat, on=TODAY + timedelta(days=1), by=by, at=at)
    assert names(table)[1][1][1] == ["何老五", "金桂香"]  # until tomorrow
    Membership.objects.filter(pk=seat.pk).update(ends_on=TODAY)
    assert names(table)[1][1][1] == ["何老五"]


@pytest.mark.parametrize("times", [3, 30])
def test_the_roll_asks_the_same_for_few_and_for_many(
    table: Table, times: int, django_assert_num_queries: object
) -> None:
    by, at = table.qing.shi_runs_the_system, MONDAY_9AM
    for number in range(times):
        who = mediators.add_mediator(Who(name=f"第{number}人"), by=by, at=at)
        mediators.give_seat(who, table.village.committee, Membership.Seat.MEDIATOR, on=TODAY, by=by, at=at)
    with django_assert_num_queries(3):  # type: ignore[operator]
        roll(table.qing.root, table.qing.root, TODAY)
    assert Mediator.objects.count() == times + 4
