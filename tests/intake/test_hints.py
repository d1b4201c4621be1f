"""What a stranger may be told of an open matter: bare facts about public things, and nothing else."""

from typing import Any

import pytest

from fengqiao.cases.models import Case, Category
from fengqiao.cases.vocabulary import Kind, Nature
from fengqiao.intake.hints import hints, tellable
from fengqiao.intake.models import Report
from tests import acts
from tests.cast import MONDAY_9AM, QING, QingCounty

TEXT = "我们村的自来水管爆裂了，没水吃"


@pytest.fixture
def water(qing: QingCounty) -> Category:
    """The subject “water supply”, one of the public things."""
    above = Category.objects.create(county=QING, code="0102", name="城市建设和市政管理", level=2)
    return Category.objects.create(county=QING, code="010215", name="自来水供应", parent=above, level=3)


@pytest.fixture
def public_leak(qing: QingCounty, water: Category) -> Case:
    """The burst pipe, sorted under water supply."""
    return acts.open_leak(qing, category=water)


def test_a_neighbour_is_told_the_bare_facts(qing: QingCounty, public_leak: Case) -> None:
    (hint,) = hints(TEXT, qing.willow)

    assert (hint.subject, hint.place) == ("自来水供应", "柳树村")
    assert (hint.since, hint.stands) == (MONDAY_9AM.date(), str(public_leak.get_status_display()))
    said = f"{hint.subject}{hint.place}{hint.stands}"
    assert not any(part in said for part in (public_leak.title, public_leak.number, "何秀英", acts.LEAK))


def test_the_place_is_never_finer_than_the_village(qing: QingCounty, water: Category) -> None:
    acts.open_leak(qing, category=water, region=qing.grid)

    assert [hint.place for hint in hints(TEXT, qing.grid)] == ["柳树村"]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": Kind.DISPUTE},
        {"kind": Kind.LEAD},
        {"kind": Kind.CARE},
        {"kind": Kind.SERVICE},
        {"nature": Nature.COMPLAINT},
        {"nature": Nature.ACCUSATION},
        {"nature": Nature.CONSULT},
        {"is_restricted": True},
        {"complained_unit": "water"},
        {"category": None},
    ],
    ids=lambda changes: "-".join(f"{name}-{value}" for name, value in changes.items()),
)
def test_anything_that_may_be_private_is_never_told(
    qing: QingCounty, water: Category, changes: dict[str, object]
) -> None:
    if "complained_unit" in changes:
        changes = {"complained_unit": qing.water}
    facts: dict[str, Any] = {"category": water, **changes}
    case = acts.open_leak(qing, **facts)

    assert hints(TEXT, qing.willow) == []
    assert tellable(QING, case.pk) is None


def test_a_subject_of_ones_own_house_or_money_is_never_told(qing: QingCounty, water: Category) -> None:
    relief = Category.objects.create(county=QING, code="090801", name="最低生活保障", parent=water.parent, level=3)
    acts.open_leak(qing, category=relief)

    assert hints(TEXT, qing.willow) == []


def test_what_has_ended_is_not_told(qing: QingCounty, public_leak: Case) -> None:
    acts.conclude(qing, acts.dispatch(qing, public_leak))

    assert hints(TEXT, qing.willow) == []


def test_another_township_is_not_nearby(qing: QingCounty, public_leak: Case) -> None:
    assert hints(TEXT, qing.west) == []
    assert hints(TEXT, qing.east) != []
    assert hints(TEXT, qing.root) == []


def test_trying_out_what_others_said_finds_nothing(qing: QingCounty, public_leak: Case) -> None:
    Report.objects.filter(case=public_leak).update(text="何秀英家的低保停发了三个月，丈夫生病住院。")

    assert hints("何秀英家的低保停发了三个月，丈夫生病住院。", qing.willow) == []


def test_the_name_of_the_place_alone_is_not_alike(qing: QingCounty, public_leak: Case) -> None:
    Case.objects.filter(pk=public_leak.pk).update(title="东镇柳树村路灯")

    assert hints("东镇柳树村有人养狗", qing.willow) == []


def test_at_most_three_are_told(qing: QingCounty, water: Category) -> None:
    for _number in range(5):
        acts.open_leak(qing, category=water)

    assert len(hints(TEXT, qing.willow)) == 3
