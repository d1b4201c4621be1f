"""A case raised to the tier above, as the desks of both tiers show it."""

from datetime import datetime

import pytest
from django.urls import reverse

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import handling, raising
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn

REASON = "主管网归市里管，县里无权更换。"


@pytest.fixture
def accepted(qing: QingCounty, sent: Case, today: datetime) -> Case:
    """The burst pipe, accepted by the water bureau."""
    return handling.accept(sent, by=qing.liu_handles_water, at=today)


@pytest.fixture
def raised(qing: QingCounty, accepted: Case, today: datetime) -> Case:
    """The same, raised to the prefecture."""
    return raising.raise_up(accepted, reason=REASON, by=qing.liu_handles_water, at=today)


def offered(page: object) -> set[str]:
    return {offer.verb for offer in page.context["page"].offers.steps}  # type: ignore[attr-defined]


def test_the_form_names_the_centre_it_goes_to(qing: QingCounty, sign_in: SignIn, accepted: Case) -> None:
    page = sign_in(qing.liu_handles_water).get(reverse("console:case", args=[accepted.number]), {"step": "raise_up"})

    assert "青山市综治中心" in page.content.decode()


def test_where_no_tier_stands_above_it_is_not_offered(qing: QingCounty, sign_in: SignIn, accepted: Case) -> None:
    address = reverse("console:case", args=[accepted.number])
    assert "raise_up" in offered(sign_in(qing.liu_handles_water).get(address))

    qing.fang_dispatches_above.posts.all().delete()
    assert "raise_up" not in offered(sign_in(qing.liu_handles_water).get(address))


def test_it_stands_under_what_needs_the_dispatcher_above(qing: QingCounty, sign_in: SignIn, raised: Case) -> None:
    def waiting(who: object) -> list[str]:
        page = sign_in(who).get(reverse("console:home"))  # type: ignore[arg-type]
        return [case.number for group in page.context["groups"] for case in group.cases if group.key == "dispatch"]

    assert waiting(qing.fang_dispatches_above) == [raised.number]
    assert waiting(qing.chen_dispatches) == []


def test_the_dispatcher_above_may_choose_units_of_both_levels(qing: QingCounty, sign_in: SignIn, raised: Case) -> None:
    page = sign_in(qing.fang_dispatches_above).get(reverse("console:case", args=[raised.number]))
    shown = page.content.decode()

    assert page.context["page"].offers.next.verb == "dispatch"
    assert qing.roads.name in shown and str(qing.centre_above.pk) in shown


def test_who_raised_it_reads_where_it_is_and_is_offered_nothing(
    qing: QingCounty, sign_in: SignIn, raised: Case
) -> None:
    page = sign_in(qing.liu_handles_water).get(reverse("console:case", args=[raised.number]))

    assert offered(page) == set()
    assert page.context["page"].offers.awaited.who.startswith("青山市综治中心")
    assert REASON in page.content.decode()


def test_the_dispatcher_below_reads_why_it_is_not_theirs(qing: QingCounty, sign_in: SignIn, raised: Case) -> None:
    page = sign_in(qing.chen_dispatches).get(reverse("console:case", args=[raised.number]))

    assert "dispatch" not in offered(page)
    assert "青山市综治中心" in page.context["page"].offers.awaited.reason
