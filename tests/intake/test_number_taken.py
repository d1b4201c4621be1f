"""The number drawn for a case is another's: it is drawn again, and nobody notices."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from fengqiao.cases import numbering
from fengqiao.cases.models import Case, CaseLog
from fengqiao.cases.transitions import opening
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import handing_on
from fengqiao.intake.transitions.at_once import receive_and_open
from fengqiao.places.models import County
from tests import acts, neighbours
from tests.cast import MONDAY_9AM, QingCounty
from tests.intake.test_at_once import entry_of, opening_of


def at_once(qing: QingCounty) -> Case | None:
    county = County.objects.get(pk=qing.centre.county)
    return receive_and_open(county, entry_of(qing), opening_of(qing), by=qing.ma_clerks, at=MONDAY_9AM).report.case


def by_triage(qing: QingCounty) -> Case | None:
    return acts.open_leak(qing)


def draw(monkeypatch: pytest.MonkeyPatch, number: str, times: int) -> None:
    """Let this number be drawn so many times, then others."""
    drawn = iter([number] * times)
    monkeypatch.setattr(opening, "new_number", lambda at: next(drawn, None) or numbering.new_number(at))


@pytest.mark.parametrize("opens", [at_once, by_triage])
def test_a_number_that_is_taken_is_drawn_again(
    qing: QingCounty, leak: Case, monkeypatch: pytest.MonkeyPatch, opens: Callable[[QingCounty], Case | None]
) -> None:
    draw(monkeypatch, leak.number, 2)

    case = opens(qing)

    assert case is not None
    assert case.number != leak.number
    assert (Case.objects.count(), CaseLog.objects.count(), Report.objects.count()) == (2, 2, 2)


def test_so_it_is_for_the_leg_in_another_county(qing: QingCounty, leak: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    county, by = neighbours.build(qing).county, qing.chen_dispatches
    one, other = leak, acts.open_leak(qing)
    leg = handing_on.hand_on(one, to=county, reason="在白县境内", by=by, at=MONDAY_9AM).continued_by.get()
    draw(monkeypatch, leg.number, 1)

    ended = handing_on.hand_on(other, to=county, reason="在白县境内", by=by, at=MONDAY_9AM)

    assert ended.continued_by.get().number != leg.number
    assert [line.verb for line in ended.log.all()] == ["open", "hand_on"]


def test_where_no_other_number_comes_it_is_a_fault_and_nothing_stays(
    qing: QingCounty, leak: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(monkeypatch, leak.number, 1000)

    with pytest.raises(IntegrityError), transaction.atomic():
        at_once(qing)

    assert (Case.objects.count(), Report.objects.count()) == (1, 1)
