"""One world for each module that walks through it: built once, every request in it taken back."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from pytest_django.plugin import DjangoDbBlocker

from tests.architecture import building
from tests.architecture.walking import Walk


@pytest.fixture(scope="module")
def walk(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walk]:
    """Build the world and give the walk through it; all of it is taken back with the module."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        _keep_files_in(tmp_path_factory.mktemp("world"), patch)
        yield Walk(building.build(now())).sign_in()
        transaction.set_rollback(True)


def _keep_files_in(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(settings, "MEDIA_ROOT", folder / "files")
    patch.setattr(settings, "ARRIVING_ROOT", folder / "arriving")


@pytest.fixture(autouse=True)
def _files_apart(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep the files of one test out of every other, but where the world is walked through."""
    if "walk" not in request.fixturenames:
        _keep_files_in(tmp_path_factory.getbasetemp() / f"apart-{uuid4().hex}", monkeypatch)
