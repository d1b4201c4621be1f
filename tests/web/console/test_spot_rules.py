"""The page of the limits of what is settled on the spot, and what they do where it is written down."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from fengqiao.mediation.models import SpotLimits, SpotRecord
from tests.cast import QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn
from tests.web.console.test_spot import NEW, typed


@pytest.fixture
def table(qing: QingCounty) -> Table:
    return tables.build(qing)


def test_limits_are_set_on_their_page_and_hold_on_the_form(table: Table, sign_in: SignIn) -> None:
    page, desk = reverse("console:spot_limits"), sign_in(table.qing.shi_runs_the_system)
    assert "默认值" in desk.get(page).content.decode()
    said = {"most": "5000", "never": ["medical"], "late_days": "7", "alike": "3", "near": "70", "in_an_hour": "6"}
    said |= {"days": "90", "on": str(localdate())}
    assert desk.post(page, said | {"days": "5"}).status_code == 422
    assert desk.post(page, said).status_code == 302
    tomorrow = localdate() + timedelta(days=1)
    desk.post(page, said | {"most": "2000", "on": str(tomorrow)})
    shown = desk.get(page).content.decode()
    assert "5000" in shown and "2000" in shown and "将生效" in shown
    assert SpotLimits.objects.count() == 2

    writing = sign_in(table.he_mediates_willow)
    assert "5000" in writing.get(NEW).content.decode()
    refused = writing.post(NEW, typed(table, amount="5001"))
    assert refused.status_code == 422 and "最高 5000 元" in refused.content.decode()
    assert writing.post(NEW, typed(table, type="medical")).status_code == 422
    assert writing.post(NEW, typed(table, amount="5000")).status_code == 302
    assert SpotRecord.objects.count() == 1


def test_others_do_not_change_limits(table: Table, sign_in: SignIn) -> None:
    for who in ("wu_supervises", "ma_clerks", "feng_secures"):
        assert sign_in(getattr(table.qing, who)).get(reverse("console:spot_limits")).status_code == 403
