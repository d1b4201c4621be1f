from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from fengqiao import followups
from fengqiao.cases.models import Case, CaseLog, Unfollowed
from fengqiao.cases.transitions import handling
from fengqiao.jobs import follow
from fengqiao.oversight.models import Notice
from tests import acts
from tests.cast import MONDAY_9AM, QingCounty

LATER = MONDAY_9AM + acts.HOUR


def _breaks(line: CaseLog, at: datetime) -> None:
    """A follow-up with a fault in it, after an effect that must not stay."""
    followups.tell_lead(line, at)
    raise RuntimeError("the follow-up broke")


def test_every_line_is_followed_once_and_its_mark_goes(qing: QingCounty, sent_leak: Case) -> None:
    assert follow.follow(LATER) == follow.Followed(done=2, failed=0)
    assert follow.follow(LATER) == follow.Followed(done=0, failed=0)
    assert (Unfollowed.objects.count(), Notice.objects.count()) == (0, 1)


def test_a_follow_up_that_fails_leaves_nothing_is_set_back_and_the_rest_go_on(
    qing: QingCounty, sent_leak: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(followups.FOLLOW_UPS, "supervise", (_breaks,))
    handling.supervise(sent_leak, note="请今日到场", by=qing.wu_supervises, at=MONDAY_9AM)

    assert follow.follow(LATER) == follow.Followed(done=2, failed=1)

    mark = Unfollowed.objects.get()
    assert (mark.line.verb, mark.failures, mark.retry_at) == ("supervise", 1, LATER + timedelta(minutes=1))
    assert [each.kind for each in Notice.objects.all()] == ["dispatched"]


def test_lines_that_only_tell_are_followed_several_at_once(
    qing: QingCounty, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        acts.dispatch(qing, acts.open_leak(qing))

    with django_assert_max_num_queries(15):
        assert follow.follow(LATER) == follow.Followed(done=12, failed=0)

    assert (Unfollowed.objects.count(), Notice.objects.count()) == (0, 6)


def test_several_lines_wait_for_nobody_as_long_as_it_takes_to_call_it_a_deadlock(
    qing: QingCounty, sent_leak: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[str] = []

    def notes_how_long(_line: CaseLog, _at: datetime) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            waits.extend(cursor.fetchone() or ())

    monkeypatch.setitem(followups.FOLLOW_UPS, "dispatch", (notes_how_long,))
    follow.follow(LATER)

    assert waits == ["200ms"]


def test_what_was_set_back_is_done_once_it_can_be(
    qing: QingCounty, sent_leak: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(followups.FOLLOW_UPS, "dispatch", (_breaks,))
    follow.follow(LATER)
    monkeypatch.undo()

    assert follow.follow(LATER + timedelta(seconds=30)).done == 0
    assert follow.follow(LATER + timedelta(minutes=1)).done == 1
    assert Notice.objects.get().kind == "dispatched"


@pytest.mark.parametrize(("failures", "pause"), [(1, "0:01:00"), (2, "0:02:00"), (5, "0:16:00"), (60, "6:00:00")])
def test_the_pause_doubles_within_reason(failures: int, pause: str) -> None:
    assert str(follow.pause_after(failures)) == pause


def test_a_line_of_the_future_is_not_followed_yet(qing: QingCounty, sent_leak: Case) -> None:
    assert follow.follow(MONDAY_9AM - acts.HOUR).done == 0


def test_a_pass_over_nothing_asks_the_database_three_times(
    qing: QingCounty, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(9):
        follow.follow(LATER)
