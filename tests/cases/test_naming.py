"""Who may see a restricted case is named and unnamed; the record keeps both, and the case is never stranded."""

import pytest

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import dispatching, opening
from fengqiao.cases.transitions.naming import unname_viewer
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Role, User
from tests import acts, cast
from tests.cast import MONDAY_9AM, QingCounty


@pytest.fixture
def lead(qing: QingCounty) -> Case:
    """An accusation against the water bureau, which names its opener and a dispatcher."""
    return name(acts.open_accusation(qing), qing.chen_dispatches, qing)


def name(case: Case, person: User, qing: QingCounty) -> Case:
    return opening.name_viewer(case, person, reason="由其办理", by=qing.ma_clerks, at=MONDAY_9AM)


def unname(case: Case, person: User, by: User) -> Case:
    return unname_viewer(case, person, reason="已调离", by=by, at=MONDAY_9AM)


def sees(user: User, case: Case) -> bool:
    return Case.objects.filter(pk=case.pk).visible_to(user, MONDAY_9AM).exists()


def test_for_who_is_unnamed_the_case_is_no_more(qing: QingCounty, lead: Case) -> None:
    assert sees(qing.chen_dispatches, lead)

    unname(lead, qing.chen_dispatches, by=qing.ma_clerks)

    assert not sees(qing.chen_dispatches, lead) and sees(qing.ma_clerks, lead)
    line = lead.log.get(verb="unname_viewer")
    assert (line.by, line.facts["name"], line.facts["reason"]) == (qing.ma_clerks, "陈国强", "已调离")
    assert lead.log.get(verb="name_viewer").facts["reason"] == "由其办理"


def test_one_can_be_named_again(qing: QingCounty, lead: Case) -> None:
    unname(lead, qing.chen_dispatches, by=qing.ma_clerks)
    name(lead, qing.chen_dispatches, qing)

    assert sees(qing.chen_dispatches, lead)


def test_one_may_take_oneself_off_while_another_stays(qing: QingCounty, lead: Case) -> None:
    unname(lead, qing.ma_clerks, by=qing.ma_clerks)

    assert not sees(qing.ma_clerks, lead)


def test_somebody_who_can_name_others_always_stays(qing: QingCounty, lead: Case) -> None:
    name(lead, qing.zhao_handles_roads, qing)
    unname(lead, qing.chen_dispatches, by=qing.ma_clerks)

    with pytest.raises(Refused, match="Nobody would be left"):
        unname(lead, qing.ma_clerks, by=qing.ma_clerks)
    assert sees(qing.ma_clerks, lead)


def test_a_closed_account_does_not_count_as_somebody(qing: QingCounty, lead: Case) -> None:
    User.objects.filter(pk=qing.chen_dispatches.pk).update(is_active=False)

    with pytest.raises(Refused):
        unname(lead, qing.ma_clerks, by=qing.ma_clerks)


def test_the_unit_that_has_the_case_is_not_left_blind(qing: QingCounty, lead: Case) -> None:
    name(lead, qing.zhao_handles_roads, qing)
    case = dispatching.dispatch(lead, to=qing.roads, by=qing.chen_dispatches, at=MONDAY_9AM)
    with pytest.raises(Refused, match="lead unit"):
        unname(case, qing.zhao_handles_roads, by=qing.ma_clerks)

    colleague = cast.person("zhang_handles_roads", "张路", Role.HANDLER, qing.root, qing.roads)
    name(case, colleague, qing)
    unname(case, qing.zhao_handles_roads, by=qing.ma_clerks)

    assert sees(colleague, case) and not sees(qing.zhao_handles_roads, case)


def test_who_is_not_named_cannot_be_unnamed(qing: QingCounty, lead: Case) -> None:
    with pytest.raises(Refused, match="周静"):
        unname(lead, qing.zhou_clerks, by=qing.ma_clerks)


@pytest.mark.parametrize("who", ["gao_leads", "qian_walks_the_grid", "bai_audits", "deng_is_a_stranger"])
def test_nobody_is_named_who_would_see_nothing(qing: QingCounty, lead: Case, who: str) -> None:
    with pytest.raises(Refused, match="no post"):
        name(lead, getattr(qing, who), qing)
    assert lead.named.count() == 2
