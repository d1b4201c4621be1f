"""Cases that sound alike, and the centre at which a report is triaged."""

from typing import Any

import pytest

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.intake.queries import alike, brought, centre_for, first_title, to_review, waiting
from fengqiao.intake.transitions import triaging
from fengqiao.intake.workflow import DeclineReason
from fengqiao.people.actors import Resident
from fengqiao.people.models import Role
from tests import acts, cast
from tests.cast import MONDAY_9AM, QingCounty


def test_reports_of_a_case_have_what_was_read_with_it_and_those_of_elsewhere_their_own(
    qing: QingCounty, leak: Case, django_assert_num_queries: Any
) -> None:
    another = acts.receive(qing, at=MONDAY_9AM + acts.HOUR).report
    triaging.join(another, leak, by=qing.ma_clerks, at=MONDAY_9AM + acts.HOUR)
    Report.objects.filter(pk=another.pk).update(region=qing.west)
    case = Case.objects.select_related("region__parent__parent").get(pk=leak.pk)

    with django_assert_num_queries(2):  # the second for the other place
        here, there = brought(case)

    assert here.case is there.case is case
    assert here.region is case.region
    assert (there.region, there.region.parent) == (qing.west, qing.root)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我们村自来水管爆了，没水吃", True),
        ("柳树村的路灯坏了", False),
        ("希望尽快处理，谢谢", False),
        ("水", False),
        ("", False),
    ],
)
def test_it_takes_more_than_a_common_word_to_sound_alike(qing: QingCounty, leak: Case, text: str, found: bool) -> None:
    assert [each.case for each in alike(text, qing.willow, qing.ma_clerks, MONDAY_9AM)] == ([leak] if found else [])


def test_it_says_which_words_are_shared(qing: QingCounty, leak: Case) -> None:
    (one,) = alike("我们村自来水管爆了，没水吃", qing.willow, qing.ma_clerks, MONDAY_9AM)

    assert one.shared[0] == "村自来水管爆了"


def test_it_looks_in_the_same_township_and_within_sight_only(qing: QingCounty, leak: Case) -> None:
    assert alike(acts.LEAK, qing.west, qing.ma_clerks, MONDAY_9AM) == []
    assert alike(acts.LEAK, qing.east, qing.sun_dispatches_west, MONDAY_9AM) == []
    assert alike(acts.LEAK, qing.grid, qing.ma_clerks, MONDAY_9AM) != []


def test_a_closed_case_is_not_offered(qing: QingCounty, done_leak: Case) -> None:
    assert alike(acts.LEAK, qing.willow, qing.ma_clerks, MONDAY_9AM) == []


def test_a_report_is_triaged_at_the_centre_of_the_post(qing: QingCounty) -> None:
    report = acts.receive(qing).report
    helper = cast.person("lu_helps", "陆帮办", Role.CLERK, qing.east, qing.east_office)

    assert centre_for(qing.ma_clerks, report.county, MONDAY_9AM) == qing.centre
    assert centre_for(helper, report.county, MONDAY_9AM) == qing.centre


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("水管爆了。家里停水两天了。", "水管爆了"),
        ("水" * 40, "水" * 29 + "…"),
    ],
)
def test_a_title_is_proposed_from_the_first_sentence(qing: QingCounty, text: str, title: str) -> None:
    assert first_title(acts.receive(qing, text=text).report) == title


def test_nobody_is_shown_ones_own_no_to_review(qing: QingCounty) -> None:
    report = acts.receive(qing).report
    triaging.decline(report, reason=DeclineReason.PETITION, route="法院", by=qing.ma_clerks, at=MONDAY_9AM)
    triaging.ask_review(report, by=Resident(report.pk, None), at=MONDAY_9AM)

    (own,), (others,) = (waiting(to_review(user, MONDAY_9AM)) for user in (qing.ma_clerks, qing.zhou_clerks))

    assert (own.count, others.count) == (0, 1)
