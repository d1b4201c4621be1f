"""What holds of each step alike: it does its work, refuses a stranger without a trace, refuses a case that
moved on, and adds one sealed line."""

import pytest

from fengqiao.cases.models import Case
from fengqiao.cases.policy import TAKES
from fengqiao.cases.workflow import STEPS
from fengqiao.kit.verdict import Refused
from tests.cases.steps import LATER, ROWS, Row, actor
from tests.cast import QingCounty

BY_VERB = pytest.mark.parametrize("row", ROWS, ids=[row.verb for row in ROWS])


def trace(case: Case) -> dict[str, object]:
    """Take down everything a step could change."""
    stored = Case.objects.filter(pk=case.pk).values().get()
    rows = {
        name: sorted(map(str, getattr(case, name).values())) for name in ("clocks", "named", "assists", "delays", "log")
    }
    return {**stored, **rows}


@BY_VERB
def test_it_reaches_the_state_the_table_says(qing: QingCounty, row: Row) -> None:
    before = row.prepare(qing)

    after = row.act(qing, before, actor(qing, row.by), LATER)

    assert after.status == (STEPS[row.verb].reaches or before.status)
    assert Case.objects.get(pk=after.pk).status == after.status


@BY_VERB
def test_a_refused_person_leaves_no_trace(qing: QingCounty, row: Row) -> None:
    case = row.prepare(qing)
    before = trace(case)

    with pytest.raises(Refused) as refusal:
        row.act(qing, case, actor(qing, row.not_by), LATER)

    assert str(refusal.value)
    assert trace(case) == before


@pytest.mark.parametrize("row", [row for row in ROWS if row.moved_on], ids=lambda row: row.verb)
def test_a_case_that_moved_on_refuses(qing: QingCounty, row: Row) -> None:
    assert row.moved_on is not None
    case = row.moved_on(qing)
    before = trace(case)

    with pytest.raises(Refused):
        row.act(qing, case, actor(qing, row.by), LATER)

    assert trace(case) == before


@BY_VERB
def test_it_adds_one_line_that_seals_the_one_before(qing: QingCounty, row: Row) -> None:
    case = row.prepare(qing)
    last = case.log.order_by("line").last()
    assert last is not None

    after = row.act(qing, case, actor(qing, row.by), LATER)

    line = after.log.get(line=last.line + 1)
    assert (line.verb, line.at, line.digest) == (row.verb, LATER, line.sealed(last.digest))
    assert (after.line_count, after.last_digest) == (line.line, line.digest)


def test_every_step_has_a_rule_and_every_rule_a_step() -> None:
    assert STEPS.keys() == TAKES.keys()


OF_MEDIATION = {"mediate", "mediation", "escalate", "send_back", "settle"}


def test_every_step_is_in_the_table_of_these_tests() -> None:
    assert {row.verb for row in ROWS} == STEPS.keys() - {"open"} - OF_MEDIATION  # these have tests of their own
