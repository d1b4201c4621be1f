import pytest

from fengqiao.cases import rules
from fengqiao.cases.models import Case, ClockRule
from fengqiao.cases.rules import NoRuleError
from fengqiao.cases.vocabulary import Kind, Nature
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
from fengqiao.intake.workflow import DeclineReason
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Resident
from tests import acts
from tests.cast import MONDAY_9AM, QingCounty

ROUTE = "请向县人民法院立案庭申请，电话 0934-0000000"


@pytest.fixture
def report(qing: QingCounty) -> Report:
    """The leak, not yet looked at."""
    return acts.receive(qing).report


def decline(qing: QingCounty, report: Report, **changes: object) -> Report:
    """The clerk declines it."""
    facts = {"reason": DeclineReason.IN_PROCEEDINGS, "route": ROUTE, "by": qing.ma_clerks, "at": MONDAY_9AM}
    return triaging.decline(report, **(facts | changes))  # type: ignore[arg-type]


def resident(report: Report) -> Resident:
    """Whoever holds the secret."""
    return Resident(report.pk, report.case_id)


def test_opening_joins_report_and_case_and_meets_the_clock(qing: QingCounty, report: Report) -> None:
    case = triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=MONDAY_9AM)

    report.refresh_from_db()
    assert (report.status, report.case, report.due_at) == ("in_case", case, None)
    assert report.clocks.get().met_at == MONDAY_9AM
    assert (report.decisions.get().outcome, report.decisions.get().by) == ("opened", qing.ma_clerks)


def test_a_second_report_joins_and_the_case_says_so(qing: QingCounty, leak: Case, report: Report) -> None:
    triaging.join(report, leak, by=qing.ma_clerks, at=MONDAY_9AM)

    assert leak.reports.count() == 2
    assert leak.log.get(verb="join").facts["report"] == report.code


def test_a_report_does_not_join_a_case_that_has_ended(qing: QingCounty, done_leak: Case, report: Report) -> None:
    with pytest.raises(Refused, match="moved on"):
        triaging.join(report, done_leak, by=qing.ma_clerks, at=MONDAY_9AM)

    report.refresh_from_db()
    assert (report.status, report.decisions.count()) == ("received", 0)


def test_declining_says_why_and_where_to_go(qing: QingCounty, report: Report) -> None:
    report = decline(qing, report)

    decision = report.decisions.get()
    assert (report.status, decision.reason, decision.route) == ("declined", "in_proceedings", ROUTE)


def test_declining_without_a_road_is_refused(qing: QingCounty, report: Report) -> None:
    with pytest.raises(Refused, match="road"):
        decline(qing, report, route=" ")


@pytest.mark.parametrize("who", ["liu_handles_water", "sun_dispatches_west", "gao_leads", "deng_is_a_stranger"])
def test_a_refused_person_leaves_no_trace(qing: QingCounty, report: Report, who: str) -> None:
    with pytest.raises(Refused):
        triaging.open_case(report, acts.opening(qing), by=getattr(qing, who), at=MONDAY_9AM)

    report.refresh_from_db()
    assert (report.status, Case.objects.count(), report.decisions.count()) == ("received", 0, 0)


def test_a_report_is_dealt_with_once(qing: QingCounty, report: Report) -> None:
    triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=MONDAY_9AM)

    with pytest.raises(Refused, match="already"):
        decline(qing, report)
    assert Case.objects.count() == 1


def test_a_declined_report_is_reviewed_by_another_clerk_once(qing: QingCounty, report: Report) -> None:
    report = triaging.ask_review(decline(qing, report), by=resident(report), at=MONDAY_9AM)
    with pytest.raises(Refused, match="another clerk"):
        triaging.uphold(report, route=ROUTE, by=qing.ma_clerks, at=MONDAY_9AM)

    report = triaging.uphold(report, route=ROUTE, by=qing.zhou_clerks, at=MONDAY_9AM)

    assert report.status == "declined"
    with pytest.raises(Refused, match="once"):
        triaging.ask_review(report, by=resident(report), at=MONDAY_9AM)


def test_a_refusal_is_not_overturned_without_a_clock_for_what_follows(qing: QingCounty, report: Report) -> None:
    decline(qing, report)
    triaging.ask_review(report, by=Resident(report.pk, None), at=MONDAY_9AM)
    ClockRule.objects.all().delete()
    rules.forget()

    with pytest.raises(NoRuleError):
        triaging.overturn(report, by=qing.zhou_clerks, at=MONDAY_9AM)

    report.refresh_from_db()
    assert report.status == "in_review"


def test_an_overturned_refusal_waits_for_triage_again_with_a_clock(qing: QingCounty, report: Report) -> None:
    triaging.ask_review(decline(qing, report), by=resident(report), at=MONDAY_9AM)

    triaging.overturn(report, by=qing.zhou_clerks, at=MONDAY_9AM)

    report.refresh_from_db()
    running = [clock for clock in report.clocks.all() if clock.is_running()]
    assert (report.status, len(running), report.due_at) == ("received", 1, running[0].due_at)


def test_only_the_one_who_brought_it_asks_for_a_review(qing: QingCounty, report: Report) -> None:
    decline(qing, report)
    other = acts.receive(qing).report

    with pytest.raises(Refused):
        triaging.ask_review(report, by=resident(other), at=MONDAY_9AM)


def test_an_accusation_opens_nothing_but_a_restricted_lead(qing: QingCounty) -> None:
    report = acts.receive(qing, nature=Nature.ACCUSATION).report

    with pytest.raises(Refused, match="restricted"):
        triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=MONDAY_9AM)
    what = acts.opening(qing, kind=Kind.LEAD, is_restricted=True)
    assert triaging.open_case(report, what, by=qing.ma_clerks, at=MONDAY_9AM).is_restricted


def test_an_accusation_does_not_join_an_open_case(qing: QingCounty, leak: Case) -> None:
    report = acts.receive(qing, nature=Nature.ACCUSATION).report

    with pytest.raises(Refused, match="accusation"):
        triaging.join(report, leak, by=qing.ma_clerks, at=MONDAY_9AM)
