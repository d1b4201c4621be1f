"""Two people press at the same moment, each in a browser: one reads that it is done, the other reads why not."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from fengqiao.cases.models import Case, CaseLog, Evaluation, ReopenRequest
from fengqiao.desk.models import BulkRow, BulkRun
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
from fengqiao.people.models import User
from tests import acts
from tests.cast import QingCounty
from tests.together.hands import Told, together
from tests.together.whole import faults_of, faults_of_reports
from tests.web.resident.pages import answers, press, walk_to_check

pytestmark = pytest.mark.django_db(transaction=True)
STALE = "您填写期间，这件事有了新进展"


@pytest.fixture
def at() -> datetime:
    """The pages read the clock themselves."""
    return now()


def desk(user: User) -> Client:
    """A browser in which somebody is signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="fengqiao.web.shared.backends.Staff")
    return client


def bearer(report: Report, secret: str) -> Client:
    """A browser in which the secret was given."""
    client = Client(raise_request_exception=False)
    assert client.post(reverse("resident:track", args=[report.code]), {"secret": secret}).status_code == 302
    return client


def step(client: Client, case: Case, verb: str, **typed: Any) -> Callable[[], object]:
    """Send a step's form as it was opened at the present line."""
    data = {"seen": case.line_count, **typed}
    return lambda: client.post(reverse("console:step", args=[case.number, verb]), data)


def pages(told: list[Told]) -> list[Any]:
    """What each browser got; nothing may have broken on the way."""
    assert [each.fault for each in told] == [None, None]
    return [each.given for each in told]


def statuses(told: list[Told]) -> list[int]:
    """Redirected is done, 422 is told."""
    return [page.status_code for page in pages(told)]


@pytest.mark.parametrize("in_order", [True, False])
def test_one_case_dispatched_by_two_people(qing: QingCounty, at: datetime, in_order: bool) -> None:
    case = acts.open_leak(qing, at=at)
    one = step(desk(qing.chen_dispatches), case, "dispatch", to=qing.water.pk, note="请今天联系")
    other = step(desk(qing.chen_dispatches_east), case, "dispatch", to=qing.roads.pk, note="路上结冰，请封路")

    told = together(one, other, held=case, in_order=in_order)

    assert sorted(statuses(told)) == [302, 422]
    refused = next(page.content.decode() for page in pages(told) if page.status_code == 422)
    assert STALE in refused and any(kept in refused for kept in ("请今天联系", "路上结冰，请封路"))
    assert CaseLog.objects.filter(case=case, verb="dispatch").count() == 1
    assert case.clocks.filter(stage="handle").count() == 1
    assert faults_of(case) == []


@pytest.mark.parametrize("first", ["evaluate", "archive"])
def test_an_answer_on_the_phone_against_filing(qing: QingCounty, at: datetime, first: str) -> None:
    case = acts.conclude(qing, acts.dispatch(qing, acts.open_leak(qing, at=at), at=at), at=at)
    heard = {"channel": "call", "contacted": "yes", "solved": "no", "satisfied": "not", "words": "水还是没来"}
    acts.receive(qing, at=at)
    case = acts.evaluate(case, at=at)  # one answer is in: from now on it may be filed
    answer = step(desk(qing.ma_clerks), case, "evaluate", **heard)
    filing = step(desk(qing.chen_dispatches), case, "archive")

    told = together(*((answer, filing) if first == "evaluate" else (filing, answer)), held=case, in_order=True)

    assert statuses(told) == [302, 422]
    assert STALE in pages(told)[1].content.decode()
    stored = Case.objects.get(pk=case.pk)
    assert stored.status == ("concluded" if first == "evaluate" else "archived")
    assert ReopenRequest.objects.filter(case=case).exists() == (first == "evaluate")
    assert faults_of(case) == []


def test_a_button_pressed_twice_is_one_step_and_no_fault(qing: QingCounty, at: datetime) -> None:
    case = acts.open_leak(qing, at=at)
    client = desk(qing.chen_dispatches)
    pressed = step(client, case, "dispatch", to=qing.water.pk, note="请今天联系")

    told = together(pressed, pressed, held=case)

    assert statuses(told) == [302, 302]
    assert Case.objects.get(pk=case.pk).line_count == case.line_count + 1
    assert faults_of(case) == []


def test_an_answer_pressed_twice_is_kept_once(qing: QingCounty, at: datetime) -> None:
    receipt = acts.receive(qing, at=at)
    case = triaging.open_case(receipt.report, acts.opening(qing), by=qing.ma_clerks, at=at)
    acts.conclude(qing, acts.dispatch(qing, case, at=at), at=at)
    client, address = bearer(receipt.report, receipt.secret), f"/track/{receipt.report.code}/evaluate/"
    send = partial(client.post, address, {"contacted": "yes", "solved": "no", "satisfied": "not", "words": "没修好"})

    told = together(send, send, held=case)

    assert sorted(statuses(told)) == [302, 422]
    assert Evaluation.objects.count() == ReopenRequest.objects.count() == 1
    assert faults_of(case) == []


def test_a_resident_presses_send_twice(qing: QingCounty) -> None:
    client = Client(raise_request_exception=False)
    check = walk_to_check(client, answers(qing))

    told = together(*[partial(press, client, check, to="send")] * 2)

    assert statuses(told) == [302, 302]
    assert len({page["Location"] for page in pages(told)}) == 1
    assert faults_of_reports([Report.objects.get()]) == []


def test_a_clerk_presses_save_twice(qing: QingCounty) -> None:
    client = desk(qing.ma_clerks)
    typed = {"channel": "phone", "nature": "help", "text": acts.LEAK, "region": qing.willow.pk, "submission": uuid4()}

    told = together(*[partial(client.post, reverse("console:receive"), typed)] * 2)

    assert statuses(told) == [302, 302]
    assert len({page["Location"] for page in pages(told)}) == 1
    assert faults_of_reports([Report.objects.get()]) == []


def test_two_people_send_the_same_rows_and_each_row_is_judged_for_itself(qing: QingCounty, at: datetime) -> None:
    """Mixed rows: three to send, one that is with a unit already. Every row is done by one of them and no other."""
    cases = [acts.open_leak(qing, at=at) for _ in range(3)] + [acts.dispatch(qing, acts.open_leak(qing, at=at), at=at)]
    people = [qing.chen_dispatches, qing.chen_dispatches_east]

    def confirm(client: Client, order: int) -> object:
        rows = [f"{case.number}.{case.line_count}" for case in cases[::order]]
        sent = {"verb": "dispatch", "case": rows, "to": qing.water.pk, "note": "一并办理", "submission": uuid4()}
        return client.post(reverse("console:bulk_confirm"), sent)

    told = together(*(partial(confirm, desk(by), order) for by, order in zip(people, (1, -1), strict=True)))

    assert statuses(told) == [302, 302]
    assert BulkRun.objects.filter(finished_at__isnull=False).count() == 2
    rows = BulkRow.objects.order_by("place")
    for case in cases:
        of_case = [row.outcome for row in rows.filter(case=case)]
        assert sorted(of_case) == (["refused", "refused"] if case.lead_id else ["done", "refused"])
        assert CaseLog.objects.filter(case=case, verb="dispatch").count() == 1
        assert faults_of(case) == []
    assert all(row.reason for row in rows if row.outcome == BulkRow.Outcome.REFUSED)


def test_a_check_page_confirmed_twice_is_one_run(qing: QingCounty, at: datetime) -> None:
    cases = [acts.open_leak(qing, at=at) for _ in range(4)]
    client = desk(qing.chen_dispatches)
    rows = [f"{case.number}.{case.line_count}" for case in cases]
    sent = {"verb": "dispatch", "case": rows, "to": qing.water.pk, "note": "", "submission": uuid4()}

    told = together(*[partial(client.post, reverse("console:bulk_confirm"), sent)] * 2)

    assert statuses(told) == [302, 302] and len({page["Location"] for page in pages(told)}) == 1
    assert list(BulkRow.objects.values_list("outcome", flat=True)) == ["done"] * 4
    assert [fault for case in cases for fault in faults_of(case)] == []
