"""A dispute comes to a committee."""

from datetime import timedelta

import pytest

from fengqiao.cases.models import Stage
from fengqiao.cases.workflow import Status
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Dossier
from fengqiao.mediation.transitions import opening
from tests import acts
from tests.cast import MONDAY_9AM
from tests.mediation import table as tables
from tests.mediation.table import Table


def test_a_dispute_goes_to_its_committee_with_the_clock_of_the_tier(table: Table) -> None:
    dossier = tables.open_dossier(table)
    case = dossier.case
    case.refresh_from_db()

    assert (case.status, case.lead, case.due_stage) == (Status.MEDIATING, table.village, Stage.MEDIATE)
    assert case.due_at == MONDAY_9AM + timedelta(days=3)
    assert list(case.clocks.filter(met_at=None, stopped_at=None).values_list("stage", flat=True)) == [Stage.MEDIATE]
    assert dossier.number == "(2026)柳人调字第1号"
    assert case.log.order_by("-line").first().verb == "mediate"  # type: ignore[union-attr]


def test_a_dispute_in_handling_loses_its_handling_clock(table: Table) -> None:
    case = acts.dispatch(table.qing, tables.open_quarrel(table.qing))
    by = table.qing.liu_handles_water
    opening.open_dossier(case, tables.dispute(), to=table.village, by=by, at=MONDAY_9AM)

    clocks = dict(case.clocks.values_list("stage", "stopped_at"))
    assert clocks[Stage.HANDLE] == MONDAY_9AM
    assert clocks[Stage.MEDIATE] is None


def test_numbers_follow_one_another_for_each_committee(table: Table) -> None:
    numbers = [tables.open_dossier(table).number for _ in range(2)]
    other = tables.open_dossier(table, to=table.township).number
    assert [*numbers, other] == ["(2026)柳人调字第1号", "(2026)柳人调字第2号", "(2026)东人调字第1号"]


def test_what_is_no_dispute_is_not_mediated(table: Table) -> None:
    case = acts.open_leak(table.qing)
    with pytest.raises(Refused, match="dispute"):
        opening.open_dossier(case, tables.dispute(), to=table.village, by=table.qing.chen_dispatches, at=MONDAY_9AM)
    assert not Dossier.objects.exists()


def test_a_stranger_opens_nothing(table: Table) -> None:
    case = tables.open_quarrel(table.qing)
    for by in (table.qing.deng_is_a_stranger, table.qing.sun_dispatches_west, table.qing.gao_leads):
        with pytest.raises(Refused):
            opening.open_dossier(case, tables.dispute(), to=table.village, by=by, at=MONDAY_9AM)
    assert not Dossier.objects.exists()


def test_a_mediator_takes_a_dispute_of_the_own_area_to_the_own_committee(table: Table) -> None:
    case, by = tables.open_quarrel(table.qing), table.luo_mediates_east
    with pytest.raises(Refused, match="own committee"):
        opening.open_dossier(case, tables.dispute(), to=table.county, by=by, at=MONDAY_9AM)
    assert (
        opening.open_dossier(case, tables.dispute(), to=table.township, by=by, at=MONDAY_9AM).opened_by
        == by.posts.get().unit
    )
