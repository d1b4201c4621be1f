"""A report taken in and its case opened in one act."""

from uuid import uuid4

import pytest

from fengqiao.cases.models import Case
from fengqiao.cases.transitions.opening import Opening
from fengqiao.cases.vocabulary import Kind, Nature
from fengqiao.cases.workflow import Status
from fengqiao.intake.models import Decision, Report
from fengqiao.intake.transitions.at_once import receive_and_open
from fengqiao.intake.transitions.receiving import Entry
from fengqiao.intake.workflow import Channel, Outcome
from fengqiao.kit.verdict import Refused
from fengqiao.places.models import County
from tests.cast import MONDAY_9AM, QingCounty

pytestmark = pytest.mark.django_db


def entry_of(qing: QingCounty, nature: Nature = Nature.HELP) -> Entry:
    return Entry(
        channel=Channel.PHONE, nature=nature, text="村口的路灯坏了五盏。", region=qing.willow, submission=uuid4()
    )


def opening_of(qing: QingCounty) -> Opening:
    return Opening(
        title="柳树村口路灯不亮", kind=Kind.REQUEST, nature=Nature.HELP, region=qing.willow, centre=qing.centre
    )


def test_report_and_case_stand_and_nothing_waits_for_triage(qing: QingCounty) -> None:
    county = County.objects.get(pk=qing.centre.county)

    receipt = receive_and_open(county, entry_of(qing), opening_of(qing), by=qing.ma_clerks, at=MONDAY_9AM)

    report = Report.objects.get()
    assert receipt.secret and receipt.report.pk == report.pk
    assert report.case is not None and report.case.status == Status.OPENED
    assert report.due_at is None and not report.clocks.filter(met_at=None).exists()
    assert Decision.objects.get().outcome == Outcome.OPENED
    assert [line.verb for line in report.case.log.all()] == ["open"]


def test_the_same_form_sent_twice_is_one_case(qing: QingCounty) -> None:
    county, entry = County.objects.get(pk=qing.centre.county), entry_of(qing)

    for _time in range(2):
        receive_and_open(county, entry, opening_of(qing), by=qing.ma_clerks, at=MONDAY_9AM)

    assert (Report.objects.count(), Case.objects.count()) == (1, 1)


def test_who_may_not_triage_leaves_nothing_behind(qing: QingCounty) -> None:
    county = County.objects.get(pk=qing.centre.county)

    with pytest.raises(Refused):
        receive_and_open(county, entry_of(qing), opening_of(qing), by=qing.qian_walks_the_grid, at=MONDAY_9AM)

    assert not Report.objects.exists()


def test_an_accusation_is_not_opened_at_once(qing: QingCounty) -> None:
    county, entry = County.objects.get(pk=qing.centre.county), entry_of(qing, Nature.ACCUSATION)

    with pytest.raises(Refused, match="accusation"):
        receive_and_open(county, entry, opening_of(qing), by=qing.ma_clerks, at=MONDAY_9AM)

    assert not Report.objects.exists()
