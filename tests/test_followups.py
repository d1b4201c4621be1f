from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.translation import override

from fengqiao.cases.models import Case, CaseLog, ObjectionReason, Stage, Unfollowed
from fengqiao.cases.transitions import closing, delaying, dispatching, handling, raising, reopening
from fengqiao.cases.vocabulary import Outcome, Satisfied, Solved
from fengqiao.cases.workflow import STEPS
from fengqiao.followups import FOLLOW_UPS
from fengqiao.jobs import follow, watch
from fengqiao.kit.verdict import Refused
from fengqiao.oversight import owing, rules, sampling, transitions
from fengqiao.oversight.models import Notice
from fengqiao.oversight.owing import Duty
from fengqiao.people.actors import Machine, Resident
from fengqiao.people.models import Role, Unit
from tests import acts
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty

LATER = MONDAY_9AM + acts.HOUR


def told(case: Case) -> set[tuple[str, str, str]]:
    assert follow.follow(LATER).failed == 0
    return {(each.kind, each.unit.code, each.role) for each in Notice.objects.filter(case=case)}


def test_every_verb_that_is_followed_is_a_step() -> None:
    assert set(FOLLOW_UPS) <= set(STEPS)


def test_dispatch_tells_the_lead_and_the_assisting_units(qing: QingCounty, leak: Case) -> None:
    dispatching.dispatch(leak, to=qing.water, assist=[qing.roads], by=qing.chen_dispatches, at=MONDAY_9AM)

    assert told(leak) == {("dispatched", "water", Role.HANDLER), ("assisting", "roads", Role.HANDLER)}


def test_an_objection_tells_the_arbiter_and_its_answer_the_designated_unit(qing: QingCounty) -> None:
    case = steps.objected(qing)
    assert ("objected", "centre", Role.SUPERVISOR) in told(case)

    dispatching.designate(case, to=qing.roads, by=qing.wu_supervises, at=LATER)
    assert ("dispatched", "roads", Role.HANDLER) in told(case)


def test_an_objection_of_the_centre_tells_the_centre_above(qing: QingCounty, leak: Case) -> None:
    case = dispatching.dispatch(leak, to=qing.water, by=qing.chen_dispatches, at=MONDAY_9AM)
    case = dispatching.object_to(
        case, reason=ObjectionReason.NOT_OUR_DUTY, basis=steps.BASIS, names=qing.centre, by=qing.liu_handles_water,
        at=MONDAY_9AM,
    )  # fmt: skip

    assert ("objected", "above", Role.SUPERVISOR) in told(case)


def test_a_raised_case_tells_the_dispatcher_above_who_owes_its_handling_time_now(qing: QingCounty) -> None:
    case = raising.raise_up(steps.handling_(qing), reason="归市里管", by=qing.liu_handles_water, at=MONDAY_9AM)

    assert ("raised", "above", Role.DISPATCHER) in told(case)
    assert owing.of_case(case, Stage.HANDLE, LATER) == Duty(qing.centre_above, Role.DISPATCHER)


def test_raised_the_unit_below_is_no_longer_told_of_its_time(qing: QingCounty) -> None:
    case = steps.handling_(qing)
    late = case.clocks.get(stage=Stage.HANDLE).due_at - acts.HOUR
    watch.sweep(late)
    assert Notice.objects.filter(case=case, kind="deadline", unit=qing.water).exists()

    raising.raise_up(case, reason="归市里管", by=qing.liu_handles_water, at=late)
    follow.follow(late + acts.HOUR)

    assert not Notice.objects.filter(case=case, kind="deadline", case_clock__stage=Stage.HANDLE).exists()


def test_supervision_tells_the_lead(qing: QingCounty, sent_leak: Case) -> None:
    handling.supervise(sent_leak, note="请今日到场", by=qing.wu_supervises, at=MONDAY_9AM)

    assert ("supervised", "water", Role.HANDLER) in told(sent_leak)


def test_not_solved_tells_the_dispatchers_and_solved_tells_nobody(qing: QingCounty) -> None:
    unhappy, happy = steps.asked_again(qing), steps.evaluated(qing)

    assert ("not_solved", "centre", Role.DISPATCHER) in told(unhappy)
    assert not [kind for kind, _unit, _role in told(happy) if kind == "not_solved"]


@pytest.mark.parametrize("ask", ["evaluate", "ask_reopen"])
def test_a_worker_that_comes_after_the_decision_asks_nobody_for_it(qing: QingCounty, ask: str) -> None:
    case = steps.asked_again(qing) if ask == "evaluate" else steps.evaluated(qing)
    if ask == "ask_reopen":
        case = reopening.ask_reopen(case, words="又停水了", by=qing.ma_clerks, at=MONDAY_9AM)
    reopening.reopen(case, by=qing.chen_dispatches, at=MONDAY_9AM)

    assert told(case).isdisjoint({(kind, "centre", Role.DISPATCHER) for kind in ("not_solved", "asked_again")})


def test_asking_to_reopen_tells_the_dispatchers_and_reopening_tells_the_centre(qing: QingCounty) -> None:
    case = reopening.ask_reopen(steps.evaluated(qing), words="又停水了", by=qing.ma_clerks, at=MONDAY_9AM)
    assert ("asked_again", "centre", Role.DISPATCHER) in told(case)

    reopening.reopen(case, by=qing.chen_dispatches, at=LATER)
    assert ("reopened", "centre", Role.DISPATCHER) in told(case)


def test_asking_for_more_time_tells_who_approves_and_the_answer_tells_the_unit(qing: QingCounty) -> None:
    case = steps.asked_for_days(qing)
    assert ("delay_asked", "centre", Role.SUPERVISOR) in told(case)

    delaying.approve_delay(case, by=qing.wu_supervises, at=LATER)
    assert ("delay_told", "water", Role.HANDLER) in told(case)


def test_more_time_that_can_no_longer_be_given_is_asked_of_nobody(qing: QingCounty) -> None:
    case = steps.asked_for_days(qing)
    acts.conclude(qing, case)  # before the worker comes

    assert not any(kind == "delay_asked" for kind, *_whom in told(case))


def test_the_alerts_of_a_due_time_that_has_moved_are_taken_back(qing: QingCounty) -> None:
    case = steps.asked_for_days(qing)
    clock = case.clocks.get(stage=Stage.HANDLE)
    transitions.alert(clock, 70, at=MONDAY_9AM)

    delaying.approve_delay(case, by=qing.wu_supervises, at=LATER)

    assert "deadline" not in {kind for kind, _unit, _role in told(case)}


def _planned(case: Case) -> list[CaseLog]:
    assert follow.follow(LATER).failed == 0
    return list(case.log.filter(verb="plan_revisit"))


def _drawn(monkeypatch: pytest.MonkeyPatch, falls: bool) -> None:
    """Let the draw fall or not: ids differ from run to run."""
    monkeypatch.setattr(sampling, "ONE_IN", 1 if falls else 10**12)


def test_a_drawn_case_is_put_down_for_a_revisit_once(qing: QingCounty, monkeypatch: pytest.MonkeyPatch) -> None:
    _drawn(monkeypatch, True)
    case = steps.archived(qing)
    (line,) = _planned(case)

    assert (line.actor, line.facts["rule"]) == ("machine", rules.SAMPLED)
    for each in FOLLOW_UPS["archive"]:
        each(CaseLog.objects.get(case=case, verb="archive"), LATER)
    assert len(_planned(case)) == 1
    assert case.clocks.filter(stage=Stage.REVISIT).count() == 1


def test_no_revisit_is_planned_that_nobody_outside_could_make(
    qing: QingCounty, monkeypatch: pytest.MonkeyPatch
) -> None:
    _drawn(monkeypatch, True)
    case = steps.archived(qing)
    Case.objects.filter(pk=case.pk).update(lead=qing.centre)  # the centre did it itself
    Unit.objects.filter(pk=qing.centre_above.pk).update(valid_to=MONDAY_9AM.date())

    assert _planned(case) == []

    with override("en"), pytest.raises(Refused, match="No centre stands above"):
        closing.plan_revisit(case, by=Machine("sample"), at=LATER)
    Unit.objects.filter(pk=qing.centre_above.pk).update(valid_to=None)
    assert closing.plan_revisit(case, by=Machine("sample"), at=LATER).due_stage == Stage.REVISIT


def test_a_case_that_went_well_and_was_not_drawn_is_left_alone(
    qing: QingCounty, monkeypatch: pytest.MonkeyPatch
) -> None:
    _drawn(monkeypatch, False)

    assert _planned(steps.archived(qing)) == []


def _late(qing: QingCounty) -> Case:
    done = acts.conclude(qing, steps.handling_(qing), at=MONDAY_9AM + timedelta(days=12))
    return acts.evaluate(done, at=MONDAY_9AM + timedelta(days=12))


def _not_settled(qing: QingCounty) -> Case:
    case = handling.conclude(
        steps.handling_(qing), outcome=Outcome.NOT_SETTLED, public_reply="双方未达成一致", further="可向法院起诉",
        by=qing.liu_handles_water, at=MONDAY_9AM,
    )  # fmt: skip
    return acts.evaluate(case)


def _not_satisfied(qing: QingCounty) -> Case:
    case = steps.concluded(qing)
    report = case.reports.get()
    answer = closing.Answer(solved=Solved.YES, satisfied=Satisfied.NOT, report=report.pk)
    return closing.evaluate(case, answer, by=Resident(report.pk, case.pk), at=MONDAY_9AM)


def _partly_solved(qing: QingCounty) -> Case:
    return acts.evaluate(steps.concluded(qing), solved=Solved.PARTLY, words="只修了一半")


def _second_round(qing: QingCounty) -> Case:
    case = reopening.reopen(steps.asked_again(qing), by=qing.chen_dispatches, at=MONDAY_9AM)
    return acts.evaluate(acts.conclude(qing, acts.dispatch(qing, case)))


@pytest.mark.parametrize("went_badly", [_late, _not_settled, _not_satisfied, _partly_solved, _second_round])
def test_a_case_that_went_badly_is_always_revisited(
    qing: QingCounty, monkeypatch: pytest.MonkeyPatch, went_badly: Callable[[QingCounty], Case]
) -> None:
    _drawn(monkeypatch, False)
    case = acts.archive(qing, went_badly(qing), at=MONDAY_9AM + timedelta(days=12))
    assert follow.follow(MONDAY_9AM + timedelta(days=12)).failed == 0

    (line,) = _planned(case)
    assert line.facts["rule"] == rules.RISKY


def test_a_case_archived_long_ago_is_not_called_about_now(qing: QingCounty) -> None:
    case = acts.archive(qing, _late(qing), at=MONDAY_9AM + timedelta(days=12))

    assert follow.follow(MONDAY_9AM + timedelta(days=43)).failed == 0

    assert not case.log.filter(verb="plan_revisit").exists()


def test_the_revisit_is_due_thirty_days_after_archiving_however_late_the_worker_came(qing: QingCounty) -> None:
    archived = MONDAY_9AM + timedelta(days=12)
    case = acts.archive(qing, _late(qing), at=archived)

    assert follow.follow(archived + timedelta(days=2)).failed == 0

    assert case.clocks.get(stage=Stage.REVISIT).due_at == archived + timedelta(days=30)


def test_the_draw_falls_on_about_one_case_in_five() -> None:
    drawn = sum(sampling.is_drawn(Case()) for _ in range(2000))

    assert 300 < drawn < 500


def test_a_follow_up_that_comes_late_says_nothing_stale(qing: QingCounty) -> None:
    case = steps.concluded(qing)

    assert told(case) == set()
    assert not Unfollowed.objects.exists()
