"""The case in the hands of one person of the unit, and never a dead end when that person is ill."""

import pytest

from fengqiao.cases.models import Case
from fengqiao.cases.queries import waiting_for
from fengqiao.cases.transitions import assigning, dispatching, opening, reopening
from fengqiao.cases.vocabulary import Solved
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Role, User
from tests import acts, cast
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty


@pytest.fixture
def li(qing: QingCounty) -> User:
    """A second handler of the water bureau."""
    return cast.person("li_handles_water", "李泉", Role.HANDLER, qing.root, qing.water)


@pytest.fixture
def given(qing: QingCounty, li: User) -> Case:
    return assigning.assign(steps.handling_(qing), to=li, by=qing.liu_handles_water, at=MONDAY_9AM)


def test_the_record_says_who_gave_it_to_whom(qing: QingCounty, li: User, given: Case) -> None:
    line = given.log.get(line=given.line_count)

    assert given.assigned_to == li
    assert (line.by, line.facts["given_to"]) == (qing.liu_handles_water, "李泉")


def test_a_colleague_can_still_conclude(qing: QingCounty, given: Case) -> None:
    assert acts.conclude(qing, given).status == "concluded"


def test_it_can_be_given_to_another_and_back_to_the_unit(qing: QingCounty, li: User, given: Case) -> None:
    case = assigning.assign(given, to=qing.liu_handles_water, by=li, at=MONDAY_9AM)
    case = assigning.assign(case, to=None, by=qing.liu_handles_water, at=MONDAY_9AM)

    assert case.assigned_to is None
    assert case.log.get(line=case.line_count).facts["given_to"] == qing.water.name


def test_it_is_not_given_to_whoever_has_it(qing: QingCounty, li: User, given: Case) -> None:
    with pytest.raises(Refused, match="already"):
        assigning.assign(given, to=li, by=qing.liu_handles_water, at=MONDAY_9AM)


@pytest.mark.parametrize("who", ["zhao_handles_roads", "chen_dispatches"])
def test_it_is_given_to_handlers_of_the_unit_only(qing: QingCounty, given: Case, who: str) -> None:
    with pytest.raises(Refused, match="does not handle"):
        assigning.assign(given, to=getattr(qing, who), by=qing.liu_handles_water, at=MONDAY_9AM)


def test_a_restricted_case_is_given_to_named_people_only(qing: QingCounty) -> None:
    zhao, wen = qing.zhao_handles_roads, cast.person("wen", "温路", Role.HANDLER, qing.root, qing.roads)
    case = opening.name_viewer(steps.restricted(qing), zhao, reason="承办", by=qing.ma_clerks, at=MONDAY_9AM)
    case = opening.name_viewer(case, qing.chen_dispatches, reason="分办", by=qing.ma_clerks, at=MONDAY_9AM)
    case = dispatching.dispatch(case, to=qing.roads, by=qing.chen_dispatches, at=MONDAY_9AM)

    with pytest.raises(Refused, match="not named"):
        assigning.assign(case, to=wen, by=zhao, at=MONDAY_9AM)
    assert assigning.assign(case, to=zhao, by=zhao, at=MONDAY_9AM).assigned_to == zhao


def test_another_unit_begins_without_the_person_of_the_last(qing: QingCounty, given: Case) -> None:
    case = acts.evaluate(acts.conclude(qing, given), solved=Solved.NO, words="水还是没来")

    assert reopening.reopen(case, by=qing.chen_dispatches, at=MONDAY_9AM).assigned_to is None


def test_my_own_come_first_and_those_of_colleagues_last(qing: QingCounty, li: User, given: Case) -> None:
    nobodys = steps.handling_(qing)
    mine = assigning.assign(steps.handling_(qing), to=qing.liu_handles_water, by=li, at=MONDAY_9AM)

    waiting = {each.key: each for each in waiting_for(qing.liu_handles_water, MONDAY_9AM)}
    assert [case.number for case in waiting["handle"].rows] == [mine.number, nobodys.number, given.number]
    assert waiting["handle"].count == 3
