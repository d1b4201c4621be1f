"""Every clock can say how its due time came about, and come to the same again."""

from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengqiao.cases import deadlines, derivation, rules
from fengqiao.cases.models import Case, CaseClock, ClockRule, Stage
from fengqiao.cases.rules import NoRuleError
from fengqiao.cases.transitions import dispatching, handling
from fengqiao.kit.workdays import Calendar, Day
from fengqiao.places import calendar
from fengqiao.places.models import WorkDay
from tests import acts
from tests.cases import steps
from tests.cast import MONDAY_9AM, QING, SHANGHAI, QingCounty


def clock(case: Case, stage: Stage) -> CaseClock:
    """Find the latest clock of a stage."""
    return case.clocks.filter(stage=stage).latest("started_at", "id")


def moment(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """Name a moment of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("stage", "due"),
    [
        (Stage.ACCEPT, moment(3, 2, 15, 30)),  # 3 h until noon, 1 h from 14:30
        (Stage.HANDLE, moment(3, 9, 9)),  # five working days on
    ],
)
def test_dispatch_starts_two_clocks(sent_leak: Case, stage: Stage, due: datetime) -> None:
    assert clock(sent_leak, stage).due_at == due


def test_the_dispatch_clock_runs_over_lunch(leak: Case) -> None:
    assert clock(leak, Stage.DISPATCH).due_at == moment(3, 2, 11)
    assert (leak.due_at, leak.due_stage) == (moment(3, 2, 11), Stage.DISPATCH)


def test_urgent_runs_by_the_clock_on_the_wall(qing: QingCounty) -> None:
    case = acts.dispatch(qing, acts.open_leak(qing, urgency="urgent"))

    assert clock(case, Stage.HANDLE).due_at == MONDAY_9AM + timedelta(hours=24)


def test_a_clock_names_the_days_it_skipped(qing: QingCounty) -> None:
    WorkDay.objects.create(on=date(2026, 3, 4), working=False, name="植树节")
    calendar.forget()

    handle = clock(acts.dispatch(qing, acts.open_leak(qing)), Stage.HANDLE)

    assert handle.skipped == [["2026-03-04", "植树节"], ["2026-03-07", "weekend"], ["2026-03-08", "weekend"]]
    assert handle.due_at == moment(3, 10, 9)


def test_every_clock_of_a_life_can_be_derived_again(qing: QingCounty) -> None:
    steps.archived(qing)
    steps.objected(qing)

    clocks = list(CaseClock.objects.all())

    assert {each.stage for each in clocks} >= {Stage.DISPATCH, Stage.ACCEPT, Stage.HANDLE, Stage.EVALUATE}
    for each in clocks:
        assert derivation.again(each) == each.due_at


def test_a_clock_derives_from_what_it_stored_even_after_the_calendar_was_corrected(qing: QingCounty) -> None:
    WorkDay.objects.create(on=date(2026, 3, 4), working=False, name="植树节")
    WorkDay.objects.create(on=date(2026, 3, 7), working=True, name="植树节")
    calendar.forget()
    handle = clock(acts.dispatch(qing, acts.open_leak(qing)), Stage.HANDLE)
    WorkDay.objects.all().delete()
    calendar.forget()

    assert derivation.again(handle) == handle.due_at == moment(3, 9, 9)
    assert handle.made_up == [["2026-03-07", "植树节"]]


@given(
    days=st.integers(0, 700),
    minutes=st.integers(0, 1439),
    amount=st.integers(1, 40),
    hours=st.sampled_from([calendar.USUAL_HOURS, derivation.ALL_DAY, ((time(0), time(2)), (time(18), time(0)))]),
    draws=st.randoms(),
)
def test_the_stored_derivation_gives_the_stored_due_time_on_any_calendar(
    days: int, minutes: int, amount: int, hours: tuple[tuple[time, time], ...], draws: Random
) -> None:
    start = MONDAY_9AM + timedelta(days=days, minutes=minutes)
    named = {start.date() + timedelta(days=n): Day(draws.random() < 0.5, "x") for n in draws.sample(range(120), 40)}
    working = Calendar(named, hours, date.max, "drawn")
    rule = ClockRule(stage=Stage.HANDLE, amount=amount, unit="working_days", version="1")

    drawn = deadlines.set_going(CaseClock(county=QING, stage=Stage.HANDLE), rule, start, working)

    stored = derivation.stored_calendar(drawn)
    assert derivation.again(drawn) == drawn.due_at
    assert (drawn.alert_level, drawn.alert_at) == derivation.next_alert(drawn, 0, stored)
    for level in derivation.LEVELS:
        assert derivation.alert_moment(drawn, level, working) == derivation.alert_moment(drawn, level, stored)
    assert working.open_between(start, drawn.due_at) == working.day_length * amount


def test_a_due_time_in_a_year_not_yet_published_is_provisional(qing: QingCounty) -> None:
    case = acts.dispatch(qing, acts.open_leak(qing, at=moment(12, 30, 9)), at=moment(12, 30, 9))

    assert not clock(case, Stage.ACCEPT).is_provisional
    assert clock(case, Stage.HANDLE).is_provisional


def test_a_changed_rule_is_a_new_version_and_leaves_old_clocks_alone(qing: QingCounty, sent_leak: Case) -> None:
    ClockRule.objects.create(
        county=QING, stage=Stage.HANDLE, urgency="ordinary", amount=3, unit="working_days", version="2",
        valid_from=moment(3, 3, 0),
    )  # fmt: skip
    rules.forget()

    newer = acts.dispatch(qing, acts.open_leak(qing, at=moment(3, 3, 9)), at=moment(3, 3, 9))

    assert (clock(sent_leak, Stage.HANDLE).amount, clock(sent_leak, Stage.HANDLE).rule_version) == (5, "1")
    assert (clock(newer, Stage.HANDLE).amount, clock(newer, Stage.HANDLE).rule_version) == (3, "2")


def test_a_county_without_a_rule_cannot_start_a_clock(qing: QingCounty, leak: Case) -> None:
    ClockRule.objects.filter(stage=Stage.HANDLE).delete()
    rules.forget()

    with pytest.raises(NoRuleError, match="handle"):
        acts.dispatch(qing, leak)


def test_alerts_stand_at_seventy_and_ninety_per_cent_and_at_the_due_time(sent_leak: Case) -> None:
    handle, working = clock(sent_leak, Stage.HANDLE), calendar.of(QING)

    assert (handle.alert_level, handle.alert_at) == (70, working.after(MONDAY_9AM, working.day_length * 3.5))
    assert derivation.next_alert(handle, 70, working) == (90, working.after(MONDAY_9AM, working.day_length * 4.5))
    assert derivation.next_alert(handle, 90, working) == (100, handle.due_at)
    assert derivation.next_alert(handle, 100, working) == (0, None)


def test_windows_that_close_by_themselves_alert_nobody(done_leak: Case) -> None:
    assert clock(done_leak, Stage.EVALUATE).alert_at is None
    assert clock(done_leak, Stage.REOPEN).alert_at is None


def test_the_case_shows_the_act_owed_next_while_every_clock_runs_on_its_own(qing: QingCounty, sent_leak: Case) -> None:
    assert sent_leak.due_stage == Stage.ACCEPT

    case = handling.accept(sent_leak, by=qing.liu_handles_water, at=moment(3, 2, 10))

    assert case.due_stage == Stage.HANDLE
    assert clock(case, Stage.ACCEPT).met_at == moment(3, 2, 10)
    assert clock(case, Stage.HANDLE).is_running()


def test_objection_and_designation_never_move_the_handling_clock(qing: QingCounty) -> None:
    case = steps.objected(qing)
    before = clock(case, Stage.HANDLE).due_at

    case = dispatching.designate(case, to=qing.roads, by=qing.wu_supervises, at=moment(3, 3, 9))

    assert clock(case, Stage.HANDLE).due_at == before
    assert clock(case, Stage.DESIGNATE).met_at == moment(3, 3, 9)
    assert clock(case, Stage.ACCEPT).started_at == moment(3, 3, 9)


def test_a_conclusion_leaves_no_working_clock_behind(done_leak: Case) -> None:
    running = {each.stage for each in done_leak.clocks.all() if each.is_running()}

    assert running == {Stage.EVALUATE, Stage.REOPEN}
