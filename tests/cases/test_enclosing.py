"""Files go with a step: they belong to its line, are sealed with it, and wait on when it is refused."""

import pytest

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import handling, undoing
from fengqiao.cases.vocabulary import Outcome
from fengqiao.files.models import Attachment, Basket
from fengqiao.files.transitions.keeping import Enclosed
from fengqiao.intake.scope import files_open_to, files_visible_to
from fengqiao.kit.verdict import Refused
from tests import photos
from tests.cases.steps import handling_
from tests.cast import MONDAY_9AM, QingCounty


@pytest.fixture
def case(qing: QingCounty) -> Case:
    """A leak that the water bureau works on."""
    return handling_(qing)


def enclosed(qing: QingCounty, *, for_resident: bool = False) -> Enclosed:
    file = photos.waiting(by=qing.liu_handles_water)
    assert file.basket_id is not None
    return Enclosed(file.basket_id, for_resident)


def open_to_the_resident(case: Case) -> set[Attachment]:
    return set(files_open_to(case.reports.get().pk, case.pk))


def test_progress_seals_its_files_digests_in_its_line(qing: QingCounty, case: Case) -> None:
    before = case.last_digest

    case = handling.add_progress(
        case, note="已到现场", enclosed=enclosed(qing), by=qing.liu_handles_water, at=MONDAY_9AM
    )

    line, file = case.log.get(line=case.line_count), Attachment.objects.get()
    assert (file.kind, file.thing, file.basket) == ("line", line.pk, None)
    assert line.facts["files"] == [file.digest]
    assert line.digest == line.sealed(before)
    assert list(files_visible_to(qing.chen_dispatches, MONDAY_9AM)) == [file]
    assert not files_visible_to(qing.zhao_handles_roads, MONDAY_9AM).exists()


def test_the_resident_sees_what_was_meant_for_them(qing: QingCounty, case: Case) -> None:
    by, at = qing.liu_handles_water, MONDAY_9AM
    case = handling.add_progress(case, public="正在换管", enclosed=enclosed(qing), by=by, at=at)
    case = handling.add_note(case, note="施工合同", enclosed=enclosed(qing), by=by, at=at)
    assert open_to_the_resident(case) == set()

    case = handling.add_progress(case, public="已换好", enclosed=enclosed(qing, for_resident=True), by=by, at=at)
    case = handling.conclude(
        case,
        outcome=Outcome.SOLVED,
        public_reply="恢复供水",
        enclosed=enclosed(qing, for_resident=True),
        by=by,
        at=at,
    )

    shown = Attachment.objects.filter(is_for_resident=True)
    assert open_to_the_resident(case) == set(shown) and len(shown) == 2


def test_files_for_the_resident_need_a_word_to_the_resident(qing: QingCounty, case: Case) -> None:
    given = enclosed(qing, for_resident=True)

    with pytest.raises(Refused):
        handling.add_progress(case, note="照片", enclosed=given, by=qing.liu_handles_water, at=MONDAY_9AM)

    assert Attachment.objects.get().basket_id == given.basket


def test_a_refused_step_leaves_the_files_waiting(qing: QingCounty, case: Case) -> None:
    given = enclosed(qing)

    with pytest.raises(Refused):
        handling.add_progress(case, note="", enclosed=given, by=qing.liu_handles_water, at=MONDAY_9AM)
    with pytest.raises(Refused):
        handling.add_progress(case, note="x", enclosed=given, by=qing.zhao_handles_roads, at=MONDAY_9AM)

    assert Basket.objects.get().pk == given.basket


def test_a_note_taken_back_takes_its_files_out_of_sight(qing: QingCounty, case: Case) -> None:
    by, at = qing.liu_handles_water, MONDAY_9AM
    case = handling.add_note(case, note="发错了", enclosed=enclosed(qing), by=by, at=at)
    assert files_visible_to(by, at).exists()

    undoing.undo_note(case, by=by, at=at)

    assert not files_visible_to(by, at).exists()
