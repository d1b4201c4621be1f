"""The rules of a county, changed while it works: what runs keeps its promise, what starts later follows the new."""

from datetime import date, time, timedelta

import pytest
from django.utils.timezone import localdate

from fengqiao.cases import derivation
from fengqiao.cases.models import Case, Category, ClockRule, Stage
from fengqiao.cases.rules import rule_for
from fengqiao.kit.verdict import Refused
from fengqiao.kit.workdays import Day
from fengqiao.people.models import StaffLog
from fengqiao.places import calendar as calendars
from fengqiao.places.holidays import Notice, read_notice
from fengqiao.places.models import CalendarYear, WorkDay, WorkHours
from fengqiao.playbooks.rulebook import calendar, clocks, subjects
from fengqiao.playbooks.rulebook.calendar import Year
from fengqiao.playbooks.rulebook.clocks import Span
from tests import acts
from tests.cast import MONDAY_9AM, QingCounty

TEN_DAYS = Span(amount=10, unit="working_days")


def handling(qing: QingCounty) -> ClockRule:
    return rule_for(qing.county.code, Stage.HANDLE, "ordinary", MONDAY_9AM)


def test_a_changed_span_holds_for_clocks_that_start_afterwards(qing: QingCounty, sent_leak: Case) -> None:
    running = sent_leak.clocks.get(stage=Stage.HANDLE)
    by = qing.shi_runs_the_system
    new = clocks.change_rule(handling(qing), TEN_DAYS, on=localdate(MONDAY_9AM), by=by, at=MONDAY_9AM)
    later = acts.dispatch(qing, acts.open_leak(qing), at=MONDAY_9AM + timedelta(minutes=5))

    running.refresh_from_db()
    assert (running.amount, derivation.again(running)) == (5, running.due_at)
    clock = later.clocks.get(stage=Stage.HANDLE)
    assert (clock.amount, clock.rule_version) == (10, new.version)
    assert "10" in StaffLog.objects.get(act="changed_rule").facts["span"]


def test_a_rule_of_a_later_day_waits_for_it(qing: QingCounty) -> None:
    tuesday = localdate(MONDAY_9AM) + timedelta(days=1)
    clocks.change_rule(handling(qing), TEN_DAYS, on=tuesday, by=qing.shi_runs_the_system, at=MONDAY_9AM)

    assert handling(qing).amount == 5
    listed = {(each.now.stage, each.now.urgency): each for each in clocks.rules_of(qing.county.code, MONDAY_9AM)}
    assert [rule.amount for rule in listed[Stage.HANDLE, "ordinary"].later] == [10]
    afterwards = rule_for(qing.county.code, Stage.HANDLE, "ordinary", MONDAY_9AM + timedelta(days=1))
    assert afterwards.amount == 10


@pytest.mark.parametrize(
    ("span", "days"),
    [(TEN_DAYS, -1), (Span(amount=0, unit="working_days"), 0), (Span(amount=5, unit="working_days"), 0)],
    ids=["yesterday", "no span", "no change"],
)
def test_a_senseless_change_is_refused(qing: QingCounty, span: Span, days: int) -> None:
    rule = handling(qing)
    on = localdate(MONDAY_9AM) + timedelta(days=days)
    with pytest.raises(Refused):
        clocks.change_rule(rule, span, on=on, by=qing.shi_runs_the_system, at=MONDAY_9AM)

    assert ClockRule.objects.filter(stage=Stage.HANDLE, urgency="ordinary").count() == 1


def test_two_changes_of_one_day_are_two_versions(qing: QingCounty) -> None:
    by, today = qing.shi_runs_the_system, localdate(MONDAY_9AM)
    first = clocks.change_rule(handling(qing), TEN_DAYS, on=today, by=by, at=MONDAY_9AM)
    second = clocks.change_rule(
        first, Span(amount=7, unit="working_days"), on=today, by=by, at=MONDAY_9AM + timedelta(minutes=1)
    )

    assert first.version != second.version
    assert rule_for(qing.county.code, Stage.HANDLE, "ordinary", MONDAY_9AM + timedelta(hours=1)) == second


def test_a_published_year_moves_clocks_that_start_afterwards(qing: QingCounty) -> None:
    tuesday = localdate(MONDAY_9AM) + timedelta(days=1)
    notice = Notice({tuesday: Day(False, "试验节")})
    published = Year(tuesday.year, "通知")
    year = calendar.publish_year(published, notice, by=qing.shi_runs_the_system, at=MONDAY_9AM)

    assert not year.provisional
    assert list(WorkDay.objects.filter(on__year=tuesday.year)) == [WorkDay.objects.get(on=tuesday)]
    assert not calendars.of(qing.county.code).is_working(tuesday)
    assert StaffLog.objects.get(act="changed_calendar").facts["source"] == "通知"


def test_a_notice_that_contradicts_itself_changes_nothing(qing: QingCounty) -> None:
    before = list(WorkDay.objects.order_by("on").values_list("on", flat=True))
    wrong = read_notice("一、元旦：1月1日（周五）放假。", 2026)
    with pytest.raises(Refused):
        calendar.publish_year(Year(2026, "通知"), wrong, by=qing.shi_runs_the_system, at=MONDAY_9AM)

    assert list(WorkDay.objects.order_by("on").values_list("on", flat=True)) == before


def test_office_hours_change_what_a_working_hour_is(qing: QingCounty) -> None:
    hours = [(time(9), time(17))]
    calendar.change_hours(hours, by=qing.shi_runs_the_system, at=MONDAY_9AM)

    assert list(WorkHours.objects.filter(county=qing.county.code).values_list("opens", "closes")) == hours
    noon = MONDAY_9AM.replace(hour=12)
    assert calendars.of(qing.county.code).open_between(noon, noon + timedelta(hours=2)) == timedelta(hours=2)


@pytest.mark.parametrize(
    "hours",
    [[], [(time(17), time(9))], [(time(9), time(13)), (time(12), time(18))]],
    ids=["never open", "backwards", "overlapping"],
)
def test_hours_that_make_no_sense_are_refused(qing: QingCounty, hours: list[tuple[time, time]]) -> None:
    with pytest.raises(Refused):
        calendar.change_hours(hours, by=qing.shi_runs_the_system, at=MONDAY_9AM)


def test_a_county_adds_renames_closes_and_opens_subjects(qing: QingCounty) -> None:
    by = qing.shi_runs_the_system
    heading = subjects.add_subject(None, "梯田管护", by=by, at=MONDAY_9AM)
    second = subjects.add_subject(heading, "田埂", by=by, at=MONDAY_9AM)
    third = subjects.add_subject(second, "塌方", by=by, at=MONDAY_9AM)
    assert third.code.startswith(second.code) and second.code.startswith(heading.code)

    subjects.rename_subject(third, "田埂塌方", by=by, at=MONDAY_9AM)
    subjects.close_subject(heading, by=by, at=MONDAY_9AM)
    assert set(Category.objects.filter(code__startswith=heading.code).values_list("valid_to", flat=True)) == {
        localdate(MONDAY_9AM)
    }
    subjects.open_subject(Category.objects.get(pk=third.pk), by=by, at=MONDAY_9AM)
    assert not Category.objects.filter(code__startswith=heading.code).exclude(valid_to=None).exists()
    assert StaffLog.objects.filter(act="changed_subject").count() == 6


def test_a_subject_is_not_named_twice_nor_grown_below_the_third_level(qing: QingCounty) -> None:
    by = qing.shi_runs_the_system
    heading = subjects.add_subject(None, "梯田管护", by=by, at=MONDAY_9AM)
    third = subjects.add_subject(
        subjects.add_subject(heading, "田埂", by=by, at=MONDAY_9AM), "塌方", by=by, at=MONDAY_9AM
    )

    for parent, name in ((None, "梯田管护"), (third, "再细分")):
        with pytest.raises(Refused):
            subjects.add_subject(parent, name, by=by, at=MONDAY_9AM)


@pytest.mark.parametrize("who", ["feng_secures", "bai_audits", "ma_clerks"])
def test_only_the_system_administrator_changes_rules(qing: QingCounty, who: str) -> None:
    by, today = getattr(qing, who), localdate(MONDAY_9AM)
    with pytest.raises(Refused):
        clocks.change_rule(handling(qing), TEN_DAYS, on=today, by=by, at=MONDAY_9AM)
    with pytest.raises(Refused):
        calendar.publish_year(Year(2027, "通知"), Notice({date(2027, 1, 1): Day(False, "元旦")}), by=by, at=MONDAY_9AM)
    with pytest.raises(Refused):
        subjects.add_subject(None, "梯田管护", by=by, at=MONDAY_9AM)

    assert not CalendarYear.objects.filter(edition="通知").exists()
