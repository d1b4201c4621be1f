"""The lead asks others to help, but only within its own region."""

import pytest

from fengqiao.cases.models import Case
from fengqiao.cases.policy import may
from fengqiao.cases.transitions import dispatching, handling
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Unit
from tests import acts, cast
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty


@pytest.fixture
def in_east(qing: QingCounty, leak: Case) -> Case:
    """With the office of East Town, which accepted it."""
    case = dispatching.dispatch(leak, to=qing.east_office, by=qing.chen_dispatches, at=MONDAY_9AM)
    return handling.accept(case, by=qing.han_handles_east, at=MONDAY_9AM)


def test_a_township_asks_a_unit_of_the_township(qing: QingCounty, in_east: Case) -> None:
    committee = cast.body("willow", "柳树村委会", Unit.Kind.COMMITTEE, qing.willow)

    case = dispatching.ask_assistants(in_east, assist=[committee], by=qing.han_handles_east, at=MONDAY_9AM)

    assert case.assists.get().unit == committee
    assert case.log.get(verb="ask_assistants").facts["assist"] == ["柳树村委会"]


@pytest.mark.parametrize("unit", ["roads", "centre", "centre_above"])
def test_it_asks_nobody_above_or_beside_it(qing: QingCounty, in_east: Case, unit: str) -> None:
    with pytest.raises(Refused, match="outside the region of 东镇人民政府"):
        dispatching.ask_assistants(in_east, assist=[getattr(qing, unit)], by=qing.han_handles_east, at=MONDAY_9AM)
    assert not in_east.assists.exists()


def test_the_dispatcher_may_ask_anybody(qing: QingCounty, leak: Case) -> None:
    case = dispatching.dispatch(leak, to=qing.east_office, assist=[qing.roads], by=qing.chen_dispatches, at=MONDAY_9AM)

    assert case.assists.get().unit == qing.roads


def test_whoever_assists_asks_nobody(qing: QingCounty) -> None:
    case = dispatching.ask_assistants(
        steps.handling_(qing), assist=[qing.roads], by=qing.liu_handles_water, at=MONDAY_9AM
    )

    assert may(qing.zhao_handles_roads, "add_progress", case, MONDAY_9AM)
    assert not may(qing.zhao_handles_roads, "ask_assistants", case, MONDAY_9AM)


def test_asked_twice_it_is_asked_once_and_the_unit_complained_of_never(qing: QingCounty) -> None:
    case = acts.dispatch(qing, acts.open_leak(qing, complained_unit=qing.east_office))
    case = handling.accept(case, by=qing.liu_handles_water, at=MONDAY_9AM)
    for _again in range(2):
        dispatching.ask_assistants(case, assist=[qing.roads], by=qing.liu_handles_water, at=MONDAY_9AM)

    assert case.assists.count() == 1
    with pytest.raises(Refused, match="complained"):
        dispatching.ask_assistants(case, assist=[qing.east_office], by=qing.liu_handles_water, at=MONDAY_9AM)


def test_at_least_one_is_chosen(qing: QingCounty) -> None:
    with pytest.raises(Refused, match="at least one"):
        dispatching.ask_assistants(steps.handling_(qing), assist=[], by=qing.liu_handles_water, at=MONDAY_9AM)
