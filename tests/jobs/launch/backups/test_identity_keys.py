"""The keys of identity numbers: in a backup where keys were asked for, put back by a restore, or asked for."""

import stat
from pathlib import Path

import pytest
from django.conf import settings

from fengqiao.jobs.launch.backups import archive
from fengqiao.jobs.launch.steps import Stop
from fengqiao.mediation.identity import new_key
from fengqiao.mediation.transitions import identities
from tests import cast
from tests.cast import QingCounty
from tests.jobs.launch.backups.installed import backed_up, left, restore
from tests.mediation import table as tables

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("named")]


def test_without_the_option_no_key_is_inside_and_it_is_said(
    qing: QingCounty, installed: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = backed_up(installed)

    assert not {"secret.key", "identity.key"} & archive.check(file).members.keys()
    assert str(installed / "identity.key") in capfd.readouterr().out


@pytest.fixture
def sealed(qing: QingCounty, installed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose key opens the identity number of a party."""
    monkeypatch.setattr(settings, "IDENTITY_KEY_FILE", installed / "identity.key")
    table = tables.build(qing)
    party = tables.begin(table).parties.order_by("side").first()
    assert party is not None
    by = table.he_mediates_willow
    identities.enter(party, "11010519491231002X", needed_for="调解协议书", by=by, at=cast.MONDAY_9AM)
    return installed


@pytest.mark.parametrize("is_given", [True, False])
def test_the_keys_of_identity_numbers_are_put_back_or_asked_for(
    sealed: Path, fresh: str, is_given: bool, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    file, new, own = backed_up(sealed), sealed.with_name("new"), sealed / "identity.key"
    monkeypatch.setenv("FENGQIAO_DATABASE_URL", fresh)
    other = sealed / "other.key"
    for text in (new_key(), "nonsense"):
        other.write_text(text)
        with pytest.raises(Stop, match="Nothing was touched"):
            restore(file, new, "--key", str(sealed / "secret.key"), "--identity-key", str(other))
    assert left(sealed) == []

    given = ("--identity-key", str(own)) if is_given else ()
    assert restore(file, new, "--key", str(sealed / "secret.key"), *given) == 0

    assert ("No key of identity numbers" in capfd.readouterr().out) is not is_given
    if is_given:
        kept = new / "identity.key"
        assert (kept.read_text(), stat.S_IMODE(kept.stat().st_mode)) == (own.read_text(), 0o600)
