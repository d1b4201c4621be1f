"""The clock of a tier warns whoever mediates there."""

import pytest

from fengqiao.cases import deadlines
from fengqiao.cases.models import CaseClock, Stage
from fengqiao.jobs import watch
from fengqiao.oversight.models import Fault, Notice
from fengqiao.oversight.owing import OWED
from fengqiao.people.models import Role
from tests.mediation import table as tables
from tests.mediation.table import Table


def test_every_stage_that_warns_is_owed_by_somebody() -> None:
    assert set(OWED) == set(Stage) - deadlines.WITHOUT_ALERTS - {Stage.TRIAGE}


@pytest.mark.parametrize("which", ["village", "water"])
def test_who_mediates_is_told_before_the_tier_is_over(table: Table, which: str) -> None:
    dossier = tables.begin(table)
    unit = table.qing.water if which == "water" else dossier.case.lead
    dossier.case.lead = unit
    dossier.case.save()
    clock = CaseClock.objects.get(case=dossier.case, stage=Stage.MEDIATE, met_at=None)
    assert clock.alert_at is not None
    watch.sweep(clock.alert_at)

    told = Notice.objects.get(kind="deadline", unit=unit)
    assert told.role == (Role.HANDLER if which == "water" else Role.MEDIATOR)
    assert not Fault.objects.exists()
