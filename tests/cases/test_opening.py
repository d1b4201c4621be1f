from datetime import date

import pytest

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import opening
from fengqiao.cases.vocabulary import Kind, Nature
from fengqiao.kit.verdict import Refused
from tests import acts
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty


def test_opening_writes_the_first_line_and_places_the_case(qing: QingCounty, leak: Case) -> None:
    line = leak.log.get()

    assert (line.verb, line.line, line.by, line.facts["report"]) == ("open", 1, qing.ma_clerks, leak.reports.get().code)
    assert (leak.county, leak.township, leak.village, leak.grid) == ("629901", "629901101", "629901101201", "")
    assert leak.path == qing.willow.path


def test_a_stranger_opens_nothing(qing: QingCounty) -> None:
    with pytest.raises(Refused):
        opening.open_case(acts.opening(qing), report_code="QX2", by=qing.liu_handles_water, at=MONDAY_9AM)

    assert not Case.objects.exists()


def test_nothing_is_opened_in_a_village_that_was_closed(qing: QingCounty) -> None:
    report = acts.receive(qing).report
    qing.willow.valid_to = date(2026, 3, 1)
    qing.willow.save()

    with pytest.raises(Refused, match="closed on March 1"):
        opening.open_case(acts.opening(qing), report_code=report.code, by=qing.ma_clerks, at=MONDAY_9AM)


def test_opening_a_restricted_case_names_its_opener(qing: QingCounty) -> None:
    case = steps.restricted(qing)

    assert [(each.user, each.named_by) for each in case.named.all()] == [(qing.ma_clerks, qing.ma_clerks)]


def test_nobody_of_the_unit_complained_of_opens_the_case(qing: QingCounty) -> None:
    report = acts.receive(qing, nature=Nature.ACCUSATION).report
    what = acts.opening(qing, kind=Kind.LEAD, is_restricted=True, complained_unit=qing.centre)

    with pytest.raises(Refused, match="complained"):
        opening.open_case(what, report_code=report.code, by=qing.ma_clerks, at=MONDAY_9AM)


def test_a_person_is_named_once(qing: QingCounty) -> None:
    case = steps.restricted(qing)
    opening.name_viewer(case, qing.chen_dispatches, reason="分办", by=qing.ma_clerks, at=MONDAY_9AM)

    with pytest.raises(Refused, match="already"):
        opening.name_viewer(case, qing.chen_dispatches, reason="分办", by=qing.ma_clerks, at=MONDAY_9AM)


def test_nobody_is_named_on_an_open_case(qing: QingCounty, leak: Case) -> None:
    with pytest.raises(Refused, match="restricted"):
        opening.name_viewer(leak, qing.chen_dispatches, reason="分办", by=qing.ma_clerks, at=MONDAY_9AM)


def test_nobody_of_the_unit_complained_of_is_named(qing: QingCounty) -> None:
    case = steps.restricted(qing)

    with pytest.raises(Refused, match="complained"):
        opening.name_viewer(case, qing.liu_handles_water, reason="承办", by=qing.ma_clerks, at=MONDAY_9AM)
