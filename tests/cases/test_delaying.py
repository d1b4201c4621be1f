"""More time for handling: asked for by the unit, granted outside it, and counted again from what the clock stored."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengqiao.cases import deadlines, derivation, rules
from fengqiao.cases.models import Case, CaseClock, ClockRule, Delay, Stage
from fengqiao.cases.policy import may
from fengqiao.cases.transitions import delaying
from fengqiao.kit.verdict import Refused
from fengqiao.kit.workdays import Calendar, Day, midnight_after
from fengqiao.people.models import Role, Unit
from fengqiao.places import calendar
from fengqiao.places.models import WorkDay
from tests import acts, cast
from tests.cases import steps
from tests.cast import MONDAY_9AM, QING, SHANGHAI, QingCounty

NEW_PIPE = "新水管周五才能送到"


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """Name a moment of March 2026; the case is due on Monday the 9th at nine."""
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def handle(case: Case) -> CaseClock:
    """Fetch the handling clock as it is stored."""
    return case.clocks.get(stage=Stage.HANDLE, round=case.round)


def extended(qing: QingCounty, case: Case, *, more: int = 3, at: datetime = MONDAY_9AM, again: bool = False) -> Case:
    """The water bureau asks for more days and the supervisor approves."""
    case = delaying.ask_extension(case, more=more, reason=NEW_PIPE, by=qing.liu_handles_water, at=at)
    return delaying.approve_delay(case, by=qing.wu_supervises, at=at, may_ask_again=again)


def paused(qing: QingCounty, case: Case, *, until: date, at: datetime = MONDAY_9AM) -> Case:
    """The water bureau asks for a pause and the supervisor approves."""
    case = delaying.ask_pause(case, until=until, reason=NEW_PIPE, by=qing.liu_handles_water, at=at)
    return delaying.approve_delay(case, by=qing.wu_supervises, at=at)


def test_asking_moves_nothing(qing: QingCounty) -> None:
    case = steps.asked_for_days(qing)

    assert handle(case).due_at == case.due_at == moment(9, 9)
    assert (case.delays.get().more, case.delays.get().unit) == (3, qing.water)


def test_an_approved_extension_moves_the_due_time_by_exactly_that(qing: QingCounty) -> None:
    case = extended(qing, steps.handling_(qing))

    clock = handle(case)
    assert clock.due_at == case.due_at == derivation.again(clock) == moment(12, 9)  # Monday nine and three working days
    assert clock.extensions == [[3, "清县综治中心"]]
    assert [on for on, _why in clock.skipped] == ["2026-03-07", "2026-03-08"]


def test_an_extension_of_an_urgent_case_is_counted_in_its_hours(qing: QingCounty) -> None:
    case = extended(qing, steps.accepted(qing, urgency="urgent"), more=6)

    assert handle(case).due_at == derivation.again(handle(case)) == MONDAY_9AM + timedelta(hours=30)


def test_a_pause_over_a_holiday_counted_by_hand(qing: QingCounty) -> None:
    WorkDay.objects.create(on=date(2026, 3, 5), working=False, name="植树节")
    WorkDay.objects.create(on=date(2026, 3, 14), working=True, name="植树节")
    calendar.forget()
    case = steps.handling_(qing)
    assert handle(case).due_at == moment(10, 9)

    # 6.5 hours of Monday, 7 of Tuesday, 2.5 of Wednesday until eleven: 16 of 35. Then it stands still until the end of
    # Tuesday the 10th. 19 are left: 7 of Wednesday, 7 of Thursday, and 5 of Friday, 3.5 of them before noon.
    case = paused(qing, case, until=date(2026, 3, 10), at=moment(4, 11))

    assert handle(case).due_at == case.due_at == derivation.again(handle(case)) == moment(13, 16)


def test_a_pause_of_an_urgent_case_adds_just_its_length(qing: QingCounty) -> None:
    case = paused(qing, steps.accepted(qing, urgency="urgent"), until=date(2026, 3, 3), at=moment(2, 18))

    assert handle(case).due_at == moment(4, 0) + timedelta(hours=15)


def test_a_pause_ended_early_costs_only_what_was_used(qing: QingCounty) -> None:
    case = paused(qing, steps.handling_(qing), until=date(2026, 3, 10))

    case = delaying.resume(case, by=qing.liu_handles_water, at=moment(3, 9))

    assert handle(case).due_at == derivation.again(handle(case)) == moment(10, 9)
    assert not handle(case).is_paused(moment(3, 9))
    with pytest.raises(Refused, match="not paused"):
        delaying.resume(case, by=qing.liu_handles_water, at=moment(3, 10))


def test_extension_and_pause_add_up(qing: QingCounty) -> None:
    case = extended(qing, steps.handling_(qing), more=1)
    case = paused(qing, case, until=date(2026, 3, 2))

    # Six days of 35 and 7 hours, all of them to pass from Tuesday morning on.
    assert handle(case).due_at == derivation.again(handle(case)) == moment(10, 18)


def test_what_was_promised_stays_although_the_calendar_was_corrected_meanwhile(qing: QingCounty) -> None:
    case = steps.handling_(qing)
    WorkDay.objects.create(on=date(2026, 3, 4), working=False, name="植树节")
    WorkDay.objects.create(on=date(2026, 3, 10), working=False, name="植树节")
    calendar.forget()

    case = extended(qing, case, more=1)

    assert handle(case).due_at == derivation.again(handle(case)) == moment(11, 9)  # the 10th is off, the 4th was worked


def test_other_clocks_are_left_alone(qing: QingCounty) -> None:
    case = steps.handling_(qing)
    others = case.clocks.exclude(stage=Stage.HANDLE)
    before = list(others.order_by("id").values())

    case = extended(qing, case)

    assert list(others.order_by("id").values()) == before


def test_the_alerts_follow_the_new_due_time(qing: QingCounty) -> None:
    case, working = steps.handling_(qing), calendar.of(QING)
    CaseClock.objects.filter(case=case, stage=Stage.HANDLE).update(alert_level=100, alert_at=moment(9, 9))

    clock = handle(extended(qing, case, more=5, at=moment(6, 17)))

    assert (clock.alert_level, clock.alert_at) == (70, working.after(MONDAY_9AM, working.day_length * 7))


def test_an_alert_missed_by_an_extension_too_small_is_the_last_one(qing: QingCounty) -> None:
    case = delaying.ask_extension(
        steps.handling_(qing), more=1, reason=NEW_PIPE, by=qing.liu_handles_water, at=moment(6, 9)
    )

    case = delaying.approve_delay(case, by=qing.wu_supervises, at=moment(16, 9))

    assert (handle(case).alert_level, handle(case).alert_at) == (100, moment(10, 9))


@pytest.mark.parametrize("more", [-1, 0, 6])
def test_an_extension_is_at_most_the_rules_own_span_again(qing: QingCounty, more: int) -> None:
    with pytest.raises(Refused, match="at most"):
        extended(qing, steps.handling_(qing), more=more)


def test_a_rule_may_allow_less(qing: QingCounty) -> None:
    ClockRule.objects.filter(stage=Stage.HANDLE).update(extendable_by=2, pausable_days=2)
    rules.forget()
    case = steps.handling_(qing)

    with pytest.raises(Refused, match="at most"):
        extended(qing, case, more=3)
    with pytest.raises(Refused, match="at most"):
        paused(qing, case, until=date(2026, 3, 4))
    assert paused(qing, case, until=date(2026, 3, 3))


def test_one_extension_a_round_unless_the_approver_allows_another(qing: QingCounty) -> None:
    case = extended(qing, steps.handling_(qing), again=True)
    case = extended(qing, case, more=1)

    assert handle(case).extensions == [[3, "清县综治中心"], [1, "清县综治中心"]]
    with pytest.raises(Refused, match="once in this round"):
        extended(qing, case, more=1)


def test_pauses_are_thirty_days_in_a_round_at_most(qing: QingCounty) -> None:
    case = steps.handling_(qing)
    with pytest.raises(Refused, match="30 days"):
        paused(qing, case, until=date(2026, 4, 1))
    case = paused(qing, case, until=date(2026, 3, 20))

    with pytest.raises(Refused, match="30 days"):
        paused(qing, case, until=date(2026, 4, 2), at=moment(21, 9))
    assert paused(qing, case, until=date(2026, 3, 30), at=moment(21, 9))


def test_no_pause_within_a_pause_and_none_into_the_past(qing: QingCounty) -> None:
    case = steps.handling_(qing)
    with pytest.raises(Refused, match="past"):
        paused(qing, case, until=date(2026, 3, 1))
    case = paused(qing, case, until=date(2026, 3, 5))

    with pytest.raises(Refused, match="paused already"):
        paused(qing, case, until=date(2026, 3, 6), at=moment(4, 9))


def test_a_pause_approved_after_its_last_day_is_none(qing: QingCounty) -> None:
    case = steps.handling_(qing)
    case = delaying.ask_pause(case, until=date(2026, 3, 3), reason=NEW_PIPE, by=qing.liu_handles_water, at=MONDAY_9AM)

    with pytest.raises(Refused, match="past"):
        delaying.approve_delay(case, by=qing.wu_supervises, at=moment(4, 9))
    assert handle(case).due_at == moment(9, 9)


def test_what_is_late_is_not_made_punctual_afterwards(qing: QingCounty) -> None:
    case = steps.handling_(qing)

    with pytest.raises(Refused, match="late"):
        extended(qing, case, at=moment(9, 10))


def test_one_request_at_a_time_and_each_with_its_reason(qing: QingCounty) -> None:
    case = steps.asked_for_days(qing)

    with pytest.raises(Refused, match="already"):
        extended(qing, case)
    with pytest.raises(Refused, match="reason"):
        delaying.refuse_delay(case, reason=" ", by=qing.wu_supervises, at=MONDAY_9AM)


def test_nothing_is_decided_that_nobody_asked_for(qing: QingCounty) -> None:
    with pytest.raises(Refused, match="Nobody has asked"):
        delaying.approve_delay(steps.handling_(qing), by=qing.wu_supervises, at=MONDAY_9AM)


def test_a_refusal_leaves_the_clock_and_says_why_to_the_unit_only(qing: QingCounty) -> None:
    case = delaying.refuse_delay(
        steps.asked_for_days(qing), reason="库存里有水管", by=qing.wu_supervises, at=MONDAY_9AM
    )

    assert handle(case).due_at == moment(9, 9)
    assert case.delays.get().decision == Delay.Decision.REFUSED
    assert (case.log.get(verb="refuse_delay").note, case.log.get(verb="refuse_delay").public) == ("库存里有水管", "")


def test_the_log_tells_both_due_times_and_the_resident_reads_the_reason(qing: QingCounty) -> None:
    line = extended(qing, steps.handling_(qing)).log.get(verb="approve_delay")

    assert (line.public, line.unit) == (NEW_PIPE, qing.centre)
    assert line.facts["more"] == 3
    told = [datetime.fromisoformat(str(line.facts[name])) for name in ("due_was", "due")]
    assert told == [moment(9, 9), moment(12, 9)]


def test_nobody_approves_for_their_own_unit(qing: QingCounty) -> None:
    case = steps.asked_for_days(qing)
    cast.hold(qing.wu_supervises, Role.HANDLER, qing.root, qing.water)

    verdict = may(qing.wu_supervises, "approve_delay", case, MONDAY_9AM)

    assert not verdict and "own unit" in verdict.reason
    assert may(qing.tang_supervises_above, "approve_delay", case, MONDAY_9AM)


def test_no_time_is_asked_for_that_nobody_could_grant(qing: QingCounty) -> None:
    case = steps.handling_(qing)
    Case.objects.filter(pk=case.pk).update(lead=qing.centre)  # the centre does it itself
    handler = cast.person("lu_handles", "吕所", Role.HANDLER, qing.root, qing.centre)
    Unit.objects.filter(pk=qing.centre_above.pk).update(valid_to=MONDAY_9AM.date())

    with pytest.raises(Refused, match="No centre stands above"):
        delaying.ask_extension(case, more=3, reason=NEW_PIPE, by=handler, at=MONDAY_9AM)
    Unit.objects.filter(pk=qing.centre_above.pk).update(valid_to=None)
    assert delaying.ask_extension(case, more=3, reason=NEW_PIPE, by=handler, at=MONDAY_9AM).delays.exists()


def test_a_request_left_undecided_does_not_stand_in_the_next_rounds_way(qing: QingCounty) -> None:
    case = acts.conclude(qing, steps.asked_for_days(qing))

    assert case.delays.filter(decided_at__isnull=True).exists()
    case = steps.begun_again(qing, case)
    assert delaying.ask_extension(case, more=1, reason=NEW_PIPE, by=qing.liu_handles_water, at=MONDAY_9AM)


@given(days=st.integers(0, 400), minutes=st.integers(0, 1439), amount=st.integers(1, 20), draws=st.randoms())
def test_whatever_is_granted_on_any_calendar_the_open_time_outside_the_pauses_is_the_span(
    days: int, minutes: int, amount: int, draws: Random
) -> None:
    start = MONDAY_9AM + timedelta(days=days, minutes=minutes)
    named = {start.date() + timedelta(days=n): Day(draws.random() < 0.5, "x") for n in draws.sample(range(160), 50)}
    working = Calendar(named, calendar.USUAL_HOURS, date.max, "drawn")
    rule = ClockRule(stage=Stage.HANDLE, amount=amount, unit="working_days", version="1")
    clock = deadlines.set_going(CaseClock(county=QING, stage=Stage.HANDLE), rule, start, working)
    clock.extensions = [[draws.randint(1, amount), "x"] for _ in range(draws.randint(0, 2))]
    begins = start
    for _ in range(draws.randint(0, 3)):
        begins += timedelta(minutes=draws.randint(0, 9000))
        ends = midnight_after(begins.date() + timedelta(days=draws.randint(0, 9)))
        clock.pauses, begins = [*clock.pauses, [begins.isoformat(), ends.isoformat(), "x"]], ends

    moved = derivation.count(clock, derivation.prolonged_calendar(clock, working))

    clock.due_at, clock.skipped, clock.made_up = moved.due_at, moved.skipped, moved.made_up
    still = sum(
        (working.open_between(one, min(other, moved.due_at)) for one, other in clock.stretches_still()), timedelta(0)
    )
    assert working.open_between(start, moved.due_at) - still == working.day_length * clock.span()
    assert derivation.again(clock) == moved.due_at == derivation.count(clock, working).due_at
