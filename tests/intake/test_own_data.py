"""What residents change about themselves, and what each change leaves behind."""

import pytest

from fengqiao.intake.models import Report
from fengqiao.intake.transitions import own_data, triaging
from fengqiao.intake.workflow import DeclineReason, Status
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Resident
from fengqiao.rights.models import DataChange
from tests import acts
from tests.cast import MONDAY_9AM, QingCounty


@pytest.fixture
def report(qing: QingCounty) -> Report:
    """The leak, as it came in."""
    return acts.receive(qing).report


def bearer(report: Report) -> Resident:
    """Whoever holds the secret of this report."""
    return Resident(report.pk, report.case_id)


def archived(qing: QingCounty) -> Report:
    """The leak, dealt with and filed."""
    case = acts.open_leak(qing)
    acts.dispatch(qing, case)
    acts.conclude(qing, case)
    acts.evaluate(case)
    acts.archive(qing, case)
    return Report.objects.get(case=case)


def test_a_correction_changes_the_contact_and_never_the_text(report: Report) -> None:
    own_data.correct(report, reporter="何秀英", phone="13900000099", by=bearer(report), at=MONDAY_9AM)

    now = Report.objects.get()
    assert (now.phone, now.text) == ("13900000099", acts.LEAK)


def test_a_change_is_on_record_by_its_parts_and_not_by_what_stood_there(report: Report) -> None:
    own_data.correct(report, reporter="何秀英", phone="13900000099", by=bearer(report), at=MONDAY_9AM)

    change = DataChange.objects.get()
    assert (change.what, change.parts, change.report, change.at) == ("corrected", "phone", report.pk, MONDAY_9AM)
    assert "13900000012" not in str([*DataChange.objects.values()])


def test_nothing_changed_is_nothing_on_record(report: Report) -> None:
    with pytest.raises(Refused):
        own_data.correct(report, reporter=report.reporter, phone=report.phone, by=bearer(report), at=MONDAY_9AM)
    assert not DataChange.objects.exists()


def test_the_contact_stays_while_someone_may_have_to_call(qing: QingCounty, report: Report) -> None:
    with pytest.raises(Refused, match="open"):
        own_data.erase_contact(report, by=bearer(report), at=MONDAY_9AM)
    triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=MONDAY_9AM)
    with pytest.raises(Refused, match="open"):
        own_data.erase_contact(report, by=bearer(report), at=MONDAY_9AM)

    assert Report.objects.get().phone == report.phone
    assert not DataChange.objects.exists()


def test_once_archived_the_contact_goes_and_the_report_stays(qing: QingCounty) -> None:
    report = archived(qing)
    own_data.erase_contact(report, by=bearer(report), at=MONDAY_9AM)

    now = Report.objects.get()
    assert (now.reporter, now.phone, now.proxy, now.text) == ("", "", "", acts.LEAK)
    assert DataChange.objects.get().what == DataChange.What.ERASED


def test_after_a_refusal_the_contact_may_go_too(qing: QingCounty, report: Report) -> None:
    triaging.decline(report, reason=DeclineReason.NO_CONTENT, route="请拨打 12345", by=qing.ma_clerks, at=MONDAY_9AM)
    own_data.erase_contact(report, by=bearer(report), at=MONDAY_9AM)

    assert Report.objects.get().phone == ""


def test_an_undecided_report_can_be_withdrawn_and_nobody_waits_for_it(qing: QingCounty, report: Report) -> None:
    own_data.withdraw(report, by=bearer(report), at=MONDAY_9AM)

    now = Report.objects.get()
    assert (now.status, now.due_at) == (Status.WITHDRAWN, None)
    assert now.clocks.get().stopped_at == MONDAY_9AM
    with pytest.raises(Refused):
        triaging.open_case(now, acts.opening(qing), by=qing.ma_clerks, at=MONDAY_9AM)


def test_a_report_in_a_case_is_not_withdrawn(qing: QingCounty) -> None:
    case = acts.open_leak(qing)
    report = Report.objects.get(case=case)
    with pytest.raises(Refused, match="taken back"):
        own_data.withdraw(report, by=bearer(report), at=MONDAY_9AM)

    assert Report.objects.get().status == Status.IN_CASE


def test_the_bearer_of_another_report_changes_nothing(qing: QingCounty, report: Report) -> None:
    other = Resident(acts.receive(qing).report.pk, None)
    for act in (own_data.withdraw, own_data.erase_contact):
        with pytest.raises(Refused):
            act(report, by=other, at=MONDAY_9AM)
    with pytest.raises(Refused):
        own_data.correct(report, reporter="别人", phone="", by=other, at=MONDAY_9AM)

    assert Report.objects.get(pk=report.pk).reporter == "何秀英"
