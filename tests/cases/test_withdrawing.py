"""A resident no longer wants what is in a case already: asked for, seen, concluded by a person."""

import pytest

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import handling, withdrawing
from fengqiao.cases.vocabulary import Outcome
from fengqiao.cases.withdrawals import still_wanted
from fengqiao.cases.workflow import Status
from fengqiao.followups import FOLLOW_UPS
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
from fengqiao.kit.verdict import Refused
from fengqiao.oversight.models import Notice
from fengqiao.people.actors import Resident
from fengqiao.people.models import Role
from tests import acts
from tests.cast import MONDAY_9AM, QingCounty

WHY = "邻居帮忙修好了"


def give_up(report: Report, *, words: str = WHY) -> Case:
    report.refresh_from_db()
    assert report.case is not None
    by = Resident(report.pk, report.case_id)
    return withdrawing.ask_withdraw(report.case, report=report.code, words=words, by=by, at=MONDAY_9AM)


def conclude_as_withdrawn(qing: QingCounty, case: Case) -> Case:
    return handling.conclude(
        case,
        outcome=Outcome.WITHDRAWN,
        public_reply="按您的意愿办结，需要时可再反映。",
        by=qing.liu_handles_water,
        at=MONDAY_9AM,
    )


@pytest.fixture
def neighbours(qing: QingCounty, sent_leak: Case) -> Report:
    """A neighbour told of the same burst pipe; the clerk joined it."""
    report = acts.receive(qing, text="柳树村口水管裂了，路上全是水。").report
    triaging.join(report, sent_leak, by=qing.ma_clerks, at=MONDAY_9AM)
    return report


def test_asking_ends_nothing_by_itself(qing: QingCounty, sent_leak: Case) -> None:
    case = give_up(sent_leak.reports.get())

    assert case.status == Status.DISPATCHED
    line = case.log.latest("line")
    assert (line.verb, line.note, line.actor) == ("ask_withdraw", WHY, "resident")
    assert conclude_as_withdrawn(qing, case).outcome == Outcome.WITHDRAWN


def test_it_is_asked_once(qing: QingCounty, sent_leak: Case) -> None:
    give_up(sent_leak.reports.get())

    with pytest.raises(Refused, match="already"):
        give_up(sent_leak.reports.get())


def test_what_others_brought_goes_on(qing: QingCounty, sent_leak: Case, neighbours: Report) -> None:
    first = sent_leak.reports.exclude(pk=neighbours.pk).get()
    case = give_up(first)

    assert still_wanted(case) == [neighbours.code]
    with pytest.raises(Refused, match=neighbours.spoken_code):
        conclude_as_withdrawn(qing, case)
    assert Case.objects.get(pk=case.pk).status == Status.DISPATCHED


def test_once_all_have_given_it_up_it_ends_as_withdrawn(qing: QingCounty, sent_leak: Case, neighbours: Report) -> None:
    for report in sent_leak.reports.all():
        case = give_up(report)

    assert conclude_as_withdrawn(qing, case).status == Status.CONCLUDED


def test_several_reports_and_no_request_are_not_withdrawn_by_the_unit(
    qing: QingCounty, sent_leak: Case, neighbours: Report
) -> None:
    with pytest.raises(Refused, match="have not withdrawn"):
        conclude_as_withdrawn(qing, sent_leak)


def test_a_resident_gives_up_only_their_own_matter(qing: QingCounty, sent_leak: Case) -> None:
    stranger = acts.receive(qing, text="另一件事").report

    with pytest.raises(Refused):
        withdrawing.ask_withdraw(
            sent_leak, report=stranger.code, words="", by=Resident(stranger.pk, None), at=MONDAY_9AM
        )


def test_the_unit_that_has_it_is_told(qing: QingCounty, sent_leak: Case) -> None:
    line = give_up(sent_leak.reports.get()).log.latest("line")

    for follow in FOLLOW_UPS[line.verb]:
        follow(line, MONDAY_9AM)

    told = Notice.objects.get(kind=Notice.Kind.WITHDRAW)
    assert (told.unit, told.role) == (qing.water, Role.HANDLER)


def test_before_dispatch_the_dispatcher_is_told(qing: QingCounty, leak: Case) -> None:
    line = give_up(leak.reports.get()).log.latest("line")

    for follow in FOLLOW_UPS[line.verb]:
        follow(line, MONDAY_9AM)

    assert Notice.objects.get(kind=Notice.Kind.WITHDRAW).role == Role.DISPATCHER
