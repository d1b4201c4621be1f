"""A matter that goes on in another county, as the desks of both show it."""

from datetime import datetime

import pytest
from django.urls import reverse

from fengqiao.cases.models import Case
from fengqiao.intake.transitions import handing_on
from tests import acts, neighbours
from tests.cast import QingCounty
from tests.neighbours import BaiCounty
from tests.web.console.conftest import SignIn


@pytest.fixture
def bai(qing: QingCounty) -> BaiCounty:
    """Bai County, beside Qing County."""
    return neighbours.build(qing)


@pytest.fixture
def handed(qing: QingCounty, bai: BaiCounty, new_leak: Case, today: datetime) -> Case:
    """The burst pipe, handed on before it was dispatched."""
    return handing_on.hand_on(new_leak, to=bai.county, reason="在白县境内", by=qing.chen_dispatches, at=today)


def page(sign_in: SignIn, who: object, case: Case) -> str:
    answer = sign_in(who).get(reverse("console:case", args=[case.number]))  # type: ignore[arg-type]
    return str(answer.content.decode())


def test_without_another_county_it_is_not_offered(qing: QingCounty, sign_in: SignIn, new_leak: Case) -> None:
    assert "step=hand_on" not in page(sign_in, qing.chen_dispatches, new_leak)

    neighbours.build(qing)
    assert "step=hand_on" in page(sign_in, qing.chen_dispatches, new_leak)


def test_the_county_here_keeps_what_was_said_and_reads_where_it_went(
    qing: QingCounty, sign_in: SignIn, handed: Case
) -> None:
    leg = handed.continued_by.get()
    shown = page(sign_in, qing.chen_dispatches, handed)

    assert acts.LEAK in shown and leg.number in shown and "白县综治中心" in shown
    assert reverse("console:case", args=[leg.number]) not in shown


def test_the_county_there_reads_where_it_came_from(bai: BaiCounty, sign_in: SignIn, handed: Case) -> None:
    leg = handed.continued_by.get()
    shown = page(sign_in, bai.lin_dispatches, leg)

    assert acts.LEAK in shown and handed.number in shown and "清县综治中心" in shown
    assert reverse("console:case", args=[handed.number]) not in shown


@pytest.mark.parametrize("name", ["report", "received"])
def test_a_report_and_its_slip_lead_to_the_case_it_is_in_now_only_whoever_sees_that(
    qing: QingCounty, sign_in: SignIn, handed: Case, name: str
) -> None:
    leg = handed.continued_by.get()
    address = reverse(f"console:{name}", args=[leg.reports.get().code])
    case = reverse("console:case", args=[leg.number])

    assert case not in sign_in(qing.ma_clerks).get(address).content.decode()
    assert case in sign_in(qing.tang_supervises_above).get(address).content.decode()


def test_whoever_sees_both_legs_is_led_from_one_to_the_other(qing: QingCounty, sign_in: SignIn, handed: Case) -> None:
    leg = handed.continued_by.get()

    assert reverse("console:case", args=[leg.number]) in page(sign_in, qing.tang_supervises_above, handed)
    assert reverse("console:case", args=[handed.number]) in page(sign_in, qing.tang_supervises_above, leg)


def test_the_print_of_the_leg_here_keeps_what_was_said(qing: QingCounty, sign_in: SignIn, handed: Case) -> None:
    answer = sign_in(qing.chen_dispatches).get(reverse("console:print", args=[handed.number]))

    assert acts.LEAK in answer.content.decode()
