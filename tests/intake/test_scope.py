"""Before triage a report is seen by area, after it as its case; an accusation by the county centre's clerks only."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from fengqiao.cases.models import Case
from fengqiao.cases.vocabulary import Nature
from fengqiao.intake.models import Report
from fengqiao.people.models import Role
from tests import acts, cast
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty


def sees(qing: QingCounty, who: str) -> bool:
    """Test if a person sees the one report there is."""
    return Report.objects.visible_to(getattr(qing, who), MONDAY_9AM).exists()


PLAIN = {"ma_clerks": True, "chen_dispatches_east": True, "sun_dispatches_west": False, "liu_handles_water": False,
         "gao_leads": True, "bai_audits": False, "deng_is_a_stranger": False}  # fmt: skip


@pytest.mark.parametrize(("who", "seen"), PLAIN.items())
def test_who_sees_a_report_before_triage(qing: QingCounty, who: str, seen: bool) -> None:
    acts.receive(qing)

    assert sees(qing, who) is seen


@pytest.mark.parametrize("who", PLAIN)
def test_only_the_county_centres_clerks_see_an_accusation(qing: QingCounty, who: str) -> None:
    acts.receive(qing, nature=Nature.ACCUSATION)

    assert sees(qing, who) is (who == "ma_clerks")


def test_a_township_clerk_sees_no_accusation(qing: QingCounty) -> None:
    cast.hold(qing.deng_is_a_stranger, Role.CLERK, qing.east, qing.centre)
    acts.receive(qing, nature=Nature.ACCUSATION)

    assert not sees(qing, "deng_is_a_stranger")


def test_after_triage_the_case_decides(qing: QingCounty, sent_leak: Case) -> None:
    assert sees(qing, "liu_handles_water")
    assert not sees(qing, "zhao_handles_roads")


def test_the_report_of_a_restricted_case_is_as_hidden_as_the_case(qing: QingCounty) -> None:
    steps.restricted(qing)

    assert sees(qing, "ma_clerks")
    assert not sees(qing, "zhou_clerks")
    assert not sees(qing, "gao_leads")


def test_a_report_is_read_where_its_case_lies_now(qing: QingCounty, sent_leak: Case) -> None:
    report = sent_leak.reports.get()
    assert report.read_path == sent_leak.path == qing.willow.path

    Case.objects.filter(pk=sent_leak.pk).update(path=qing.west.path, region=qing.west)
    assert sees(qing, "sun_dispatches_west")
    assert not sees(qing, "chen_dispatches_east")

    Case.objects.filter(pk=sent_leak.pk).update(is_restricted=True)
    assert not sees(qing, "sun_dispatches_west")
    assert not sees(qing, "chen_dispatches")

    Case.objects.filter(pk=sent_leak.pk).update(is_restricted=False)
    assert sees(qing, "sun_dispatches_west")


def test_a_report_keeps_when_its_case_was_opened(qing: QingCounty, sent_leak: Case) -> None:
    report, other = sent_leak.reports.get(), acts.open_leak(qing, at=MONDAY_9AM + timedelta(days=3))
    waiting = acts.receive(qing).report

    def kept() -> datetime | None:
        report.refresh_from_db()
        return report.case_opened_at

    assert kept() == sent_leak.opened_at
    assert Report.objects.get(pk=waiting.pk).case_opened_at is None

    Report.objects.filter(pk=report.pk).update(case=other)
    assert kept() == other.opened_at
    Case.objects.filter(pk=other.pk).update(opened_at=MONDAY_9AM)
    assert kept() == MONDAY_9AM
    Report.objects.filter(pk=report.pk).update(case=None, status="received")
    assert kept() is None


def test_a_loader_that_switches_triggers_off_still_says_where_a_report_is_read(qing: QingCounty) -> None:
    acts.receive(qing)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Report.objects.update(read_path="")
        cursor.execute("SET LOCAL session_replication_role = origin")

    assert sees(qing, "chen_dispatches_east")
