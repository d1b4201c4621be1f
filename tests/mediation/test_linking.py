"""Both sides filed against each other: one table, two cases, one end."""

from collections.abc import Callable
from datetime import date

import pytest

from fengqiao.cases.models import Case, Stage
from fengqiao.cases.vocabulary import Outcome
from fengqiao.cases.workflow import Status
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Dossier
from fengqiao.mediation.transitions import consenting, ending, tiers
from fengqiao.mediation.transitions.linking import link
from fengqiao.mediation.vocabulary import Ground, Way
from fengqiao.mediation.workflow import Stand
from fengqiao.people.actors import Resident
from tests import acts
from tests.cast import MONDAY_9AM
from tests.mediation import table as tables
from tests.mediation.table import DAY, Table

TUESDAY = MONDAY_9AM + DAY


@pytest.fixture
def other(table: Table) -> Case:
    """What Wang filed against Zhang."""
    return tables.open_quarrel(table.qing)


def test_the_other_case_comes_to_the_table(table: Table, under_way: Dossier, other: Case) -> None:
    by, wang = table.he_mediates_willow, under_way.parties.get(side=2)
    link(under_way, other, filed_by=wang, by=by, at=TUESDAY)
    other.refresh_from_db()
    wang.refresh_from_db()
    assert (other.status, other.lead, other.due_stage) == (Status.MEDIATING, table.village, Stage.MEDIATE)
    assert wang.report == other.reports.get().pk
    assert under_way.case.log.get(facts__act="link").facts["other"] == other.number
    assert other.log.get(verb="mediate").facts["dossier"] == under_way.number


def test_whoever_filed_it_speaks_by_the_own_code(table: Table, under_way: Dossier, other: Case) -> None:
    by, (zhang, wang) = table.he_mediates_willow, under_way.parties.order_by("side")
    link(under_way, other, filed_by=wang, by=by, at=TUESDAY)
    wang.refresh_from_db()
    resident = Resident(other.reports.get().pk, other.pk)
    with pytest.raises(Refused):
        consenting.refuse(zhang, way=Way.CODE, by=resident, at=TUESDAY)
    consenting.refuse(wang, way=Way.CODE, words="不调了。", by=resident, at=TUESDAY)
    under_way.refresh_from_db()
    assert under_way.stand == Stand.REFUSED


def test_both_go_up_come_back_wait_and_end_together(table: Table, under_way: Dossier, other: Case) -> None:
    he, luo = table.he_mediates_willow, table.luo_mediates_east
    link(under_way, other, by=he, at=MONDAY_9AM)
    everyone = list(under_way.parties.all())
    steps: list[Callable[[], object]] = [
        lambda: tiers.extend(under_way, days=2, agreed_by=everyone, by=he, at=TUESDAY),
        lambda: tiers.pause(under_way, until=date(2026, 3, 20), reason="测绘。", by=he, at=TUESDAY),
        lambda: tiers.resume(under_way, by=he, at=TUESDAY + DAY),
        lambda: tiers.escalate(under_way, to=None, reason="谈不拢。", by=he, at=TUESDAY + DAY),
        lambda: tiers.send_back(under_way, help_given="司法所协助。", by=luo, at=TUESDAY + 2 * DAY),
    ]
    for step in steps:
        step()
        first, second = (Case.objects.get(pk=pk) for pk in (under_way.case_id, other.pk))
        assert (first.lead, first.due_at) == (second.lead, second.due_at)
    ending.end(under_way, Ground.NO_PROSPECT, "各执一词。", by=he, at=TUESDAY + 2 * DAY)
    for case in (first, second):
        case.refresh_from_db()
        assert (case.status, case.outcome) == (Status.CONCLUDED, Outcome.NOT_SETTLED)


def test_a_pause_holds_for_what_comes_later(table: Table, under_way: Dossier, other: Case) -> None:
    by = table.he_mediates_willow
    tiers.pause(under_way, until=date(2026, 3, 20), reason="测绘。", by=by, at=TUESDAY)
    link(under_way, other, by=by, at=TUESDAY + DAY)
    clock = other.clocks.get(stage=Stage.MEDIATE)
    assert clock.is_paused(TUESDAY + 2 * DAY)
    tiers.resume(under_way, by=by, at=TUESDAY + 2 * DAY)
    clock.refresh_from_db()
    assert not clock.is_paused(TUESDAY + 2 * DAY)
    assert Case.objects.get(pk=other.pk).due_at == clock.due_at


def test_what_is_not_free_is_not_linked(table: Table, under_way: Dossier, other: Case) -> None:
    by = table.he_mediates_willow
    leak = acts.open_leak(table.qing)
    in_hand = acts.dispatch(table.qing, tables.open_quarrel(table.qing))
    link(under_way, other, by=by, at=TUESDAY)
    for case in (under_way.case, other, leak, in_hand):
        with pytest.raises(Refused):
            link(under_way, case, by=by, at=TUESDAY)
    assert [each.case for each in under_way.linked.all()] == [other]
