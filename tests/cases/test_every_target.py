"""Nothing open is without somebody who must act on it (row 18 of what the peers taught us: no case without target)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fengqiao.cases.models import Case
from fengqiao.cases.stranded import with_an_empty_lead, without_a_dispatcher
from fengqiao.cases.transitions import raising
from fengqiao.jobs.doctor import targets
from fengqiao.jobs.doctor.findings import Finding, Mark
from fengqiao.people.models import Unit, User
from tests import acts, cast
from tests.cases import steps
from tests.cases.steps import LATER, ROWS, Row, actor
from tests.cast import MONDAY_9AM, QingCounty


def leaves(someone: User) -> None:
    someone.posts.update(ends_on=MONDAY_9AM.date())


def stranded() -> list[Case]:
    return [*without_a_dispatcher(MONDAY_9AM), *with_an_empty_lead(MONDAY_9AM)]


def complaints(findings: object) -> list[Finding]:
    return [each for each in findings if each.mark is not Mark.GOOD]  # type: ignore[attr-defined]


@pytest.mark.parametrize("row", ROWS, ids=[row.verb for row in ROWS])
def test_after_every_step_someone_is_there_to_act(qing: QingCounty, row: Row) -> None:
    """Row 18."""
    row.act(qing, row.prepare(qing), actor(qing, row.by), LATER)

    assert [*without_a_dispatcher(LATER), *with_an_empty_lead(LATER)] == []


@pytest.mark.parametrize(
    ("prepare", "taken_away"),
    [
        (steps.opened, {"centre": None}),
        (steps.opened, {"due_at": None}),
        (steps.dispatched, {"lead": None}),
        (steps.dispatched, {"due_at": None}),
        (steps.handling_, {"lead": None}),
        (steps.objected, {"lead": None}),
        (steps.concluded, {"outcome": ""}),
    ],
)
def test_the_database_keeps_no_open_case_without_a_target(
    qing: QingCounty, prepare: steps.Prepare, taken_away: dict[str, object]
) -> None:
    """Row 18."""
    case = prepare(qing)

    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**taken_away)


def test_a_unit_that_its_last_handler_left_is_found(qing: QingCounty, sent_leak: Case) -> None:
    """Row 18."""
    assert stranded() == []

    leaves(qing.liu_handles_water)

    assert stranded() == [sent_leak]
    (found,) = complaints(targets.cases(MONDAY_9AM))
    assert sent_leak.number in found.text and "清县水务局" in found.text and found.mark is Mark.FAULT


def test_a_case_that_nobody_can_dispatch_is_found(qing: QingCounty, leak: Case) -> None:
    """Row 18."""
    leaves(qing.chen_dispatches)
    leaves(qing.chen_dispatches_east)
    assert stranded() == []  # the dispatcher above still reaches it, and so does one at the centre itself
    leaves(qing.sun_dispatches_west)
    assert stranded() == []
    leaves(qing.fang_dispatches_above)

    assert stranded() == [leak]
    assert leak.number in complaints(targets.cases(MONDAY_9AM))[0].text


def test_a_raised_case_is_for_the_centre_above_and_nobody_below(qing: QingCounty) -> None:
    """Row 18."""
    case = raising.raise_up(steps.handling_(qing), reason="归市里管", by=qing.liu_handles_water, at=MONDAY_9AM)
    assert stranded() == []

    leaves(qing.fang_dispatches_above)

    assert stranded() == [case]


def test_someone_whose_account_is_closed_does_not_count(qing: QingCounty, sent_leak: Case) -> None:
    """Row 18."""
    User.objects.filter(pk=qing.liu_handles_water.pk).update(is_active=False)

    assert stranded() == [sent_leak]


def test_a_handler_of_another_unit_does_not_count(qing: QingCounty, sent_leak: Case) -> None:
    """Row 18."""
    leaves(qing.liu_handles_water)
    other = cast.body("water-2", "清县水务二局", Unit.Kind.DEPARTMENT, qing.root)
    cast.person("ren_handles", "任水", "handler", qing.root, other)  # type: ignore[arg-type]

    assert stranded() == [sent_leak]


def test_a_report_that_nobody_decided_on_in_time_is_listed(qing: QingCounty) -> None:
    """Row 18."""
    report = acts.receive(qing).report
    assert complaints(targets.reports(MONDAY_9AM)) == []

    (found,) = complaints(targets.reports(MONDAY_9AM + timedelta(hours=3)))

    assert report.spoken_code in found.text
