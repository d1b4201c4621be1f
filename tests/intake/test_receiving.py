from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from fengqiao.cases.vocabulary import Nature
from fengqiao.intake.models import Report
from fengqiao.intake.models.report import TEXT_LIMIT
from fengqiao.intake.transitions import receiving, unlocking
from fengqiao.intake.transitions.receiving import Entry
from fengqiao.intake.workflow import Channel
from fengqiao.kit.codes import misread
from fengqiao.kit.verdict import Refused
from tests import acts
from tests.cast import MONDAY_9AM, SHANGHAI, QingCounty


@pytest.fixture
def entry(qing: QingCounty) -> Entry:
    """What a resident of Willow Village sends by the web."""
    return Entry(channel=Channel.WEB, nature=Nature.HELP, text=acts.LEAK, region=qing.willow)


def test_a_report_is_kept_untouched_with_a_code_and_a_secret(qing: QingCounty, entry: Entry) -> None:
    text = "  第一行\r\n第二行 <b>不是标签</b>  "

    receipt = receiving.receive(qing.county, replace(entry, text=text), by=None, at=MONDAY_9AM)

    stored = Report.objects.get()
    assert (stored.text, stored.county, stored.path) == (text, "629901", qing.willow.path)
    assert stored.code.startswith("QX") and misread(stored.code) is None
    assert len(receipt.secret) == 6 and receipt.secret.isdigit()


def test_the_secret_is_stored_only_as_a_keyed_digest(qing: QingCounty, entry: Entry) -> None:
    receipt = receiving.receive(qing.county, entry, by=None, at=MONDAY_9AM)

    row = str(Report.objects.values().get())
    assert f"'{receipt.secret}'" not in row
    assert len(receipt.report.secret_digest) == 64


def test_the_triage_clock_runs_from_receipt(qing: QingCounty, entry: Entry) -> None:
    report = receiving.receive(qing.county, entry, by=None, at=MONDAY_9AM).report

    clock = report.clocks.get()
    assert clock.due_at == report.due_at == datetime(2026, 3, 2, 11, tzinfo=SHANGHAI)


def test_at_night_the_clock_waits_for_the_morning(qing: QingCounty, entry: Entry) -> None:
    at = MONDAY_9AM - timedelta(hours=12)

    assert receiving.receive(qing.county, entry, by=None, at=at).report.due_at == datetime(
        2026, 3, 2, 10, 30, tzinfo=SHANGHAI
    )


def test_a_form_sent_twice_is_one_report(qing: QingCounty, entry: Entry) -> None:
    first = receiving.receive(qing.county, entry, by=None, at=MONDAY_9AM)
    second = receiving.receive(qing.county, entry, by=None, at=MONDAY_9AM)

    assert (second.report, second.secret) == (first.report, first.secret)
    assert (first.came_before, second.came_before) == (False, True)
    assert Report.objects.count() == 1


def test_a_form_sent_again_much_later_does_not_show_the_secret(qing: QingCounty, entry: Entry) -> None:
    receiving.receive(qing.county, entry, by=None, at=MONDAY_9AM)

    later = receiving.receive(qing.county, entry, by=None, at=MONDAY_9AM + timedelta(minutes=10))

    assert later.secret == ""


def test_a_form_sent_again_does_not_bring_back_a_secret_that_was_replaced(qing: QingCounty, entry: Entry) -> None:
    report = receiving.receive(qing.county, entry, by=None, at=MONDAY_9AM).report
    unlocking.reissue_secret(report, by=qing.ma_clerks, at=MONDAY_9AM)

    assert receiving.receive(qing.county, entry, by=None, at=MONDAY_9AM).secret == ""


def test_two_people_may_send_the_same_words(qing: QingCounty, entry: Entry) -> None:
    for each in (entry, Entry(channel=Channel.WEB, nature=Nature.HELP, text=entry.text, region=entry.region)):
        receiving.receive(qing.county, each, by=None, at=MONDAY_9AM)

    assert Report.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "why"), [("  \n ", "say what happened"), ("长" * (TEXT_LIMIT + 1), "10001 characters")]
)
def test_what_cannot_be_taken_in_says_why(qing: QingCounty, entry: Entry, text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        receiving.receive(qing.county, replace(entry, text=text), by=None, at=MONDAY_9AM)

    assert not Report.objects.exists()


def test_the_longest_text_fits(qing: QingCounty, entry: Entry) -> None:
    long = replace(entry, text="长" * TEXT_LIMIT)

    assert receiving.receive(qing.county, long, by=None, at=MONDAY_9AM).report.text == long.text


def test_a_village_that_was_closed_takes_no_reports(qing: QingCounty, entry: Entry) -> None:
    qing.willow.valid_to = date(2026, 1, 1)
    qing.willow.save()

    with pytest.raises(Refused, match="no longer exists"):
        receiving.receive(qing.county, entry, by=None, at=MONDAY_9AM)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("ma_clerks", True), ("qian_walks_the_grid", False), ("liu_handles_water", False), ("deng_is_a_stranger", False)],
)
def test_who_may_write_a_report_down(qing: QingCounty, entry: Entry, who: str, allowed: bool) -> None:
    entry = replace(entry, channel=Channel.WINDOW)
    if allowed:
        receipt = receiving.receive(qing.county, entry, by=getattr(qing, who), at=MONDAY_9AM)
        assert receipt.report.entered_by == getattr(qing, who)
        return
    with pytest.raises(Refused):
        receiving.receive(qing.county, entry, by=getattr(qing, who), at=MONDAY_9AM)


def test_a_grid_worker_reports_from_the_own_grid(qing: QingCounty, entry: Entry) -> None:
    here = replace(entry, channel=Channel.GRID, region=qing.grid)

    assert receiving.receive(qing.county, here, by=qing.qian_walks_the_grid, at=MONDAY_9AM).report.pk
