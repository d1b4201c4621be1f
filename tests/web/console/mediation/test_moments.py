"""A moment that no clock shows is not taken in: once stored, the page that shows it would never open again."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from fengqiao.mediation.models import Dossier
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn
from tests.web.console.mediation.test_agreement import shown, take

LONG_AGO, NEVER, NEVER_ELSEWHERE = "0001-01-01T00:00", "9999-12-31T23:59", "9999-12-31T23:59Z"
OUT_OF_ZONE = "2026-01-01T00:00+23:59"


@pytest.fixture
def begun(table: Table) -> Dossier:
    """The quarrel, accepted an hour ago."""
    return tables.begin(table, at=now() - timedelta(hours=1))


@pytest.mark.parametrize("said", [LONG_AGO, NEVER, NEVER_ELSEWHERE, OUT_OF_ZONE])
def test_the_page_of_a_dossier_opens_whatever_moment_was_typed(
    table: Table, sign_in: SignIn, begun: Dossier, said: str
) -> None:
    client = sign_in(table.he_mediates_willow)
    danger, meeting = {"to": "派出所", "words": "动手", "reported_at": said}, {"kind": "phone", "starts_at": said}

    assert take(client, begun, "plan_meeting", **meeting).status_code == 422
    assert take(client, begun, "report_danger", **danger).status_code == (302 if said == OUT_OF_ZONE else 422)
    assert shown(client, begun).status_code == 200
