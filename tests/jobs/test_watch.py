from datetime import datetime, timedelta

import pytest

from fengqiao.cases import deadlines
from fengqiao.cases.models import Case, CaseClock, CaseLog, Stage
from fengqiao.cases.transitions import closing, dispatching, handling, reopening
from fengqiao.cases.vocabulary import AnswerChannel, Solved
from fengqiao.intake.transitions import triaging
from fengqiao.jobs import watch
from fengqiao.oversight import rules
from fengqiao.oversight.models import Fault, Notice
from fengqiao.people.models import Post, Role
from tests import acts
from tests.cases import steps
from tests.cast import MONDAY_9AM, SHANGHAI, QingCounty

DAY = timedelta(days=1)
FRIDAY_4PM = datetime(2026, 3, 6, 16, tzinfo=SHANGHAI)  # 5 working days from Monday 9:00: 90 % at Friday 14:30


def levels(case: Case, stage: Stage) -> list[int]:
    notices = Notice.objects.filter(case=case, case_clock__stage=stage)
    return list(notices.order_by("made_at", "level").values_list("level", flat=True))


def last(case: Case) -> CaseLog:
    return case.log.latest("line")


def test_nothing_is_raised_before_its_time(qing: QingCounty, sent_leak: Case) -> None:
    swept = watch.sweep(MONDAY_9AM + acts.HOUR)

    assert (swept.alerts, Notice.objects.count()) == (0, 0)


def test_each_level_is_raised_once_however_often_the_watch_runs(qing: QingCounty, sent_leak: Case) -> None:
    sent_leak = handling.accept(sent_leak, by=qing.liu_handles_water, at=MONDAY_9AM)
    clock = CaseClock.objects.get(case=sent_leak, stage=Stage.HANDLE)
    moment = MONDAY_9AM
    while moment < clock.due_at + DAY:
        watch.sweep(moment)
        watch.sweep(moment)
        moment += timedelta(hours=3)

    assert levels(sent_leak, Stage.HANDLE) == [70, 90, 100]


def test_a_watch_that_slept_raises_only_the_highest_level_reached(qing: QingCounty, sent_leak: Case) -> None:
    sent_leak = handling.accept(sent_leak, by=qing.liu_handles_water, at=MONDAY_9AM)
    watch.sweep(FRIDAY_4PM)
    assert levels(sent_leak, Stage.HANDLE) == [90]

    watch.sweep(FRIDAY_4PM + 10 * DAY)
    assert levels(sent_leak, Stage.HANDLE) == [90, 100]


def test_a_report_nobody_triages_is_told_to_the_clerks(qing: QingCounty) -> None:
    report = acts.receive(qing).report
    watch.sweep(MONDAY_9AM + timedelta(minutes=90))
    watch.sweep(MONDAY_9AM + timedelta(hours=2))

    notices = Notice.objects.filter(report=report).order_by("level")
    assert [(each.level, each.unit, each.role) for each in notices] == [
        (70, qing.centre, Role.CLERK),
        (100, qing.centre, Role.CLERK),
    ]


def test_silence_counts_as_acceptance(qing: QingCounty, sent_leak: Case) -> None:
    watch.sweep(MONDAY_9AM + DAY)

    sent_leak.refresh_from_db()
    line = last(sent_leak)
    assert sent_leak.status == "handling"
    assert (line.verb, line.actor, line.facts["rule"]) == ("accept", "machine", rules.SILENCE_ACCEPTS)
    assert 100 not in levels(sent_leak, Stage.ACCEPT)


def test_an_undecided_request_reopens_by_itself(qing: QingCounty) -> None:
    case = steps.asked_again(qing)
    watch.sweep(MONDAY_9AM + 2 * DAY)

    case.refresh_from_db()
    assert (case.status, case.round, last(case).facts["rule"]) == ("opened", 2, rules.UNDECIDED_REOPENS)
    assert not watch.sweep(MONDAY_9AM + 2 * DAY).alerts


def test_a_case_is_archived_when_the_window_is_over(qing: QingCounty, done_leak: Case) -> None:
    assert watch.sweep(MONDAY_9AM + 14 * DAY).archived == 0
    assert watch.sweep(MONDAY_9AM + 16 * DAY).archived == 1

    done_leak.refresh_from_db()
    assert (done_leak.status, last(done_leak).facts["rule"]) == ("archived", rules.WINDOW_OVER_ARCHIVES)
    assert watch.sweep(MONDAY_9AM + 16 * DAY).archived == 0


def test_an_evaluated_case_too_is_archived_when_the_window_is_over(qing: QingCounty) -> None:
    case = steps.evaluated(qing)

    assert watch.sweep(MONDAY_9AM + 14 * DAY).archived == 0
    assert watch.sweep(MONDAY_9AM + 16 * DAY).archived == 1
    case.refresh_from_db()
    assert case.status == "archived"


def test_a_case_whose_reopening_is_asked_for_is_not_archived(qing: QingCounty, done_leak: Case) -> None:
    at = MONDAY_9AM + 16 * DAY - timedelta(hours=1)
    reopening.ask_reopen(done_leak, words="又漏了", by=qing.ma_clerks, at=at)
    swept = watch.sweep(MONDAY_9AM + 16 * DAY)

    done_leak.refresh_from_db()
    assert (swept.archived, swept.failed, done_leak.status) == (0, 0, "concluded")


def test_a_step_that_came_first_leaves_the_rule_nothing_to_do(qing: QingCounty, sent_leak: Case) -> None:
    clock = CaseClock.objects.get(case=sent_leak, stage=Stage.ACCEPT)
    handling.accept(sent_leak, by=qing.liu_handles_water, at=MONDAY_9AM)

    assert watch.take(clock, MONDAY_9AM + DAY) is False
    sent_leak.refresh_from_db()
    assert sent_leak.log.filter(verb="accept").count() == 1


def test_a_fault_on_one_clock_is_put_aside_and_the_others_go_on(qing: QingCounty, sent_leak: Case) -> None:
    other = acts.open_leak(qing, at=MONDAY_9AM)  # its triage is done; its dispatch is owed by the centre
    report = acts.receive(qing).report
    Post.objects.filter(role=Role.CLERK).delete()  # nobody is left to tell of the triage
    at = MONDAY_9AM + timedelta(hours=2)

    swept = watch.sweep(at)

    fault = Fault.objects.get()
    assert (swept.failed, fault.error, fault.failures) == (1, "NobodyOwes", 1)
    assert report.clocks.get().alert_at == at + acts.HOUR
    assert levels(other, Stage.DISPATCH) == [100]
    assert watch.sweep(at + timedelta(minutes=30)).failed == 0
    assert watch.sweep(at + acts.HOUR).failed == 1
    fault.refresh_from_db()
    assert fault.failures == 2


def test_a_fault_is_forgotten_when_the_thing_succeeds(qing: QingCounty) -> None:
    acts.receive(qing)
    posts = list(Post.objects.filter(role=Role.CLERK))
    Post.objects.filter(role=Role.CLERK).delete()
    watch.sweep(MONDAY_9AM + timedelta(hours=2))
    Post.objects.bulk_create(posts)
    watch.sweep(MONDAY_9AM + timedelta(hours=4))

    assert not Fault.objects.exists()
    assert Notice.objects.get().level == 100


def test_a_fault_is_forgotten_when_a_step_has_settled_the_matter(qing: QingCounty) -> None:
    report = acts.receive(qing).report
    Post.objects.filter(role=Role.CLERK).update(role=Role.LEADER)  # nobody owes the triage
    assert watch.sweep(MONDAY_9AM + timedelta(days=1)).failed == 1
    triaging.open_case(report, acts.opening(qing), by=qing.chen_dispatches, at=MONDAY_9AM + timedelta(days=1))

    watch.sweep(MONDAY_9AM + timedelta(days=1, minutes=1))

    assert not Fault.objects.exists()


def test_a_window_that_cannot_be_closed_is_tried_again_after_an_hour(
    qing: QingCounty, done_leak: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadlines, "stop", lambda *_, **__: 1 / 0)
    at = MONDAY_9AM + 16 * DAY

    assert watch.sweep(at).failed == 1
    assert watch.sweep(at + timedelta(minutes=30)).failed == 0
    monkeypatch.undo()
    assert watch.sweep(at + acts.HOUR).archived == 1
    done_leak.refresh_from_db()
    assert done_leak.status == "archived"


def test_an_ended_case_has_left_every_clock_and_the_watch_says_nothing(qing: QingCounty) -> None:
    case = closing.revisit(
        steps.archived(qing), solved=Solved.YES, channel=AnswerChannel.CALL, words="好", by=qing.ma_clerks,
        at=MONDAY_9AM,
    )  # fmt: skip
    watch.sweep(MONDAY_9AM + 60 * DAY)

    assert not Notice.objects.exists()
    assert not [clock for clock in case.clocks.all() if clock.is_running()]


def test_an_objected_case_has_left_the_accept_clock(qing: QingCounty) -> None:
    case = steps.objected(qing)
    watch.sweep(MONDAY_9AM + timedelta(hours=8))

    case.refresh_from_db()
    assert case.status == "objected"
    assert levels(case, Stage.DESIGNATE) == [70]
    case = dispatching.designate(case, to=qing.roads, by=qing.wu_supervises, at=MONDAY_9AM + timedelta(hours=8))
    watch.sweep(MONDAY_9AM + timedelta(hours=9))
    assert levels(case, Stage.DESIGNATE) == [70]


def test_a_reopened_case_has_left_the_clocks_of_its_earlier_round(qing: QingCounty) -> None:
    case = reopening.reopen(steps.asked_again(qing), by=qing.chen_dispatches, at=MONDAY_9AM)

    assert [clock.stage for clock in case.clocks.all() if clock.is_running()] == [Stage.DISPATCH]


def test_a_triaged_report_has_left_its_clock(qing: QingCounty, leak: Case) -> None:
    watch.sweep(MONDAY_9AM + 3 * DAY)

    assert not Notice.objects.filter(report__isnull=False).exists()
