"""Identity numbers on the page of a dossier: masked there, shown whole in one answer to whoever says why."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import now

from fengqiao.mediation import identity
from fengqiao.mediation.models import Dossier, Identity
from fengqiao.rights.models import AccessLog
from tests.cast import QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn
from tests.web.console.mediation.test_agreement import shown, take
from tests.web.console.mediation.test_beside import refused_with

NUMBER, MASKED = "11010519491231002X", "****002X"  # the specimen of GB 11643


@pytest.fixture(autouse=True)
def key(tmp_path: Path, settings: Any) -> None:
    """A file with one key."""
    settings.IDENTITY_KEY_FILE = tmp_path / "identity.key"
    settings.IDENTITY_KEY_FILE.write_text(identity.new_key())
    settings.IDENTITY_KEY_FILE.chmod(0o600)


@pytest.fixture
def begun(table: Table) -> Dossier:
    """The quarrel, accepted an hour ago."""
    return tables.begin(table, at=now() - timedelta(hours=1))


def test_it_is_entered_masked_and_shown_once_with_a_reason(table: Table, sign_in: SignIn, begun: Dossier) -> None:
    client, zhang = sign_in(table.he_mediates_willow), begun.parties.get(side=1)
    wrong = take(client, begun, "enter_identity", on=zhang.pk, number="110105194912310021", needed_for="调解协议书")
    assert refused_with(wrong, "调解协议书") and not Identity.objects.exists()
    assert take(client, begun, "show_identity", on=zhang.pk, reason="核对").status_code == 422
    said = {"on": zhang.pk, "number": NUMBER, "needed_for": "调解协议书"}
    assert take(client, begun, "enter_identity", **said).status_code == 302
    text = shown(client, begun).content.decode()
    assert MASKED in text and NUMBER not in text

    assert take(client, begun, "show_identity", on=zhang.pk, reason="").status_code == 422
    assert not AccessLog.objects.filter(look="identity").exists()
    answer = take(client, begun, "show_identity", on=zhang.pk, reason="核对协议书")
    assert answer.status_code == 200 and NUMBER in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    look = AccessLog.objects.get(look="identity")
    assert (look.user, look.thing, look.reason) == (table.he_mediates_willow, zhang.pk, "核对协议书")
    assert NUMBER not in shown(client, begun).content.decode()


def test_nobody_else_enters_sees_or_guesses_one(
    table: Table, qing: QingCounty, sign_in: SignIn, begun: Dossier
) -> None:
    zhang = begun.parties.get(side=1)
    said = {"on": zhang.pk, "number": NUMBER, "needed_for": "调解协议书"}
    stranger = sign_in(qing.liu_handles_water)
    assert take(stranger, begun, "enter_identity", **said).status_code == 404
    take(sign_in(table.he_mediates_willow), begun, "enter_identity", **said)

    assert take(sign_in(qing.liu_handles_water), begun, "show_identity", on=zhang.pk, reason="看看").status_code == 404
    reader = sign_in(qing.chen_dispatches)
    refused = take(reader, begun, "show_identity", on=zhang.pk, reason="看看")
    assert refused_with(refused, "看看") and NUMBER not in refused.content.decode()
    text = shown(reader, begun).content.decode()
    assert MASKED not in text and NUMBER not in text and not AccessLog.objects.filter(look="identity").exists()
