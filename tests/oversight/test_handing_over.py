from datetime import date, timedelta

import pytest

from fengqiao.kit.verdict import Refused
from fengqiao.oversight.models import DayNote
from fengqiao.oversight.queries import handed_over
from fengqiao.oversight.transitions import leave_note
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
