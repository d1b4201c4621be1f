"""What the pages of the desk ask the database does not grow with what they show."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import handling
from tests import acts
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn

FEW, MANY = 3, 24  # all on one page: a list that goes on is counted by one statement more
PEOPLE = ("ma_clerks", "liu_handles_water", "wu_supervises")
# Address, what stands in it once for each row (empty: it shows numbers, not rows), and the most it asks for anybody.
PAGES = {
    "open cases": ("/console/cases/?status=open", "row-number", 7),
    "all cases": ("/console/cases/?status=all", "row-number", 7),
    "overdue cases": ("/console/cases/?overdue=on", "row-number", 7),
    "cases with a word": ("/console/cases/?q=自来水", "row-number", 8),
    "reports": ("/console/reports/?status=all", "row-number", 4),
    "reports with a word": ("/console/reports/?q=自来水", "row-number", 4),
    "what needs me": ("/console/", "", 15),
    "board of the day": ("/console/day/", "", 17),
}
CLOSED = {("liu_handles_water", "board of the day")}
Grow = Callable[[int], None]


def asked_by(client: Client, address: str) -> tuple[int, str]:
    """Count what a page asks, once it was opened before, and give what it says."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    assert page.status_code == 200
    return len(asked), page.content.decode()


@pytest.fixture
def grow(qing: QingCounty, today: datetime) -> Grow:
    """Have so many more matters: reports that wait, and cases opened, with a unit, and concluded."""

    def more(number: int) -> None:
        for each in range(number):
            at = today - timedelta(days=30)
            acts.receive(qing, at=at)
            case = acts.open_leak(qing, at=at, region=qing.grid if each % 2 else qing.willow)
            if each % 3:
                acts.dispatch(qing, case, at=at)
            if each % 3 == 2:
                acts.conclude(qing, case, at=today)

    return more


def test_a_page_asks_the_same_for_few_rows_and_for_many(qing: QingCounty, sign_in: SignIn, grow: Grow) -> None:
    desks = {person: sign_in(getattr(qing, person)) for person in PEOPLE}
    pages = [(person, name) for person in PEOPLE for name in PAGES if (person, name) not in CLOSED]
    grow(FEW)
    few = {each: asked_by(desks[each[0]], PAGES[each[1]][0]) for each in pages}
    grow(MANY - FEW)
    many = {each: asked_by(desks[each[0]], PAGES[each[1]][0]) for each in pages}

    assert {each: asked for each, (asked, _said) in many.items()} == {
        each: asked for each, (asked, _said) in few.items()
    }
    for each in pages:
        _address, row, most = PAGES[each[1]]
        assert many[each][0] <= most, (each, many[each][0])
        assert not row or many[each][1].count(f'class="{row}"') > few[each][1].count(f'class="{row}"') > 0, each


def test_a_case_asks_the_same_for_a_short_record_and_for_a_long_one(
    qing: QingCounty, sign_in: SignIn, sent: Case, today: datetime
) -> None:
    desk, address = sign_in(qing.liu_handles_water), reverse("console:case", args=[sent.number])
    handling.accept(sent, by=qing.liu_handles_water, at=today)
    costs = []
    for number in (FEW, MANY):
        for each in range(number):
            handling.add_progress(sent, note=f"第{each}次到场。", by=qing.liu_handles_water, at=today)
        costs.append(asked_by(desk, address)[0])

    assert costs[0] == costs[1] <= 12, costs
