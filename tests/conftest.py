import gc
from collections.abc import Generator, Iterator
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as drawing
from pytest_django.plugin import DjangoDbBlocker

from fengqiao.cases import rules
from fengqiao.cases.models import Case
from fengqiao.intake import common
from fengqiao.places import calendar, counties
from tests import acts, cast, database, other_marks
from tests.cast import QingCounty
from tests.daytime import Daytime

# A machine with much else to do is slow, and nothing is wrong with what is drawn on it.
drawing.register_profile("patient", drawing(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
drawing.load_profile("patient")
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"


daytime = Daytime()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let what reads the clock read a time of day at which nothing turns, in what a whole file shares, too."""
    with daytime.at(item.path):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while the tests are collected, nor among them later: that was a quarter of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Give each worker its copy of what the migrations make, instead of letting each make it."""
    with django_db_blocker.unblock(), database.copied(anew=django_db_createdb), pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: database.empty())
        yield


@pytest.fixture(scope="session", autouse=True)
def _passwords_hashed_quickly() -> Iterator[None]:
    """Hash without the quarter of a second that guessing is meant to cost; a test about that sets the real one."""
    with override_settings(PASSWORD_HASHERS=[QUICK]):
        yield


@pytest.fixture(scope="session", autouse=True)
def _queries_keep_no_value() -> Iterator[None]:
    """Write what is asked by a structure twice: what one reader asked for stays in no query of the next."""
    with other_marks.written_twice():
        yield


@pytest.fixture(autouse=True)
def _memory_emptied() -> None:
    """Keep one test's working days, clock rules and counties out of the next."""
    calendar.forget()
    rules.forget()
    counties.forget()
    common.forget()


@pytest.fixture(autouse=True)
def _files_apart(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the files of one test out of every other, in folders that are there once something is put into them."""
    folder = tmp_path_factory.getbasetemp() / f"apart-{uuid4().hex}"
    monkeypatch.setattr(settings, "MEDIA_ROOT", folder / "files")
    monkeypatch.setattr(settings, "ARRIVING_ROOT", folder / "arriving")


@pytest.fixture
def qing(db: None) -> QingCounty:
    """Qing County with its people."""
    return cast.build()


@pytest.fixture
def leak(qing: QingCounty) -> Case:
    """A burst pipe in Willow Village: received and opened on Monday at nine."""
    return acts.open_leak(qing)


@pytest.fixture
def sent_leak(qing: QingCounty, leak: Case) -> Case:
    """The same, dispatched to the water bureau."""
    return acts.dispatch(qing, leak)


@pytest.fixture
def done_leak(qing: QingCounty, sent_leak: Case) -> Case:
    """The same, concluded as solved within the hour."""
    return acts.conclude(qing, sent_leak, at=cast.MONDAY_9AM + acts.HOUR)
