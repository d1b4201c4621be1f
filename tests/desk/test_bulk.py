"""A bulk run: each row for itself, once, and nothing half done."""

from datetime import timedelta

import pytest

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import dispatching
from fengqiao.desk.models import BulkRow, BulkRun
from fengqiao.desk.transitions.bulk import Act, Chosen, Order, begin, carry_out, forget
from fengqiao.kit.ids import new_id
from fengqiao.people.models import User
from tests import acts
from tests.cast import MONDAY_9AM, QingCounty

Outcome = BulkRow.Outcome


def run_of(qing: QingCounty, *cases: Case, order: Order | None = None) -> BulkRun:
    order = order or Order("dispatch", "note=%E6%80%A5", new_id())
    return begin(order, [Chosen(case, case.line_count) for case in cases], by=qing.chen_dispatches, at=MONDAY_9AM)


def to_water(qing: QingCounty, by: User) -> Act:
    return lambda row: dispatching.dispatch(row.case, to=qing.water, by=by, at=MONDAY_9AM)  # type: ignore[arg-type]


def outcomes(run: BulkRun) -> list[tuple[str, str]]:
    return list(run.rows.order_by("place").values_list("outcome", "reason"))


def test_a_refused_row_stops_nothing_but_itself(qing: QingCounty) -> None:
    first, gone, last = acts.open_leak(qing), acts.dispatch(qing, acts.open_leak(qing)), acts.open_leak(qing)

    run = carry_out(run_of(qing, first, gone, last), to_water(qing, qing.chen_dispatches), at=MONDAY_9AM)

    assert outcomes(run) == [
        (Outcome.DONE, ""),
        (Outcome.REFUSED, "这件事已进入下一环节：待签收。"),
        (Outcome.DONE, ""),
    ]
    assert list(Case.objects.order_by("opened_at", "id").values_list("log__verb", flat=True)).count("dispatch") == 3
    assert (run.finished_at, run.answers) == (MONDAY_9AM, "")


def test_the_same_check_page_sent_twice_is_one_run(qing: QingCounty, leak: Case) -> None:
    order = Order("dispatch", "", new_id())
    run = carry_out(run_of(qing, leak, order=order), to_water(qing, qing.chen_dispatches), at=MONDAY_9AM)

    again = carry_out(run_of(qing, leak, order=order), to_water(qing, qing.chen_dispatches), at=MONDAY_9AM)

    assert again == run
    assert outcomes(again) == [(Outcome.DONE, "")]
    assert leak.log.filter(verb="dispatch").count() == 1


def test_a_run_that_was_broken_off_is_taken_up_where_it_stopped(qing: QingCounty) -> None:
    first, last = acts.open_leak(qing), acts.open_leak(qing)
    run = run_of(qing, first, last)

    def breaks(row: BulkRow) -> None:
        if row.case_id == last.pk:
            dispatching.dispatch(last, to=qing.water, by=qing.chen_dispatches, at=MONDAY_9AM)
            raise RuntimeError("the machine was switched off")
        to_water(qing, qing.chen_dispatches)(row)

    with pytest.raises(RuntimeError):
        carry_out(run, breaks, at=MONDAY_9AM)
    run.refresh_from_db()
    assert outcomes(run) == [(Outcome.DONE, ""), (Outcome.WAITING, "")]
    assert (run.finished_at, run.answers) == (None, "note=%E6%80%A5")
    last.refresh_from_db()
    assert last.lead is None

    carry_out(run, to_water(qing, qing.chen_dispatches), at=MONDAY_9AM)

    assert outcomes(run) == [(Outcome.DONE, ""), (Outcome.DONE, "")]
    assert first.log.filter(verb="dispatch").count() == 1


def test_what_was_left_out_is_listed_and_not_touched(qing: QingCounty, leak: Case) -> None:
    order = Order("dispatch", "", new_id())
    run = begin(order, [Chosen(leak, 1, left_out="没有通过核对")], by=qing.chen_dispatches, at=MONDAY_9AM)

    carry_out(run, to_water(qing, qing.chen_dispatches), at=MONDAY_9AM)

    assert outcomes(run) == [(Outcome.REFUSED, "没有通过核对")]
    leak.refresh_from_db()
    assert leak.lead is None


def test_runs_of_long_ago_are_forgotten_and_the_record_stays(qing: QingCounty, leak: Case) -> None:
    run = carry_out(run_of(qing, leak), to_water(qing, qing.chen_dispatches), at=MONDAY_9AM)

    assert forget(MONDAY_9AM) == 0
    forget(MONDAY_9AM + timedelta(seconds=1))

    assert not BulkRun.objects.filter(pk=run.pk).exists()
    assert leak.log.filter(verb="dispatch").exists()
