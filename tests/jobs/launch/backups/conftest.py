from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from fengqiao.mediation.identity import new_key
from tests import cast
from tests.cast import QingCounty
from tests.jobs.launch.backups.installed import KEY, address, sql


@pytest.fixture
def qing(transactional_db: None) -> QingCounty:
    """Qing County where other connections see it."""
    return cast.build()


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> None:
    """The installation that is backed up stands on the server of the tests."""
    monkeypatch.setenv("FENGQIAO_DATABASE_URL", address(connection.settings_dict["NAME"]))
    for name in ("DATABASE_URL_FILE", "SECRET_KEY", "SECRET_KEY_FILE", "IDENTITY_KEY_FILE"):
        monkeypatch.delenv(f"FENGQIAO_{name}", raising=False)


@pytest.fixture
def fresh(named: None) -> Iterator[str]:
    """The address of an empty database on the same server."""
    name = f"{connection.settings_dict['NAME']}_fresh"
    sql(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
    yield address(name)
    sql(f"DROP DATABASE {name}")


@pytest.fixture
def installed(data: Path) -> Path:
    """A data folder with a key and one resident's photo."""
    (data / "files" / "2026").mkdir(parents=True)
    (data / "files" / "2026" / "pipe.jpg").write_bytes(b"\xff\xd8 a burst pipe")
    (data / "papers").mkdir()
    (data / "papers" / "agreement.docx").write_bytes(b"PK the county's own form")
    (data / "secret.key").write_text(KEY)
    (data / "identity.key").write_text(new_key())
    return data
