"""Two hands on one report, one form, one photo: one decision, one report, no file lost."""

from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest
from django.db import transaction

from fengqiao.cases.models import Case, CaseLog
from fengqiao.cases.transitions import handling
from fengqiao.cases.vocabulary import Nature
from fengqiao.files.models import Attachment, Basket
from fengqiao.files.transitions.keeping import Enclosed, attach, keep
from fengqiao.files.vocabulary import Parent
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import own_data, receiving, resettling, triaging, unlocking
from fengqiao.intake.transitions.receiving import Entry, Receipt
from fengqiao.intake.workflow import Channel, DeclineReason
from fengqiao.people.actors import Resident
from fengqiao.places.models.region import Level
from fengqiao.playbooks.redrawing import acts as redrawing
from fengqiao.playbooks.redrawing.acts import Change
from tests import acts, cast, photos
from tests.cases import steps
from tests.cast import MONDAY_9AM, QING, QingCounty
from tests.together.hands import together
from tests.together.whole import faults_of, faults_of_reports

pytestmark = pytest.mark.django_db(transaction=True)
Do = Callable[[QingCounty, Report], object]


def open_it(qing: QingCounty, report: Report) -> object:
    return triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=MONDAY_9AM)


def join_it(qing: QingCounty, report: Report) -> object:
    return triaging.join(report, Case.objects.latest("opened_at"), by=qing.zhou_clerks, at=MONDAY_9AM)


def decline_it(qing: QingCounty, report: Report) -> object:
    reason = DeclineReason.NO_CONTENT
    return triaging.decline(report, reason=reason, route="请拨打 12345", by=qing.zhou_clerks, at=MONDAY_9AM)


def take_it_back(qing: QingCounty, report: Report) -> object:
    return own_data.withdraw(report, by=Resident(report.pk, None), at=MONDAY_9AM)


PAIRS: dict[str, tuple[Do, Do]] = {
    "opened twice": (open_it, open_it),
    "opened against joined": (open_it, join_it),
    "joined against declined": (join_it, decline_it),
    "opened against taken back": (open_it, take_it_back),
}


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("order", [1, -1])
def test_one_decision_holds_and_the_other_is_told(qing: QingCounty, name: str, order: int) -> None:
    other = acts.open_leak(qing)
    report = acts.receive(qing).report

    told = together(*(partial(do, qing, report) for do in PAIRS[name][::order]), held=report, in_order=True)

    assert [each.won for each in told] == [True, False] and told[1].words and not told[1].fault
    assert faults_of_reports([report]) == [] and faults_of(other) == []
    assert report.decisions.count() + (Report.objects.get(pk=report.pk).status == "withdrawn") == 1


def entry(qing: QingCounty) -> Entry:
    """A form with a photo, as a browser sends it; pressed twice it is sent with the same marks."""
    form = uuid4()
    keep(photos.given(photos.photo()), form, county=QING, by=None, at=MONDAY_9AM)
    said = {"text": acts.LEAK, "region": qing.willow, "submission": form, "enclosed": Enclosed(form)}
    return Entry(channel=Channel.WEB, nature=Nature.HELP, **said)  # type: ignore[arg-type]


def test_a_form_sent_by_three_hands_at_once_is_one_report_with_one_secret(qing: QingCounty) -> None:
    for number in range(1, 6):
        form = entry(qing)
        told = together(*[lambda form=form: receiving.receive(qing.county, form, by=None, at=MONDAY_9AM)] * 3)

        receipts = [each.given for each in told if isinstance(each.given, Receipt)]
        assert len(receipts) == 3, told
        assert len({(receipt.report.pk, receipt.secret) for receipt in receipts}) == 1 and receipts[0].secret
        assert sum(receipt.came_before for receipt in receipts) == 2
        assert (Report.objects.count(), Attachment.objects.filter(kind=Parent.REPORT).count()) == (number, number)
        assert faults_of_reports([receipts[0].report]) == []


def test_five_wrong_secrets_at_once_are_five_tries(qing: QingCounty) -> None:
    report = acts.receive(qing).report

    told = together(*[lambda: unlocking.unlock(report, "000000", at=MONDAY_9AM)] * 5, held=report)

    assert all(each.words for each in told)
    assert Report.objects.get(pk=report.pk).secret_paused_until is not None


@pytest.mark.parametrize("in_order", [True, False])
def test_two_units_send_photos_to_one_case_at_once(qing: QingCounty, in_order: bool) -> None:
    case = steps.helped(qing)
    people = [qing.liu_handles_water, qing.han_handles_east]
    baskets = [uuid4(), uuid4()]
    pictures = [photos.photo(120, 90, colour=colour) for colour in ("#aa3311", "#1133aa")]

    def bring(hand: int) -> object:
        """Three photos with the form, then the form itself."""
        by, basket = people[hand], baskets[hand]
        for number in range(3):
            keep(photos.given(pictures[hand], f"{number}.jpg"), basket, county=QING, by=by, at=MONDAY_9AM)
        enclosed = Enclosed(basket, for_resident=True)
        return handling.add_progress(case, public="见照片", enclosed=enclosed, by=by, at=MONDAY_9AM)

    told = together(partial(bring, 0), partial(bring, 1), held=case, in_order=in_order)

    assert all(each.won for each in told), told
    lines = CaseLog.objects.filter(case=case, verb="add_progress")
    assert [len(set(line.facts["files"])) for line in lines] == [1, 1]
    for line in lines:
        files = Attachment.objects.filter(kind=Parent.LINE, thing=line.pk)
        assert [file.digest for file in files] == line.facts["files"] and {file.by for file in files} == {line.by}
    assert Attachment.objects.count() == 6 and not Basket.objects.exists()
    assert faults_of(case) == []


def test_a_photo_that_comes_while_its_form_is_sent_waits_by_itself(qing: QingCounty) -> None:
    """It came too late for the form; the page shows it as waiting, and the sweep takes it if nobody sends it."""
    form, thing = uuid4(), uuid4()
    keep(photos.given(photos.photo()), form, county=QING, by=None, at=MONDAY_9AM)

    def send() -> object:
        with transaction.atomic():
            return attach(Enclosed(form), Parent.REPORT, thing, county=QING, by=None)

    def bring() -> object:
        return keep(photos.given(photos.photo()), form, county=QING, by=None, at=MONDAY_9AM)

    told = together(send, bring, held=Basket.objects.get(pk=form), in_order=True)

    assert [each.won for each in told] == [True, True], told
    assert Attachment.objects.filter(thing=thing).count() == 1
    assert Attachment.objects.waiting_in(form).count() == 1


def test_a_report_that_is_opened_does_not_move_with_its_place(qing: QingCounty) -> None:
    report = acts.receive(qing).report
    change = Change(MONDAY_9AM.date(), qing.shi_runs_the_system, MONDAY_9AM)
    grid = cast.place(f"{QING}101201002", "柳树第二网格", Level.GRID, qing.willow)
    redrawing.close([grid], qing.willow, change)
    Report.objects.filter(pk=report.pk).update(region=grid, path=grid.path)

    opened, moved = together(
        partial(open_it, qing, report), partial(resettling.resettle_reports, MONDAY_9AM), held=report, in_order=True
    )

    assert opened.won and moved.given == 0
    assert Report.objects.get(pk=report.pk).region == grid
