"""The watch goes over all that is open, however many, and says nothing twice."""

from typing import TypeVar
from uuid import UUID

from fengqiao.cases.models import Case, CaseClock, Stage
from fengqiao.cases.transitions import handling
from fengqiao.jobs import watch
from fengqiao.kit.ids import new_id
from fengqiao.oversight.models import Notice
from tests.cast import MONDAY_9AM, QingCounty

Row = TypeVar("Row", Case, CaseClock)
MANY = watch.BATCH * 2 + 17


def copied(case: Case, clock: CaseClock) -> list[UUID]:
    """Have as many cases with the same clock running; their records are empty, which the watch does not read."""
    cases = [_like(case, number=f"20260302-M{each:04}") for each in range(MANY)]
    Case.objects.bulk_create(cases)
    CaseClock.objects.bulk_create([_like(clock, case_id=each.pk) for each in cases])
    return [each.pk for each in cases]


def _like(row: Row, **changes: object) -> Row:
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.generated}
    return type(row)(**{**fields, "id": new_id(), **changes})


def test_one_pass_reaches_every_open_case_and_a_second_finds_nothing(qing: QingCounty, sent_leak: Case) -> None:
    case = handling.accept(sent_leak, by=qing.liu_handles_water, at=MONDAY_9AM)
    clock = case.clocks.get(stage=Stage.HANDLE)
    cases = copied(case, clock)

    swept = watch.sweep(clock.due_at)
    told = Notice.objects.filter(case__in=cases, case_clock__stage=Stage.HANDLE, level=100)
    assert (swept.alerts, swept.failed) == (MANY + 1, 0)
    assert told.values("case").distinct().count() == told.count() == MANY

    assert watch.sweep(clock.due_at) == watch.Swept(alerts=0, archived=0, failed=0)
    assert told.count() == MANY
