"""A unit is closed: what is in its hands goes to its successor by rule, each with a line, and no clock moves."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from fengqiao.cases.models import Assist, Case
from fengqiao.cases.transitions import dispatching, handling, succeeding
from fengqiao.cases.transitions.repointing import UNIT_FOLLOWS
from fengqiao.jobs import follow, succession
from fengqiao.kit.verdict import Refused
from fengqiao.oversight.models import Fault, Notice
from fengqiao.people.models import Unit
from tests import acts, cast
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty

TODAY = localdate(MONDAY_9AM)
HOUR = acts.HOUR
IN_A_WEEK = MONDAY_9AM + timedelta(days=7)


def close(qing: QingCounty, unit: Unit, to: Unit | None, *, days: int = 0) -> Unit:
    on = TODAY + timedelta(days=days)
    return succeeding.close_unit(unit, on=on, successor=to, by=qing.shi_runs_the_system, at=MONDAY_9AM)


def test_a_unit_with_cases_needs_a_successor(qing: QingCounty) -> None:
    case = steps.handling_(qing)

    with pytest.raises(Refused):
        close(qing, qing.water, None)
    assert Unit.objects.get(pk=qing.water.pk).valid_to is None

    acts.conclude(qing, case)
    assert close(qing, qing.water, None).valid_to == TODAY


def test_its_cases_go_to_the_successor_with_a_line_and_no_clock_moves(qing: QingCounty) -> None:
    case = steps.handling_(qing)
    clocks = list(case.clocks.order_by("pk").values())
    close(qing, qing.water, qing.roads)

    assert succession.carry_on(MONDAY_9AM + HOUR) == 1

    moved = Case.objects.get(pk=case.pk)
    line = moved.log.get(line=moved.line_count)
    assert (moved.lead, moved.status, moved.due_at) == (qing.roads, case.status, case.due_at)
    assert (line.verb, line.actor, line.facts["rule"]) == ("repoint", "machine", UNIT_FOLLOWS)
    assert list(moved.clocks.order_by("pk").values()) == clocks
    assert succession.carry_on(MONDAY_9AM + HOUR) == 0
    handling.conclude(moved, outcome="solved", public_reply="好了", by=qing.zhao_handles_roads, at=MONDAY_9AM + HOUR)  # type: ignore[arg-type]


def test_the_successor_is_told(qing: QingCounty) -> None:
    steps.handling_(qing)
    follow.follow(MONDAY_9AM)
    close(qing, qing.water, qing.roads)
    succession.carry_on(MONDAY_9AM)

    follow.follow(MONDAY_9AM)

    assert Notice.objects.filter(unit=qing.roads, kind="dispatched").count() == 1


def test_nothing_goes_before_the_day(qing: QingCounty) -> None:
    case = steps.dispatched(qing)
    close(qing, qing.water, qing.roads, days=7)

    assert succession.carry_on(MONDAY_9AM) == 0
    assert succession.carry_on(IN_A_WEEK) == 1
    assert Case.objects.get(pk=case.pk).lead == qing.roads


def test_help_and_centre_go_along_and_what_is_over_stays(qing: QingCounty) -> None:
    helped = dispatching.dispatch(
        steps.opened(qing), to=qing.roads, assist=[qing.water], by=qing.chen_dispatches, at=MONDAY_9AM
    )
    done = steps.concluded(qing)
    close(qing, qing.water, qing.east_office)

    succession.carry_on(MONDAY_9AM)

    assert [row.unit for row in Assist.objects.filter(case=helped)] == [qing.east_office]
    assert Case.objects.get(pk=done.pk).lead == qing.water

    new = cast.body("new", "清县社会治理中心", Unit.Kind.CENTRE, qing.root)
    qing.shi_runs_the_system.posts.update(unit=qing.roads)
    qing.bai_audits.posts.update(unit=qing.roads)
    assert succeeding.in_hand(qing.centre).as_centre == 2  # the concluded one still can be reopened
    close(qing, qing.centre, new)
    assert succession.carry_on(MONDAY_9AM) == 2
    assert {case.centre for case in Case.objects.all()} == {new}


@pytest.mark.parametrize("goes", ["water", "roads"])
def test_of_a_lead_and_a_helper_merged_one_leads_and_none_helps(qing: QingCounty, goes: str) -> None:
    case = dispatching.dispatch(
        steps.opened(qing), to=qing.water, assist=[qing.roads], by=qing.chen_dispatches, at=MONDAY_9AM
    )
    gone, heir = (qing.water, qing.roads) if goes == "water" else (qing.roads, qing.water)
    close(qing, gone, heir)

    succession.carry_on(MONDAY_9AM)

    assert Case.objects.get(pk=case.pk).lead == heir
    assert not Assist.objects.filter(case=case).exists()


def test_a_chain_of_successors_is_followed_to_the_one_that_is_open(qing: QingCounty) -> None:
    case = steps.dispatched(qing)
    close(qing, qing.water, qing.roads)
    close(qing, qing.roads, qing.east_office)

    succession.carry_on(MONDAY_9AM)

    assert Case.objects.get(pk=case.pk).lead == qing.east_office


def test_a_complaint_never_goes_to_the_unit_complained_of(qing: QingCounty) -> None:
    case = steps.restricted(qing)
    Case.objects.filter(pk=case.pk).update(lead=qing.roads, status="handling")
    with pytest.raises(Refused):
        close(qing, qing.roads, qing.water)  # known already: another successor is asked for

    Case.objects.filter(pk=case.pk).update(lead=None, status="opened")
    close(qing, qing.roads, qing.water)
    Case.objects.filter(pk=case.pk).update(lead=qing.roads, status="handling")  # as if sent there meanwhile
    succession.carry_on(MONDAY_9AM)

    assert Case.objects.get(pk=case.pk).lead == qing.centre
    assert not Fault.objects.exists()
