"""Lists are cut ground by ground and merged: nobody sees a row twice or misses one at the seam of two pages."""

from datetime import datetime, timedelta

import pytest

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import dispatching
from fengqiao.people.models import Role
from fengqiao.web.console import paging
from tests import acts, cast
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn
from tests.web.console.test_worklist import _walk


@pytest.fixture
def mixed(qing: QingCounty, today: datetime) -> set[str]:
    """Cases that the water bureau leads and cases it assists in, by turns; one lies in the area of a second post."""
    cast.hold(qing.liu_handles_water, Role.CLERK, qing.east, qing.east_office)
    for age in range(7):
        at = today - timedelta(minutes=age)
        to, assist = (qing.water, qing.roads) if age % 2 else (qing.roads, qing.water)
        case = acts.open_leak(qing, at=at, **({} if age % 3 else {"region": qing.west}))
        dispatching.dispatch(case, to=to, assist=[assist], by=qing.chen_dispatches, at=at)
    return set(Case.objects.values_list("number", flat=True))


def test_pages_of_a_merged_list_follow_without_gap_or_double(
    qing: QingCounty, sign_in: SignIn, mixed: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "ROWS", 3)
    client = sign_in(qing.liu_handles_water)

    there = _walk(client, "older")
    back = _walk(client, "newer", start=there[-1][1])

    assert [len(found) for found, _ in there] == [3, 3, 1]
    assert {number for found, _ in there for number in found} == mixed
    assert [found for found, _ in back] == [found for found, _ in reversed(there)]


def test_a_merged_list_counts_a_case_once(qing: QingCounty, sign_in: SignIn, mixed: set[str]) -> None:
    for asked in ("?status=all", "?q=%E5%81%9C%E6%B0%B4"):
        page = sign_in(qing.liu_handles_water).get(f"/console/cases/{asked}").content.decode()
        assert "共 7 条" in page
