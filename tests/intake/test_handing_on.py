"""A matter that lies in another county: two legs, one code."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fengqiao.cases.models import RUNNING, Case, Category, Stage
from fengqiao.cases.policy import may
from fengqiao.cases.transitions import dispatching, handling, opening, raising
from fengqiao.intake.models import Report
from fengqiao.intake.policy import may_reveal
from fengqiao.intake.queries import brought
from fengqiao.intake.transitions import handing_on, triaging, unlocking
from fengqiao.jobs import follow
from fengqiao.kit.sealing import START
from fengqiao.kit.verdict import Refused
from fengqiao.oversight.models import Notice
from fengqiao.people.models import User
from tests import acts, neighbours
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty
from tests.neighbours import BaiCounty

REASON = "水管在白县境内，由白县供水站管。"
TUESDAY = MONDAY_9AM + timedelta(days=1)


@pytest.fixture
def bai(qing: QingCounty) -> BaiCounty:
    """Bai County, beside Qing County."""
    return neighbours.build(qing)


@pytest.fixture
def handed(qing: QingCounty, bai: BaiCounty) -> Case:
    """Accepted by the water bureau of Qing County, which found that it lies in Bai County."""
    return hand_on(steps.handling_(qing), bai, by=qing.liu_handles_water)


def hand_on(case: Case, bai: BaiCounty, *, by: User) -> Case:
    return handing_on.hand_on(case, to=bai.county, reason=REASON, by=by, at=TUESDAY)


def leg_of(case: Case) -> Case:
    return case.continued_by.get()


def sees(user: User, case: Case) -> bool:
    return Case.objects.filter(pk=case.pk).visible_to(user, TUESDAY).exists()


def reads(user: User, report: Report) -> bool:
    return Report.objects.filter(pk=report.pk).visible_to(user, TUESDAY).exists()


def test_it_ends_here_as_not_ours_and_waits_for_dispatch_there(qing: QingCounty, bai: BaiCounty, handed: Case) -> None:
    leg = leg_of(handed)

    assert (handed.status, handed.outcome, handed.public_reply) == ("archived", "not_ours", REASON)
    assert (leg.status, leg.county, leg.centre, leg.region) == ("opened", "629902", bai.centre, bai.root)
    assert (leg.title, leg.kind, leg.urgency) == (handed.title, handed.kind, handed.urgency)


def test_the_code_goes_along(qing: QingCounty, handed: Case) -> None:
    report = Report.objects.get()

    assert report.case == leg_of(handed)
    assert leg_of(handed).log.get(verb="open").facts["report"] == report.code
    assert list(brought(handed)) == list(brought(leg_of(handed))) == [report]


def test_all_reports_of_the_matter_go_along(qing: QingCounty, bai: BaiCounty) -> None:
    case = steps.handling_(qing)
    further = triaging.join(acts.receive(qing).report, case, by=qing.ma_clerks, at=MONDAY_9AM)

    leg = leg_of(hand_on(further, bai, by=qing.liu_handles_water))

    codes = [line.facts["report"] for line in leg.log.filter(verb__in=["open", "join"]).order_by("line")]
    assert codes == list(Report.objects.order_by("received_at", "id").values_list("code", flat=True))
    assert leg.reports.count() == 2


def test_the_clocks_here_are_over_and_those_there_begin(qing: QingCounty, handed: Case) -> None:
    leg = leg_of(handed)

    assert not handed.clocks.filter(RUNNING).exists()
    assert handed.clocks.get(stage=Stage.HANDLE).met_at == TUESDAY
    dispatch = leg.clocks.get()
    assert (dispatch.stage, dispatch.started_at, dispatch.county) == (Stage.DISPATCH, TUESDAY, "629902")


def test_each_county_sees_its_own_leg(qing: QingCounty, bai: BaiCounty, handed: Case) -> None:
    leg, report = leg_of(handed), Report.objects.get()

    assert sees(bai.lin_dispatches, leg) and not sees(bai.lin_dispatches, handed)
    assert sees(qing.chen_dispatches, handed) and not sees(qing.chen_dispatches, leg)
    assert sees(qing.tang_supervises_above, handed) and sees(qing.tang_supervises_above, leg)
    assert reads(bai.xie_clerks, report) and reads(qing.ma_clerks, report) and reads(qing.liu_handles_water, report)
    assert not reads(qing.zhao_handles_roads, report) and not reads(bai.hou_handles_works, report)


def test_the_county_there_may_call_the_resident(qing: QingCounty, bai: BaiCounty, handed: Case) -> None:
    assert may_reveal(bai.xie_clerks, Report.objects.get(), TUESDAY)
    assert not may_reveal(bai.hou_handles_works, Report.objects.get(), TUESDAY)


def test_the_resident_answers_about_the_leg_there(qing: QingCounty, bai: BaiCounty) -> None:
    receipt = acts.receive(qing)
    case = triaging.open_case(receipt.report, acts.opening(qing), by=qing.ma_clerks, at=MONDAY_9AM)
    leg = leg_of(hand_on(case, bai, by=qing.chen_dispatches))
    resident = unlocking.unlock(receipt.report, receipt.secret, at=TUESDAY)
    sent = dispatching.dispatch(leg, to=bai.works, by=bai.lin_dispatches, at=TUESDAY)
    done = steps._conclude(qing, sent, bai.hou_handles_works, TUESDAY)

    assert resident.case == leg.pk
    assert may(resident, "evaluate", done, TUESDAY)
    assert acts.evaluate(done, at=TUESDAY).evaluations.count() == 1


def test_before_dispatch_the_centre_itself_answers_for_the_leg_here(qing: QingCounty, bai: BaiCounty) -> None:
    case = hand_on(steps.opened(qing), bai, by=qing.ma_clerks)

    assert (case.lead, case.status) == (qing.centre, "archived")


def test_both_legs_say_where_the_other_is_and_both_chains_hold(qing: QingCounty, handed: Case) -> None:
    leg = leg_of(handed)
    here, there = handed.log.get(verb="hand_on"), leg.log.get(verb="open")

    assert (here.facts["handed_to"], here.facts["number_there"]) == ("白县", leg.number)
    assert (there.facts["handed_from"], there.by) == ("清县综治中心", qing.liu_handles_water)
    for case in (handed, leg):
        digest = START
        for line in case.log.order_by("line"):
            assert line.digest == line.sealed(digest)
            digest = line.digest
        assert Case.objects.get(pk=case.pk).last_digest == digest


def test_the_dispatchers_there_are_told_once(qing: QingCounty, bai: BaiCounty, handed: Case) -> None:
    assert follow.follow(TUESDAY).failed == follow.follow(TUESDAY).failed == 0

    told = Notice.objects.get(case=leg_of(handed))
    assert (told.kind, told.unit, told.role) == ("handed_on", bai.centre, "dispatcher")


def test_it_does_not_go_back_to_where_it_came_from(qing: QingCounty, bai: BaiCounty, handed: Case) -> None:
    third = neighbours.build(qing, code="629903", name="黑县", tag="HX")
    leg = leg_of(handed)

    with pytest.raises(Refused, match="tier above"):
        handing_on.hand_on(leg, to=qing.county, reason=REASON, by=bai.lin_dispatches, at=TUESDAY)

    onward = leg_of(hand_on(leg, third, by=bai.lin_dispatches))
    with pytest.raises(Refused, match="tier above"):
        handing_on.hand_on(onward, to=qing.county, reason=REASON, by=third.lin_dispatches, at=TUESDAY)
    raised = raising.raise_up(onward, reason="两县都说不归自己", by=third.lin_dispatches, at=TUESDAY)
    assert raised.centre == qing.centre_above


def test_a_county_without_a_dispatcher_here_takes_nothing_and_the_road_is_told_in_words(
    qing: QingCounty, bai: BaiCounty
) -> None:
    bai.lin_dispatches.posts.all().delete()

    with pytest.raises(Refused, match="tell the resident where to turn"):
        hand_on(steps.handling_(qing), bai, by=qing.liu_handles_water)
    assert not Case.objects.filter(county="629902").exists()


def test_a_restricted_case_is_not_handed_on(qing: QingCounty, bai: BaiCounty) -> None:
    case = steps.restricted(qing)
    opening.name_viewer(case, qing.chen_dispatches, reason="分办", by=qing.ma_clerks, at=MONDAY_9AM)

    with pytest.raises(Refused, match="restricted"):
        hand_on(case, bai, by=qing.chen_dispatches)


def test_to_its_own_county_it_is_dispatched_instead(qing: QingCounty) -> None:
    with pytest.raises(Refused, match="dispatch it"):
        handing_on.hand_on(steps.opened(qing), to=qing.county, reason=REASON, by=qing.chen_dispatches, at=TUESDAY)


def test_the_subject_is_kept_where_the_other_county_has_it(qing: QingCounty, bai: BaiCounty) -> None:
    ours, theirs = (
        Category.objects.create(county=county, code="010215", name="自来水供应", level=3)
        for county in ("629901", "629902")
    )
    case = acts.open_leak(qing, category=ours)

    assert leg_of(hand_on(case, bai, by=qing.chen_dispatches)).category == theirs


def test_who_had_it_acts_no_more_and_it_cannot_be_reopened_here(qing: QingCounty, handed: Case) -> None:
    with pytest.raises(Refused, match="moved on"):
        handling.add_progress(handed, note="再看看", by=qing.liu_handles_water, at=TUESDAY)
    with pytest.raises(Refused, match="over"):
        steps.ROWS[[row.verb for row in steps.ROWS].index("ask_reopen")].act(qing, handed, qing.ma_clerks, TUESDAY)


def test_a_case_goes_on_once_and_never_from_itself(qing: QingCounty, handed: Case) -> None:
    other = steps.opened(qing)
    for goes_on in (handed, other):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=other.pk).update(continues=goes_on)
