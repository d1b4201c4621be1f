"""What a county lets be settled on the spot: sums, types and days, each from its own day."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localdate

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import SpotLimits, SpotRecord
from fengqiao.mediation.spotlimits import limits_of
from fengqiao.mediation.transitions import spot
from fengqiao.mediation.vocabulary import DisputeType
from fengqiao.people.models import StaffLog, User
from fengqiao.playbooks.rulebook.spot import Limits, change_limits
from tests.cast import MONDAY_9AM, QING
from tests.mediation.table import Table
from tests.mediation.test_spot import settled

TODAY = localdate(MONDAY_9AM)
DAY = timedelta(days=1)


@pytest.fixture
def admin(table: Table) -> User:
    return table.qing.shi_runs_the_system


def limits(**changes: object) -> Limits:
    said: dict[str, object] = {
        "most": Decimal(5000), "late_days": 7, "never": ("medical",), "in_an_hour": 6, "alike": 3, "near": 70,
        "days": 90,
    }  # fmt: skip
    return Limits(**(said | changes))  # type: ignore[arg-type]


def record(table: Table, **changes: object) -> SpotRecord:
    at = MONDAY_9AM + 3 * DAY
    return spot.record(settled(table, **changes), to=table.village, by=table.he_mediates_willow, at=at)[0]


def test_without_limits_any_sum_and_type_is_settled_within_thirty_days(table: Table) -> None:
    record(table, amount=Decimal(9_999_999), type=DisputeType.MEDICAL)
    record(table, settled_at=MONDAY_9AM - 27 * DAY)
    with pytest.raises(Refused, match="30"):
        record(table, settled_at=MONDAY_9AM - 28 * DAY)


def test_what_is_beyond_a_limit_is_refused_with_its_words(table: Table, admin: User) -> None:
    change_limits(limits(), on=TODAY, by=admin, at=MONDAY_9AM)
    record(table, amount=Decimal(5000))
    with pytest.raises(Refused, match="5000"):
        record(table, amount=Decimal("5000.01"))
    with pytest.raises(Refused, match=str(DisputeType.MEDICAL.label)):
        record(table, type=DisputeType.MEDICAL)
    assert SpotRecord.objects.count() == 1


def test_what_was_settled_is_measured_by_the_limits_of_its_own_day(table: Table, admin: User) -> None:
    change_limits(limits(), on=TODAY + DAY, by=admin, at=MONDAY_9AM)
    record(table, amount=Decimal(8000))  # on the day before
    with pytest.raises(Refused, match="5000"):
        record(table, amount=Decimal(8000), settled_at=MONDAY_9AM + DAY)
    change_limits(limits(most=None), on=TODAY + 2 * DAY, by=admin, at=MONDAY_9AM)
    record(table, amount=Decimal(8000), settled_at=MONDAY_9AM + 2 * DAY)
    assert [limits_of(QING, TODAY + n * DAY).most for n in (0, 1, 2)] == [None, Decimal(5000), None]


def test_limits_change_from_today_on_by_the_administrator_alone(table: Table, admin: User) -> None:
    for who in ("wu_supervises", "feng_secures", "gao_leads"):
        with pytest.raises(Refused):
            change_limits(limits(), on=TODAY, by=getattr(table.qing, who), at=MONDAY_9AM)
    for said, on in (
        (limits(), TODAY - DAY), (limits(late_days=91), TODAY), (limits(near=101), TODAY), (limits(alike=1), TODAY),
    ):  # fmt: skip
        with pytest.raises(Refused):
            change_limits(said, on=on, by=admin, at=MONDAY_9AM)
    assert not SpotLimits.objects.exists() and not StaffLog.objects.exists()

    change_limits(limits(), on=TODAY, by=admin, at=MONDAY_9AM)
    with pytest.raises(Refused):
        change_limits(limits(), on=TODAY + DAY, by=admin, at=MONDAY_9AM)
    change_limits(limits(most=Decimal(3000)), on=TODAY, by=admin, at=MONDAY_9AM)
    assert SpotLimits.objects.get().most == 3000
    assert set(StaffLog.objects.values_list("act", flat=True)) == {StaffLog.Act.CHANGED_RULE}
