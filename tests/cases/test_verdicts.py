"""Judging all steps of a page at once gives the same answers as judging them one by one."""

import pytest

from fengqiao.cases.models import Case
from fengqiao.cases.policy import TAKES, may, verdicts
from tests import acts
from tests.cases.test_policy import EVERYBODY
from tests.cast import MONDAY_9AM, QingCounty


@pytest.mark.parametrize("who", EVERYBODY)
def test_one_by_one_or_at_once(qing: QingCounty, sent_leak: Case, who: str) -> None:
    user = getattr(qing, who)

    at_once = verdicts(user, TAKES, sent_leak, MONDAY_9AM)

    assert at_once == {verb: may(user, verb, sent_leak, MONDAY_9AM) for verb in TAKES}


def test_a_restricted_case_is_judged_by_who_is_named(qing: QingCounty) -> None:
    lead = acts.open_accusation(qing)

    assert not any(verdicts(qing.chen_dispatches, TAKES, lead, MONDAY_9AM).values())
    assert verdicts(qing.ma_clerks, ["name_viewer"], lead, MONDAY_9AM)["name_viewer"]
