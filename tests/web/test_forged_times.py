"""There is one window to ask for reopening, read from the stored clock: what a browser says of times is not heard."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from fengqiao.cases import deadlines
from fengqiao.cases.models import Case, CaseClock, ReopenRequest, Stage
from fengqiao.cases.transitions import reopening
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import unlocking
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Resident
from tests import acts
from tests.cast import MONDAY_9AM, QingCounty

MOMENT = timedelta(microseconds=1)
TIMES = ("at", "asked_at", "due_at", "started_at", "concluded_at", "archived_at", "now", "window", "round", "seen")


def done(qing: QingCounty, at: datetime) -> Case:
    """A case concluded and evaluated at this moment."""
    case = acts.conclude(qing, acts.dispatch(qing, acts.open_leak(qing, at=at), at=at), at=at)
    return acts.evaluate(case, at=at)


def window(case: Case) -> CaseClock:
    """The one stored window."""
    return CaseClock.objects.get(case=case, stage=Stage.REOPEN)


def ask(case: Case, at: datetime) -> Case:
    """The resident asks."""
    return reopening.ask_reopen(case, words="又停水了", by=Resident(Report.objects.get(case=case).pk, case.pk), at=at)


def forged(at: datetime) -> dict[str, str]:
    """Every time a form could carry, as if it were yesterday."""
    return dict.fromkeys(TIMES, at.isoformat())


def test_the_window_ends_with_its_stored_due_time_to_the_moment(qing: QingCounty) -> None:
    on_time, late = done(qing, MONDAY_9AM), done(qing, MONDAY_9AM)

    ask(on_time, window(on_time).due_at)
    with pytest.raises(Refused):
        ask(late, window(late).due_at + MOMENT)

    assert ReopenRequest.objects.get().case == on_time


def test_what_stands_in_memory_is_not_believed(qing: QingCounty) -> None:
    case = done(qing, MONDAY_9AM)
    after = window(case).due_at + MOMENT
    case.concluded_at = case.archived_at = case.due_at = after
    case.round, case.status = 7, "handling"

    with pytest.raises(Refused):
        ask(case, after)

    assert not ReopenRequest.objects.exists()


def test_closing_the_window_and_filing_the_case_do_not_open_another(qing: QingCounty) -> None:
    case = acts.archive(qing, done(qing, MONDAY_9AM))
    due = window(case).due_at
    deadlines.close_windows(due + MOMENT)

    with pytest.raises(Refused):
        ask(case, due + MOMENT)

    assert (window(case).due_at, window(case).stopped_at) == (due, due)


def test_after_a_refusal_the_window_is_the_one_it_was(qing: QingCounty) -> None:
    case = ask(done(qing, MONDAY_9AM), MONDAY_9AM + acts.HOUR)
    due = window(case).due_at
    who = {"by": qing.chen_dispatches, "at": MONDAY_9AM + 2 * acts.HOUR}
    reopening.refuse_reopen(case, reason="已复核", other_road="可申请复查", **who)  # type: ignore[arg-type]

    assert window(case).due_at == due
    with pytest.raises(Refused):
        ask(case, due + MOMENT)


@pytest.mark.parametrize("days", [0, 31])
def test_a_resident_cannot_move_the_window_by_what_the_browser_sends(
    client: Client, qing: QingCounty, days: int
) -> None:
    at = now() - timedelta(days=days)
    case = done(qing, at)
    report = Report.objects.get(case=case)
    secret = unlocking.reissue_secret(report, by=qing.ma_clerks, at=now())
    client.post(reverse("resident:track", args=[report.code]), {"secret": secret})

    headers = {"Date": at.strftime("%a, %d %b %Y %H:%M:%S GMT"), "X-Request-Start": str(at.timestamp())}
    sent = {"words": "又停水了", **forged(at)}
    answer = client.post(reverse("resident:reopen", args=[report.code]), sent, headers=headers)

    assert answer.status_code == (302 if days == 0 else 422)
    assert [asked.asked_at >= at + timedelta(days=days) for asked in ReopenRequest.objects.all()] == [True] * (
        days == 0
    )


@pytest.mark.parametrize("days", [0, 31])
def test_a_clerk_cannot_either(client: Client, qing: QingCounty, days: int) -> None:
    at = now() - timedelta(days=days)
    case = done(qing, at)
    client.force_login(qing.ma_clerks, backend="fengqiao.web.shared.backends.Staff")

    sent = forged(at) | {"words": "又停水了", "seen": str(case.line_count)}
    answer = client.post(reverse("console:step", args=[case.number, "ask_reopen"]), sent)

    assert answer.status_code == (302 if days == 0 else 422)
    assert ReopenRequest.objects.count() == (days == 0)
    assert window(case).due_at == case.clocks.get(stage=Stage.REOPEN).started_at + timedelta(days=30)
