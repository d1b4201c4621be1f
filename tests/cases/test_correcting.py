"""What a case was opened as is set right, and nothing promised moves."""

import pytest

from fengqiao.cases.models import Case, Category, Stage
from fengqiao.cases.transitions import correcting, opening
from fengqiao.cases.transitions.correcting import Description
from fengqiao.cases.vocabulary import Kind, Urgency
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Role
from tests import acts, cast, neighbours
from tests.cases import steps
from tests.cases.steps import LATER
from tests.cast import MONDAY_9AM, QingCounty


def what(case: Case, **changes: object) -> Description:
    facts = {"kind": Kind(case.kind), "urgency": Urgency(case.urgency), "category": case.category}
    return Description(**({**facts, "region": case.region} | changes))  # type: ignore[arg-type]


def correct(qing: QingCounty, case: Case, **changes: object) -> Case:
    return correcting.correct(case, what(case, **changes), reason="电话里听错了", by=qing.ma_clerks, at=LATER)


def test_a_new_place_moves_every_column_that_lists_are_cut_by(qing: QingCounty, leak: Case) -> None:
    case = correct(qing, leak, region=qing.grid)
    assert (case.path, case.township, case.village, case.grid) == (
        qing.grid.path, "629901101", "629901101201", "629901101201001",
    )  # fmt: skip

    case = correct(qing, case, region=qing.west)
    assert (case.region, case.path, case.township, case.village, case.grid) == (
        qing.west, qing.west.path, "629901102", "", "",
    )  # fmt: skip
    assert Case.objects.visible_to(qing.sun_dispatches_west, LATER).get() == case
    assert not Case.objects.visible_to(qing.chen_dispatches_east, LATER).exists()


def test_the_line_keeps_what_stood_there_before_and_why(qing: QingCounty, leak: Case) -> None:
    category = Category.objects.create(county="629901", code="010215", name="自来水供应", level=3)
    case = correct(qing, leak, kind=Kind.HAZARD, category=category, region=qing.west)
    line = case.log.get(verb="correct")

    assert (case.kind, case.category) == ("hazard", category)
    assert line.note == "电话里听错了"
    assert line.facts == {
        "kind_was": "request", "kind": "hazard",
        "category_was": "", "category": "自来水供应",
        "place_was": "东镇 柳树村委会", "place": "清县 西镇",
    }  # fmt: skip


def test_before_dispatch_the_urgency_decides_the_time_that_will_run(qing: QingCounty, leak: Case) -> None:
    before = leak.clocks.values().get()
    case = correct(qing, leak, urgency=Urgency.COMPLEX)
    assert case.clocks.values().get() == before

    sent = acts.dispatch(qing, case)
    assert sent.clocks.get(stage=Stage.HANDLE).amount == 15


def test_once_the_handling_time_runs_no_word_moves_it(qing: QingCounty) -> None:
    case = steps.handling_(qing)
    before = sorted(map(str, case.clocks.values()))
    with pytest.raises(Refused, match="extension or pause"):
        correct(qing, case, urgency=Urgency.URGENT)

    correct(qing, case, kind=Kind.HAZARD, region=qing.west)
    assert sorted(map(str, case.clocks.values())) == before


def test_an_accusation_stays_a_restricted_lead(qing: QingCounty) -> None:
    with pytest.raises(Refused, match="accusation"):
        correct(qing, steps.restricted(qing), kind=Kind.REQUEST)


def test_nothing_changed_leaves_no_line(qing: QingCounty, leak: Case) -> None:
    with pytest.raises(Refused, match="differs"):
        correct(qing, leak)


def test_a_place_in_another_county_is_for_handing_on(qing: QingCounty, leak: Case) -> None:
    bai = neighbours.build(qing)

    with pytest.raises(Refused, match="hand it on"):
        correct(qing, leak, region=bai.town)


def test_nobody_moves_a_case_into_an_area_that_is_not_theirs(qing: QingCounty, leak: Case) -> None:
    cast.hold(qing.deng_is_a_stranger, Role.CLERK, qing.east, qing.centre)

    with pytest.raises(Refused, match="outside the area"):
        correcting.correct(leak, what(leak, region=qing.west), reason="在西镇", by=qing.deng_is_a_stranger, at=LATER)


def test_a_closed_place_is_refused_by_name(qing: QingCounty, leak: Case) -> None:
    qing.west.valid_to = MONDAY_9AM.date()
    qing.west.save()

    with pytest.raises(Refused, match="was closed"):
        correct(qing, leak, region=qing.west)


def test_a_restricted_case_is_set_right_by_whoever_is_named(qing: QingCounty) -> None:
    case = steps.restricted(qing)
    with pytest.raises(Refused):
        correcting.correct(case, what(case, region=qing.west), reason="在西镇", by=qing.chen_dispatches, at=LATER)

    opening.name_viewer(case, qing.chen_dispatches, reason="分办", by=qing.ma_clerks, at=MONDAY_9AM)
    moved = correcting.correct(case, what(case, region=qing.west), reason="在西镇", by=qing.chen_dispatches, at=LATER)
    assert moved.region == qing.west
