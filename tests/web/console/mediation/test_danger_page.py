"""A danger on the page of a dossier: to whom it was reported and when, and a note for those at the table alone."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from fengqiao.mediation.models import Dossier
from tests.cast import QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn
from tests.web.console.mediation.test_agreement import moment, shown, take

NOTE, DUTY = "见面时请派出所在场", "派出所或者有关部门"


@pytest.fixture
def begun(table: Table) -> Dossier:
    """The quarrel, accepted an hour ago."""
    return tables.begin(table, at=now() - timedelta(hours=1))


def test_the_note_asks_for_the_report_until_it_is_made(
    table: Table, qing: QingCounty, sign_in: SignIn, begun: Dossier
) -> None:
    client = sign_in(table.he_mediates_willow)
    Dossier.objects.filter(pk=begun.pk).update(safety_note=NOTE)
    page = shown(client, begun).content.decode()
    assert NOTE in page and DUTY in page

    danger = {
        "to": "东镇派出所",
        "words": "扬言动手",
        "reported_at": moment(),
        "safety_note": "分开谈",
        "measures": "劝回家",
    }
    assert take(client, begun, "report_danger", **danger).status_code == 302
    page = shown(client, begun).content.decode()
    assert "分开谈" in page and "东镇派出所" in page and "劝回家" in page and DUTY not in page
    assert begun.danger_reports.get().reported_at < now()

    reader = shown(sign_in(qing.chen_dispatches), begun).content.decode()
    assert "分开谈" not in reader and "扬言动手" not in reader
