"""Taking one's own last note back within five minutes: the log keeps it, nobody is shown it."""

from datetime import timedelta

import pytest

from fengqiao.cases.models import Case, Unfollowed
from fengqiao.cases.transitions import handling, undoing
from fengqiao.cases.workflow import TAKEN_BACK_WITHIN
from fengqiao.jobs.doctor.chains import first_break
from fengqiao.jobs.follow import follow
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Role
from tests import cast
from tests.cases import steps
from tests.cases.steps import LATER
from tests.cast import QingCounty

MINUTE = timedelta(minutes=1)


@pytest.fixture
def noted(qing: QingCounty) -> Case:
    return steps.noted(qing)


def test_the_resident_no_longer_reads_what_was_taken_back(qing: QingCounty, noted: Case) -> None:
    assert [line.public for line in noted.log.public()] == ["已到现场"]

    undoing.undo_note(noted, by=qing.liu_handles_water, at=LATER + MINUTE)

    assert not noted.log.public().exists()


def test_the_sealed_line_stays_and_the_chain_holds(qing: QingCounty, noted: Case) -> None:
    after = undoing.undo_note(noted, by=qing.liu_handles_water, at=LATER + MINUTE)

    assert after.log.get(line=noted.line_count).public == "已到现场"
    assert after.log.get(line=after.line_count).facts == {"takes_back": noted.line_count}
    assert first_break(after, after.log.order_by("line")) is None


def test_after_five_minutes_it_stays(qing: QingCounty, noted: Case) -> None:
    with pytest.raises(Refused, match="five minutes"):
        undoing.undo_note(noted, by=qing.liu_handles_water, at=LATER + TAKEN_BACK_WITHIN + MINUTE)

    assert noted.log.public().exists()


def test_once_somebody_wrote_after_it_it_stays(qing: QingCounty, noted: Case) -> None:
    handling.add_note(noted, note="收到", by=qing.chen_dispatches, at=LATER)

    with pytest.raises(Refused, match="last line"):
        undoing.undo_note(noted, by=qing.liu_handles_water, at=LATER + MINUTE)


def test_a_colleague_of_the_same_unit_does_not_take_it_back(qing: QingCounty, noted: Case) -> None:
    colleague = cast.person("li_handles_water", "李泉", Role.HANDLER, qing.root, qing.water)

    with pytest.raises(Refused):
        undoing.undo_note(noted, by=colleague, at=LATER + MINUTE)


def test_what_was_taken_back_is_not_taken_back_again(qing: QingCounty, noted: Case) -> None:
    undoing.undo_note(noted, by=qing.liu_handles_water, at=LATER)

    with pytest.raises(Refused):
        undoing.undo_note(noted, by=qing.liu_handles_water, at=LATER)


def test_a_conclusion_is_no_note(qing: QingCounty) -> None:
    with pytest.raises(Refused):
        undoing.undo_note(steps.concluded(qing), by=qing.liu_handles_water, at=LATER)


def test_what_follows_a_note_waits_until_it_can_no_longer_be_taken_back(qing: QingCounty, noted: Case) -> None:
    owed = Unfollowed.objects.filter(line__case=noted, line__verb="add_progress")

    follow(LATER + MINUTE)
    assert owed.exists()
    follow(LATER + TAKEN_BACK_WITHIN)
    assert not owed.exists()


def test_nothing_follows_a_note_that_was_taken_back(qing: QingCounty, noted: Case) -> None:
    undoing.undo_note(noted, by=qing.liu_handles_water, at=LATER + MINUTE)

    assert not Unfollowed.objects.filter(line__case=noted, line__verb="add_progress").exists()


def test_what_was_followed_already_is_not_taken_back(qing: QingCounty, noted: Case) -> None:
    Unfollowed.objects.filter(line__case=noted, line__verb="add_progress").delete()

    with pytest.raises(Refused, match="follows"):
        undoing.undo_note(noted, by=qing.liu_handles_water, at=LATER + MINUTE)
