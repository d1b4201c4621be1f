"""Errands: a report with a consent and papers beside it; the steps are the usual ones."""

from datetime import timedelta

import pytest

from fengqiao.cases.models import Case
from fengqiao.cases.vocabulary import Kind, Nature
from fengqiao.intake.models import Errand, Paper, Report
from fengqiao.intake.queries import papers_out
from fengqiao.intake.transitions import errands, triaging
from fengqiao.intake.transitions.errands import Agreement
from fengqiao.intake.transitions.receiving import Entry
from fengqiao.intake.workflow import Channel, ConsentWay
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User
from tests import acts
from tests.cast import MONDAY_9AM, QingCounty

PAPERS = ("户口簿 原件", "病历 复印件")


def entry(qing: QingCounty, **changes: object) -> Entry:
    facts: dict[str, object] = {
        "channel": Channel.GRID,
        "nature": Nature.HELP,
        "text": "到县医保局代办慢病证明",
        "region": qing.grid,
        "reporter": "何秀英",
    }
    return Entry(**(facts | changes))  # type: ignore[arg-type]


def agreed(**changes: object) -> Agreement:
    facts: dict[str, object] = {"way": ConsentWay.IN_PERSON, "on": MONDAY_9AM.date(), "papers": PAPERS}
    return Agreement(**(facts | changes))  # type: ignore[arg-type]


def take(qing: QingCounty, by: User) -> Report:
    return errands.take(qing.county, entry(qing), agreed(), by=by, at=MONDAY_9AM).report


@pytest.mark.parametrize("who", ["ma_clerks", "qian_walks_the_grid"])
def test_a_clerk_or_grid_worker_takes_it_and_it_is_a_report_like_any_other(qing: QingCounty, who: str) -> None:
    receipt = errands.take(qing.county, entry(qing), agreed(), by=getattr(qing, who), at=MONDAY_9AM)

    assert receipt.secret and receipt.report.entered_by == getattr(qing, who)
    errand = Errand.objects.get(report=receipt.report)
    assert (errand.consent, errand.agreed_on) == (ConsentWay.IN_PERSON, MONDAY_9AM.date())
    assert tuple(errand.papers.order_by("place").values_list("name", flat=True)) == PAPERS


def test_nobody_else_takes_one(qing: QingCounty) -> None:
    with pytest.raises(Refused):
        take(qing, qing.liu_handles_water)
    assert not Report.objects.exists() and not Errand.objects.exists()


def test_the_form_sent_twice_is_one_errand(qing: QingCounty) -> None:
    same = entry(qing)
    for _time in range(2):
        errands.take(qing.county, same, agreed(), by=qing.ma_clerks, at=MONDAY_9AM)

    assert (Report.objects.count(), Paper.objects.count()) == (1, 2)


def test_it_says_for_whom_and_when_they_agreed(qing: QingCounty) -> None:
    tomorrow = MONDAY_9AM.date() + timedelta(days=1)
    for what, how in ((entry(qing, reporter=" "), agreed()), (entry(qing), agreed(on=tomorrow)),
                      (entry(qing), agreed(papers=("纸",) * 21))):  # fmt: skip
        with pytest.raises(Refused):
            errands.take(qing.county, what, how, by=qing.ma_clerks, at=MONDAY_9AM)
    assert not Report.objects.exists()


def test_papers_go_back_once_with_a_word_to_whom(qing: QingCounty) -> None:
    report = take(qing, qing.ma_clerks)
    first, second = Paper.objects.order_by("place")
    with pytest.raises(Refused, match="to whom"):
        errands.give_back(report, [first.pk], to=" ", by=qing.ma_clerks, at=MONDAY_9AM)

    assert errands.give_back(report, [first.pk], to="本人", by=qing.ma_clerks, at=MONDAY_9AM) == 1

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.returned_to, first.returned_by, second.returned_at) == ("本人", qing.ma_clerks, None)
    with pytest.raises(Refused, match="Choose"):
        errands.give_back(report, [first.pk], to="别人", by=qing.ma_clerks, at=MONDAY_9AM)


def test_papers_of_another_errand_are_not_touched(qing: QingCounty) -> None:
    mine, other = take(qing, qing.ma_clerks), take(qing, qing.ma_clerks)
    papers = [paper.pk for paper in Paper.objects.filter(errand__report=other)]

    with pytest.raises(Refused):
        errands.give_back(mine, papers, to="本人", by=qing.ma_clerks, at=MONDAY_9AM)
    assert not Paper.objects.filter(returned_at__isnull=False).exists()


def test_the_unit_that_runs_it_gives_papers_back_and_the_rest_are_counted(qing: QingCounty) -> None:
    report = take(qing, qing.ma_clerks)
    case: Case = triaging.open_case(
        report, acts.opening(qing, kind=Kind.SERVICE, region=qing.grid), by=qing.ma_clerks, at=MONDAY_9AM
    )
    acts.dispatch(qing, case)
    first, _second = Paper.objects.order_by("place")
    report.refresh_from_db()

    with pytest.raises(Refused):
        errands.give_back(report, [first.pk], to="本人", by=qing.zhao_handles_roads, at=MONDAY_9AM)
    errands.give_back(report, [first.pk], to="本人", by=qing.liu_handles_water, at=MONDAY_9AM)

    assert papers_out(case) == 1
