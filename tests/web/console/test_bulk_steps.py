"""The steps that are often taken on many rows: filing what was answered, accepting what came."""

from datetime import datetime

from fengqiao.cases.models import Case
from fengqiao.cases.workflow import Status
from tests import acts, cast
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn
from tests.web.console.test_bulk import check, confirm, mark


def test_the_archive_is_filled_in_one_go(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    answered = [
        acts.conclude(qing, acts.dispatch(qing, acts.open_leak(qing, at=today), at=today), at=today) for _ in "12"
    ]
    for case in answered:
        acts.evaluate(case, at=today)
    unanswered = acts.conclude(qing, acts.dispatch(qing, acts.open_leak(qing, at=today), at=today), at=today)
    desk = sign_in(qing.chen_dispatches)

    checked = check(desk, "archive", [mark(case) for case in (*answered, unanswered)])
    confirm(desk, checked)

    assert [each.picked.thing for each in checked.context["cannot"]] == [unanswered]
    assert set(Case.objects.filter(status=Status.ARCHIVED)) == set(answered)


def test_a_handler_accepts_all_that_came(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    three = [acts.dispatch(qing, acts.open_leak(qing, at=today), at=today) for _ in range(3)]
    cast.hold(qing.liu_handles_water, "handler", qing.root, qing.roads)  # type: ignore[arg-type]
    desk = sign_in(qing.liu_handles_water)

    confirm(desk, check(desk, "accept", [mark(case) for case in three]))

    assert set(Case.objects.values_list("status", flat=True)) == {Status.HANDLING}
