from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from fengqiao.cases.models import Case, CaseClock, CaseLog, Stage
from fengqiao.cases.transitions import dispatching, opening
from fengqiao.cases.vocabulary import Nature, Urgency
from fengqiao.intake.models import ReportClock
from fengqiao.kit.verdict import Refused
from fengqiao.oversight import owing, queries, transitions
from fengqiao.oversight.models import Notice
from fengqiao.people.models import Role, Unit
from tests import acts, cast
from tests.cast import MONDAY_9AM, SHANGHAI, QingCounty

SATURDAY_8PM = datetime(2026, 3, 7, 20, tzinfo=SHANGHAI)
NEXT_MONDAY_OPENS = datetime(2026, 3, 9, 8, 30, tzinfo=SHANGHAI)


def handle_clock(case: Case) -> CaseClock:
    return CaseClock.objects.select_related("case__lead", "case__centre__region").get(case=case, stage=Stage.HANDLE)


def last_line(case: Case, verb: str) -> CaseLog:
    return case.log.filter(verb=verb).latest("line")


def test_an_alert_goes_to_the_lead_unit_s_handlers_and_to_nobody_else(qing: QingCounty, sent_leak: Case) -> None:
    transitions.alert(handle_clock(sent_leak), 70, at=MONDAY_9AM)

    notice = Notice.objects.get()
    assert (notice.unit, notice.role, notice.level, notice.case) == (qing.water, Role.HANDLER, 70, sent_leak)
    assert queries.first_waiting_for(qing.liu_handles_water, MONDAY_9AM) == [notice]
    for other in (qing.chen_dispatches, qing.zhao_handles_roads, qing.gao_leads, qing.deng_is_a_stranger):
        assert not queries.first_waiting_for(other, MONDAY_9AM)


def test_a_notice_goes_to_a_role_and_not_to_the_whole_unit(qing: QingCounty, leak: Case) -> None:
    clock = CaseClock.objects.select_related("case__centre").get(case=leak, stage=Stage.DISPATCH)
    transitions.alert(clock, 70, at=MONDAY_9AM)

    assert queries.first_waiting_for(qing.chen_dispatches, MONDAY_9AM)
    assert not queries.first_waiting_for(qing.ma_clerks, MONDAY_9AM)


def test_an_alert_made_twice_is_made_once(qing: QingCounty, sent_leak: Case) -> None:
    transitions.alert(handle_clock(sent_leak), 70, at=MONDAY_9AM)
    transitions.alert(handle_clock(sent_leak), 70, at=MONDAY_9AM + acts.HOUR)

    assert Notice.objects.count() == 1
    first = Notice.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(
            county=first.county, kind="deadline", level=70, unit=first.unit, role=first.role, case=first.case,
            case_clock=first.case_clock, made_at=MONDAY_9AM, visible_from=MONDAY_9AM,
        )  # fmt: skip


def test_a_word_about_a_step_made_twice_is_made_once(qing: QingCounty, sent_leak: Case) -> None:
    line, duty = last_line(sent_leak, "dispatch"), owing.lead(sent_leak, MONDAY_9AM)
    transitions.tell(line, Notice.Kind.DISPATCHED, duty, at=MONDAY_9AM)
    transitions.tell(line, Notice.Kind.DISPATCHED, duty, at=MONDAY_9AM + acts.HOUR)

    assert Notice.objects.get().made_at == MONDAY_9AM


def test_a_notice_made_on_a_saturday_evening_is_shown_when_offices_open(qing: QingCounty, sent_leak: Case) -> None:
    transitions.alert(handle_clock(sent_leak), 90, at=SATURDAY_8PM)

    assert Notice.objects.get().visible_from == NEXT_MONDAY_OPENS
    assert not queries.first_waiting_for(qing.liu_handles_water, SATURDAY_8PM)
    assert queries.first_waiting_for(qing.liu_handles_water, NEXT_MONDAY_OPENS)


def test_an_urgent_notice_is_shown_at_once_at_any_hour(qing: QingCounty) -> None:
    case = acts.dispatch(qing, acts.open_leak(qing, urgency=Urgency.URGENT))
    transitions.alert(handle_clock(case), 90, at=SATURDAY_8PM)

    assert Notice.objects.get().is_urgent
    assert queries.first_waiting_for(qing.liu_handles_water, SATURDAY_8PM)


def test_a_deadline_s_notice_stands_only_while_its_clock_runs_and_until_a_later_level(
    qing: QingCounty, sent_leak: Case
) -> None:
    clock = handle_clock(sent_leak)
    transitions.alert(clock, 70, at=MONDAY_9AM)
    transitions.alert(clock, 90, at=MONDAY_9AM)
    assert [each.level for each in queries.first_waiting_for(qing.liu_handles_water, MONDAY_9AM)] == [90]

    acts.conclude(qing, sent_leak)

    assert not queries.first_waiting_for(qing.liu_handles_water, MONDAY_9AM)


def test_a_notice_shows_only_while_its_case_is_visible_to_the_reader(qing: QingCounty) -> None:
    case = acts.open_accusation(qing)
    opening.name_viewer(case, qing.zhao_handles_roads, reason="承办", by=qing.ma_clerks, at=MONDAY_9AM)
    opening.name_viewer(case, qing.chen_dispatches, reason="分办", by=qing.ma_clerks, at=MONDAY_9AM)
    other = cast.person("xu_handles_roads", "许路", Role.HANDLER, qing.root, qing.roads)
    case = dispatching.dispatch(case, to=qing.roads, by=qing.chen_dispatches, at=MONDAY_9AM)
    transitions.alert(handle_clock(case), 70, at=MONDAY_9AM)

    assert queries.first_waiting_for(qing.zhao_handles_roads, MONDAY_9AM)
    assert not queries.first_waiting_for(other, MONDAY_9AM)


def test_triage_is_owed_by_the_nearest_centre_with_a_clerk(qing: QingCounty) -> None:
    report = acts.receive(qing).report
    transitions.alert(ReportClock.objects.get(report=report), 70, at=MONDAY_9AM)
    assert Notice.objects.get().unit == qing.centre

    east_centre = cast.body("east-centre", "东镇综治中心", Unit.Kind.CENTRE, qing.east)
    cast.person("hu_clerks_east", "胡东", Role.CLERK, qing.east, east_centre)

    assert owing.of_report(report, MONDAY_9AM).unit == east_centre


def test_an_accusation_s_triage_is_owed_by_the_county_s_own_centre(qing: QingCounty) -> None:
    east_centre = cast.body("east-centre", "东镇综治中心", Unit.Kind.CENTRE, qing.east)
    cast.person("hu_clerks_east", "胡东", Role.CLERK, qing.east, east_centre)
    accusation = acts.receive(qing, nature=Nature.ACCUSATION).report

    assert owing.of_report(accusation, MONDAY_9AM).unit == qing.centre


def test_an_objection_against_the_centre_itself_is_owed_by_the_centre_above(qing: QingCounty, leak: Case) -> None:
    assert owing.arbiter(leak, MONDAY_9AM).unit == qing.centre

    leak.lead = qing.centre

    assert owing.arbiter(leak, MONDAY_9AM).unit == qing.centre_above
    assert owing.decider(leak, MONDAY_9AM).unit == qing.centre_above


def test_seen_by_the_first_of_those_it_was_for(qing: QingCounty, sent_leak: Case) -> None:
    transitions.alert(handle_clock(sent_leak), 70, at=MONDAY_9AM)
    notice = transitions.see(Notice.objects.get(), by=qing.liu_handles_water, at=MONDAY_9AM + acts.HOUR)

    assert (notice.seen_by, notice.seen_at) == (qing.liu_handles_water, MONDAY_9AM + acts.HOUR)
    with pytest.raises(Refused):
        transitions.see(notice, by=qing.zhao_handles_roads, at=MONDAY_9AM + timedelta(hours=2))


def test_opening_a_case_marks_what_one_was_told_about_it_as_seen(qing: QingCounty, sent_leak: Case) -> None:
    transitions.alert(handle_clock(sent_leak), 70, at=MONDAY_9AM)

    assert transitions.see_case(sent_leak, by=qing.chen_dispatches, at=MONDAY_9AM) == 0
    assert transitions.see_case(sent_leak, by=qing.liu_handles_water, at=MONDAY_9AM) == 1
    assert not queries.first_waiting_for(qing.liu_handles_water, MONDAY_9AM)
