"""One county with one of everything, shared by the tests of a file; each test's traces are taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import get_hashers
from django.db import transaction
from hypothesis import settings as drawing

from tests import cast
from tests.hostile import world as worlds
from tests.hostile.world import World

drawing.register_profile("long", max_examples=5000, deadline=None)  # ./run test tests/hostile --hypothesis-profile=long


@pytest.fixture(scope="module")
def _files_of_the_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the files of this world out of every other."""
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "MEDIA_ROOT", folder / "files")
        patch.setattr(settings, "ARRIVING_ROOT", folder / "arriving")
        patch.setattr(settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])  # the quickest
        get_hashers.cache_clear()  # type: ignore[attr-defined]
        yield folder
    get_hashers.cache_clear()  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _files_apart(_files_of_the_world: Path) -> None:
    """The tests of a file share their files, too."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: object, _files_of_the_world: Path) -> Iterator[World]:
    """Qing County with one of everything."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        transaction.get_connection().atomic_blocks[-1]._from_testcase = True  # steps may be durable inside
        yield worlds.build(cast.build())
        transaction.set_rollback(True)
