from datetime import date, timedelta

import pytest

from fengqiao.kit.verdict import Refused
from fengqiao.oversight.models import DayNote
from fengqiao.oversight.queries import handed_over
from fengqiao.oversight.transitions import leave_note, settle, take_over
from fengqiao.people.models import User
from tests.cast import MONDAY_9AM, QingCounty

MONDAY = date(2026, 3, 2)


def leave(qing: QingCounty, words: str, *, days: int = 0, by: User | None = None) -> DayNote:
    moment = MONDAY_9AM + timedelta(days=days)
    return leave_note(qing.centre, moment.date(), words, by=by or qing.ma_clerks, at=moment)


def test_a_shift_reads_its_own_day_and_the_last_one_with_a_note(qing: QingCounty) -> None:
    for days, words in ((0, "星期一"), (3, "星期四"), (7, "下星期一")):
        leave(qing, words, days=days)

    read = handed_over(qing.centre, MONDAY + timedelta(days=7))
    assert [note.words for note in read] == ["星期四", "下星期一"]
    assert [note.words for note in handed_over(qing.centre, MONDAY)] == ["星期一"]


def test_a_later_note_of_the_same_day_leaves_the_first_as_it_is(qing: QingCounty) -> None:
    leave(qing, "窗口缺人")
    leave(qing, "已补上", by=qing.chen_dispatches)

    assert [note.words for note in handed_over(qing.centre, MONDAY)] == ["窗口缺人", "已补上"]


@pytest.mark.parametrize("who", ["gao_leads", "liu_handles_water", "tang_supervises_above", "deng_is_a_stranger"])
def test_whoever_does_not_work_there_leaves_no_note(qing: QingCounty, who: str) -> None:
    with pytest.raises(Refused):
        leave(qing, "x", by=getattr(qing, who))
    assert not DayNote.objects.exists()


def test_an_empty_note_is_refused(qing: QingCounty) -> None:
    with pytest.raises(Refused):
        leave(qing, "  ")


def test_the_next_shift_takes_over_what_others_left_and_once(qing: QingCounty) -> None:
    leave(qing, "窗口缺人")
    own = leave(qing, "我自己的", by=qing.zhou_clerks)

    assert take_over(qing.centre, by=qing.zhou_clerks, at=MONDAY_9AM) == 1
    assert take_over(qing.centre, by=qing.wu_supervises, at=MONDAY_9AM) == 1

    taken = {note.words: note.taken_by for note in handed_over(qing.centre, MONDAY)}
    assert taken == {"窗口缺人": qing.zhou_clerks, own.words: qing.wu_supervises}


def test_what_stays_open_is_carried_from_day_to_day_until_it_is_settled(qing: QingCounty) -> None:
    leave_note(qing.centre, MONDAY, "等回电", by=qing.ma_clerks, at=MONDAY_9AM, stays_open=True)
    leave(qing, "星期三", days=2)
    friday = MONDAY + timedelta(days=4)
    assert [note.words for note in handed_over(qing.centre, friday)] == ["等回电", "星期三"]

    settle(handed_over(qing.centre, friday)[0], by=qing.zhou_clerks, at=MONDAY_9AM + timedelta(days=4))

    assert [note.words for note in handed_over(qing.centre, friday)] == ["星期三"]
    assert handed_over(qing.centre, MONDAY)[0].settled_by == qing.zhou_clerks


def test_it_is_settled_once_and_by_whoever_works_there(qing: QingCounty) -> None:
    note = leave_note(qing.centre, MONDAY, "等回电", by=qing.ma_clerks, at=MONDAY_9AM, stays_open=True)
    with pytest.raises(Refused):
        settle(note, by=qing.gao_leads, at=MONDAY_9AM)
    with pytest.raises(Refused):
        take_over(qing.centre, by=qing.gao_leads, at=MONDAY_9AM)
    settle(note, by=qing.ma_clerks, at=MONDAY_9AM)

    with pytest.raises(Refused):
        settle(note, by=qing.ma_clerks, at=MONDAY_9AM)
