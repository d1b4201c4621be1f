"""Kept filters on the work list: beside one another, one of them first, and plain about what is no more."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from fengqiao.cases.models import Case
from fengqiao.desk.models import SavedFilter
from fengqiao.web.console.forms.filters import CaseFilter, ReportFilter
from fengqiao.web.console.mediation.forms.filters import DossierFilter
from tests import acts
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn

CASES = "console:cases"


def keep(client: Client, query: str, name: str = "我的") -> str:
    """Keep a filter; give where it leads back to."""
    return str(client.post(reverse("console:filters"), {"query": query, "name": name}).headers["Location"])


def test_the_present_filter_is_kept_and_is_the_tab_that_is_open(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    desk = sign_in(qing.chen_dispatches)
    query = desk.get(reverse(CASES), {"q": "", "unit": str(qing.water.pk), "overdue": "", "kind": "request"})
    assert query.context["tabs"].query == f"unit={qing.water.pk}&kind=request"

    page = desk.get(keep(desk, query.context["tabs"].query))

    assert [(tab.saved.name, tab.is_here, tab.gone) for tab in page.context["tabs"].all] == [("我的", True, ())]
    assert [case.number for case in page.context["page"].rows] == [sent.number]
    assert page.context["tabs"].query == ""


def test_only_what_the_filter_knows_is_kept(qing: QingCounty, sign_in: SignIn) -> None:
    keep(sign_in(qing.chen_dispatches), "kind=nonsense&evil=1&status=handling&after=x&unit=0")

    assert SavedFilter.objects.get().query == "status=handling"


def test_what_narrows_nothing_is_refused_in_words(qing: QingCounty, sign_in: SignIn) -> None:
    desk = sign_in(qing.chen_dispatches)

    page = desk.get(keep(desk, "evil=1"))

    assert "没有收窄" in page.content.decode()
    assert not SavedFilter.objects.exists()


def test_the_list_opens_with_the_filter_that_was_set_first(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    desk = sign_in(qing.chen_dispatches)
    keep(desk, "status=handling")
    saved = SavedFilter.objects.get()
    desk.post(reverse("console:change_filter", args=[saved.pk]), {"do": "open_first"})

    assert desk.get(reverse(CASES)).headers["Location"] == f"{reverse(CASES)}?status=handling"
    assert desk.get(reverse(CASES), {"status": "open"}).status_code == 200
    assert desk.get(reverse(CASES), headers={"HX-Request": "true"}).status_code == 200
    assert sign_in(qing.wu_supervises).get(reverse(CASES)).status_code == 200


def test_a_filter_that_names_a_closed_unit_says_so(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    desk = sign_in(qing.chen_dispatches)
    address = keep(desk, f"unit={qing.water.pk}&status=all")
    acts.open_leak(qing, at=today)
    qing.water.valid_to = localdate(today) - timedelta(days=1)
    qing.water.save()

    page = desk.get(address)

    assert page.context["tabs"].here.gone == ("主办单位",)
    assert "主办单位" in page.content.decode() and "已不存在" in page.content.decode()
    assert len(page.context["page"].rows) == 1
    assert "已过时" in desk.get(reverse("console:filters")).content.decode()


def test_a_kept_filter_shows_nothing_that_one_may_not_see(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    desk = sign_in(qing.zhao_handles_roads)

    assert desk.get(keep(desk, f"status=all&q={sent.number}")).context["page"].rows == []


def test_filters_are_renamed_and_deleted_on_their_page(qing: QingCounty, sign_in: SignIn) -> None:
    desk = sign_in(qing.chen_dispatches)
    keep(desk, "status=handling")
    address = reverse("console:change_filter", args=[SavedFilter.objects.get().pk])

    desk.post(address, {"do": "rename", "name": "办理中的"})
    assert "办理中的" in desk.get(reverse("console:filters")).content.decode()
    assert "最多" in desk.post(address, {"do": "rename", "name": ""}, follow=True).content.decode()
    desk.post(address, {"do": "drop"})
    assert not SavedFilter.objects.exists()
    assert 'class="empty"' in desk.get(reverse("console:filters")).content.decode()


@pytest.mark.parametrize("who", ["sun_dispatches_west", "wu_supervises", "bai_audits"])
def test_a_filter_of_another_does_not_exist(qing: QingCounty, sign_in: SignIn, who: str) -> None:
    keep(sign_in(qing.chen_dispatches), "status=handling", "陈国强自己的")
    saved = SavedFilter.objects.get()
    other = sign_in(getattr(qing, who))

    assert other.post(reverse("console:change_filter", args=[saved.pk]), {"do": "drop"}).status_code == 404
    assert saved.name not in other.get(reverse("console:filters")).content.decode()


def test_what_cannot_be_done_with_a_filter_does_not_exist(qing: QingCounty, sign_in: SignIn) -> None:
    desk = sign_in(qing.chen_dispatches)
    keep(desk, "status=handling")
    address = reverse("console:change_filter", args=[SavedFilter.objects.get().pk])

    assert desk.post(address, {"do": "share"}).status_code == 404
    assert desk.get(address).status_code == 405


def test_the_list_costs_the_same_with_many_rows_and_many_filters(
    qing: QingCounty, sign_in: SignIn, today: datetime
) -> None:
    desk, costs = sign_in(qing.chen_dispatches), []
    keep(desk, "status=open&kind=request", "第一个")
    for more in (1, 9):
        for number in range(more):
            acts.dispatch(qing, acts.open_leak(qing, at=today), at=today)
            keep(desk, f"status=open&q={more}{number}", f"{more}和{number}")
        desk.get(reverse(CASES), {"status": "open"})
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse(CASES), {"status": "open"})
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_colleagues_read_one_drawing_of_what_they_may_choose(qing: QingCounty, today: datetime) -> None:
    asked, day = QueryDict(f"status=open&unit={qing.water.pk}"), localdate(today)
    kinds: list[Callable[[], Any]] = [
        lambda: CaseFilter(asked, county=qing.county.code, today=day),
        lambda: ReportFilter(asked, county=qing.county.code, today=day),
        lambda: DossierFilter(asked),
    ]
    for kind in kinds:
        first, second = kind(), kind()
        boxes = [name for name, field in first.fields.items() if isinstance(field.widget, forms.Select)]
        assert len(boxes) > 2
        assert [name for name in boxes if str(first[name]) is not str(second[name])] == []

    assert str(kinds[0]()["unit"]).count(" selected") == 1


@pytest.mark.parametrize(("address", "lists"), [(CASES, 2), ("console:reports", 1)])
def test_who_asks_for_the_rows_alone_is_offered_nothing(
    qing: QingCounty, sign_in: SignIn, address: str, lists: int
) -> None:
    desk, costs = sign_in(qing.chen_dispatches), []
    for headers in ({}, {"HX-Request": "true"}):
        desk.get(reverse(address), {"status": "all"}, headers=headers)
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse(address), {"status": "all"}, headers=headers)
        costs.append(len(queries))

    assert costs[0] == costs[1] + lists


def test_the_reports_list_costs_the_same_with_many_rows(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    desk, costs = sign_in(qing.ma_clerks), []
    for more in (1, 9):
        for _ in range(more):
            acts.receive(qing, at=today)
        desk.get(reverse("console:reports"))
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("console:reports"))
        costs.append(len(queries))

    assert costs[0] == costs[1]
