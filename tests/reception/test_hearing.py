"""What came of a talk goes where the matter is; no second book is kept."""

from datetime import timedelta

import pytest

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
from fengqiao.intake.workflow import Status
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Resident
from fengqiao.people.models import Role
from fengqiao.reception.models import Booking, ReceptionDay
from fengqiao.reception.queries import list_of, talks_about
from fengqiao.reception.transitions import booking, hearing
from fengqiao.reception.transitions.hearing import Talk
from fengqiao.reception.vocabulary import Result
from tests import acts, cast
from tests.cast import MONDAY_9AM, QingCounty

DURING = MONDAY_9AM + timedelta(days=4, hours=1)
SAID = "水管年久失修，已请水务局本周更换。"


def booked(report: Report, day: ReceptionDay) -> Booking:
    return booking.book(report, day, by=Resident(report.pk, report.case_id), at=MONDAY_9AM)


def of_case(case: Case, day: ReceptionDay) -> Booking:
    return booked(case.reports.get(), day)


def test_a_matter_in_a_case_gets_a_line_in_its_record_and_no_words_elsewhere(
    qing: QingCounty, sent_leak: Case, friday: ReceptionDay
) -> None:
    talk = Talk(result=Result.IN_CASE, words=SAID, public="一周内更换。")
    noted, receipt = hearing.came(of_case(sent_leak, friday), talk, by=qing.ma_clerks, at=DURING)

    line = sent_leak.log.latest("line")
    assert (line.verb, line.by) == ("add_note", qing.ma_clerks)
    assert all(part in line.note for part in (SAID, "一周内更换。", "李明"))
    assert (noted.came, noted.result, noted.words, receipt) == (True, Result.IN_CASE, "", None)


def test_it_is_progress_with_words_for_the_resident_where_the_post_may(
    qing: QingCounty, sent_leak: Case, friday: ReceptionDay
) -> None:
    cast.hold(qing.ma_clerks, Role.GRID_WORKER, qing.willow, qing.east_office)
    talk = Talk(result=Result.IN_CASE, words=SAID, public="一周内更换。")

    hearing.came(of_case(sent_leak, friday), talk, by=qing.ma_clerks, at=DURING)

    line = sent_leak.log.latest("line")
    assert (line.verb, line.public) == ("add_progress", "一周内更换。")


def test_a_report_that_waits_goes_to_triage_with_the_words(qing: QingCounty, friday: ReceptionDay) -> None:
    report = acts.receive(qing).report
    hearing.came(booked(report, friday), Talk(result=Result.TO_TRIAGE, words=SAID), by=qing.ma_clerks, at=DURING)

    assert [talk.words for talk in talks_about(report)] == [SAID]
    case = triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=DURING)
    assert case.reports.get() == report


def test_another_matter_is_a_new_report_with_its_own_code(
    qing: QingCounty, sent_leak: Case, friday: ReceptionDay
) -> None:
    talk = Talk(result=Result.NEW_REPORT, words="村里的路灯也坏了。")
    noted, receipt = hearing.came(of_case(sent_leak, friday), talk, by=qing.ma_clerks, at=DURING)

    assert receipt is not None and receipt.secret
    assert noted.led_to == receipt.report
    assert (receipt.report.text, receipt.report.status) == ("村里的路灯也坏了。", Status.RECEIVED)
    assert sent_leak.log.latest("line").verb != "add_note"


def test_nobody_came_says_nothing_about_the_matter(qing: QingCounty, sent_leak: Case, friday: ReceptionDay) -> None:
    before = sent_leak.log.count()
    noted = hearing.stayed_away(of_case(sent_leak, friday), by=qing.ma_clerks, at=DURING)

    assert (noted.came, noted.result) == (False, "")
    assert sent_leak.log.count() == before


@pytest.mark.parametrize("result", [Result.TO_TRIAGE, Result.ANSWERED])
def test_what_is_in_a_case_goes_nowhere_else(
    qing: QingCounty, sent_leak: Case, friday: ReceptionDay, result: Result
) -> None:
    with pytest.raises(Refused, match="moved on"):
        hearing.came(of_case(sent_leak, friday), Talk(result=result, words=SAID), by=qing.ma_clerks, at=DURING)


def test_a_talk_is_noted_once_with_words_and_not_before_it(
    qing: QingCounty, sent_leak: Case, friday: ReceptionDay
) -> None:
    held, talk = of_case(sent_leak, friday), Talk(result=Result.IN_CASE, words=SAID)
    for refused, at in ((talk, MONDAY_9AM), (Talk(result=Result.IN_CASE, words=" "), DURING)):
        with pytest.raises(Refused):
            hearing.came(held, refused, by=qing.ma_clerks, at=at)

    hearing.came(held, talk, by=qing.ma_clerks, at=DURING)
    for again in (lambda: hearing.came(held, talk, by=qing.ma_clerks, at=DURING),
                  lambda: hearing.stayed_away(held, by=qing.ma_clerks, at=DURING)):  # fmt: skip
        with pytest.raises(Refused, match="no longer open"):
            again()


def test_somebody_from_elsewhere_notes_nothing(qing: QingCounty, sent_leak: Case, friday: ReceptionDay) -> None:
    held = of_case(sent_leak, friday)

    with pytest.raises(Refused):
        hearing.stayed_away(held, by=qing.liu_handles_water, at=DURING)
    assert Booking.objects.get().outcome_at is None


def test_a_restricted_case_refuses_whoever_is_not_named(qing: QingCounty, friday: ReceptionDay) -> None:
    held = of_case(acts.open_accusation(qing), friday)

    with pytest.raises(Refused):
        hearing.came(held, Talk(result=Result.IN_CASE, words=SAID), by=qing.zhou_clerks, at=DURING)


def test_the_list_names_nobody_and_nothing_confidential(
    qing: QingCounty, sent_leak: Case, friday: ReceptionDay
) -> None:
    accused = acts.open_accusation(qing)
    of_case(sent_leak, friday)
    of_case(accused, friday)

    for who in (qing.ma_clerks, qing.zhou_clerks, qing.gao_leads):
        plain, sealed = list_of(friday, who, MONDAY_9AM)
        assert plain.about == sent_leak.title
        assert (sealed.about, sealed.is_sealed) == ("", True)
        assert (sealed.report is not None) is (who == qing.ma_clerks)
