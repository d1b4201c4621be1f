"""The machine's clock goes back while people work: the record keeps its order, and nothing runs backwards."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.utils.translation import override

from fengqiao.cases.models import Case, CaseClock, Stage, Unfollowed
from fengqiao.cases.transitions import delaying, handling, undoing
from fengqiao.cases.workflow import Status
from fengqiao.jobs import follow, pulse, watch
from fengqiao.jobs.doctor import chains, clocks, moments
from fengqiao.jobs.doctor.findings import Mark
from fengqiao.jobs.faults import Careful
from fengqiao.kit.verdict import Refused
from fengqiao.oversight import queries
from fengqiao.oversight.models import Fault, Notice
from tests import acts
from tests.cast import MONDAY_9AM, QingCounty

pytestmark = pytest.mark.django_db
BACK = [timedelta(minutes=3), timedelta(hours=5), timedelta(days=1)]
DAY = timedelta(days=1)


def backwards(by: timedelta) -> Callable[[], datetime]:
    """Give one moment after another, each earlier than the last."""
    moment = MONDAY_9AM + timedelta(days=9)

    def step() -> datetime:
        nonlocal moment
        moment -= by
        return moment

    return step


@pytest.mark.parametrize("by", BACK)
def test_a_whole_life_with_the_clock_running_backwards(qing: QingCounty, client: Client, by: timedelta) -> None:
    then = backwards(by)
    case = acts.open_leak(qing, at=then())
    acts.dispatch(qing, case, at=then())
    handling.accept(case, by=qing.liu_handles_water, at=then())
    handling.add_progress(case, note="", public="今天换管。", by=qing.liu_handles_water, at=then())
    acts.conclude(qing, case, at=then())
    acts.evaluate(case, at=then())
    case = acts.archive(qing, case, at=then())

    assert case.status == Status.ARCHIVED
    assert [line.line for line in case.log.order_by("line")] == list(range(1, 8))
    looks = (chains.chains, clocks.all_derivations, clocks.without_clock)
    assert [found.text for look in looks for found in look(MONDAY_9AM) if found.mark is Mark.FAULT] == []
    assert not CaseClock.objects.filter(met_at__gt=F("due_at")).exists()
    client.force_login(qing.chen_dispatches)
    assert client.get(f"/console/cases/{case.number}/").status_code == 200


@pytest.mark.parametrize("by", BACK)
def test_what_follows_is_done_though_its_time_lies_ahead(qing: QingCounty, by: timedelta) -> None:
    case = acts.open_leak(qing)
    acts.dispatch(qing, case)
    earlier = MONDAY_9AM - by

    follow.follow(earlier)
    if by < follow.LONGEST_PAUSE:  # no longer than a line that failed may wait
        follow.follow(MONDAY_9AM)

    assert Notice.objects.filter(kind=Notice.Kind.DISPATCHED).count() == 1
    assert not Unfollowed.objects.exists()


def test_a_pause_is_not_ended_before_it_began(qing: QingCounty, sent_leak: Case) -> None:
    handled_leak = handling.accept(sent_leak, by=qing.liu_handles_water, at=MONDAY_9AM)
    begun = MONDAY_9AM + 2 * DAY
    delaying.ask_pause(
        handled_leak,
        until=(begun + 5 * DAY).date(),
        reason="等配件",
        by=qing.liu_handles_water,
        at=begun - timedelta(hours=1),
    )
    delaying.approve_delay(handled_leak, by=qing.wu_supervises, at=begun)

    due = handled_leak.clocks.get(stage=Stage.HANDLE).due_at

    with pytest.raises(Refused):
        delaying.resume(handled_leak, by=qing.liu_handles_water, at=begun - DAY)
    assert handled_leak.clocks.get(stage=Stage.HANDLE).due_at == due


def test_a_note_can_be_taken_back_and_nothing_followed_it(qing: QingCounty, leak: Case) -> None:
    handling.add_note(leak, note="打错了", by=qing.ma_clerks, at=MONDAY_9AM + DAY)
    undoing.undo_note(leak, by=qing.ma_clerks, at=MONDAY_9AM)

    assert [line.verb for line in leak.log.standing().order_by("line")] == ["open", "undo_note"]


def test_a_sign_of_life_from_the_future_is_none(db: None) -> None:
    pulse.beat(MONDAY_9AM + DAY, name="before the clock was set back")
    assert not queries.pulse(MONDAY_9AM).is_alive

    pulse.beat(MONDAY_9AM, name="now")
    assert queries.pulse(MONDAY_9AM).is_alive


def test_alerts_given_before_are_not_given_again(qing: QingCounty, leak: Case) -> None:
    later = MONDAY_9AM + 2 * DAY
    given = watch.sweep(later).alerts

    assert (given, watch.sweep(MONDAY_9AM).alerts, watch.sweep(later).alerts) == (1, 0, 0)


def test_what_was_put_aside_waits_an_hour_and_no_day(qing: QingCounty, leak: Case) -> None:
    far = {"county": qing.county.code, "error": "X", "last_at": MONDAY_9AM + DAY, "retry_at": MONDAY_9AM + DAY}
    Fault.objects.create(kind=watch.WINDOW, subject=leak.pk, **far)
    careful = Careful(watch.WINDOW, MONDAY_9AM)

    assert not careful.waits(leak.pk)


def test_the_doctor_says_that_the_record_is_ahead_of_the_clock(qing: QingCounty, leak: Case) -> None:
    assert [found.mark for found in moments.clock(MONDAY_9AM)] == [Mark.GOOD]
    assert [found.mark for found in moments.clock(MONDAY_9AM - timedelta(hours=1))] == [Mark.FAULT]


def test_the_doctor_names_a_line_earlier_than_the_one_before(qing: QingCounty, leak: Case) -> None:
    acts.dispatch(qing, leak, at=MONDAY_9AM - timedelta(minutes=1))
    assert [found.mark for found in moments.order(MONDAY_9AM)] == [Mark.GOOD]

    handling.accept(leak, by=qing.liu_handles_water, at=MONDAY_9AM - DAY)
    with override("en"):
        (found,) = moments.order(MONDAY_9AM)
    assert found.mark is Mark.WATCH and f"line 3 of {leak.number}" in found.text
