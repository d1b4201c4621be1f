"""What Django keeps for a request is kept by thread, and nothing is lost when that begins."""

import subprocess
import sys
from collections.abc import Iterator
from threading import Thread, local
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections
from django.urls import base as urls
from django.utils import timezone, translation

from fengqiao.jobs.launch.where import CHECKOUT
from fengqiao.kit.threads import KEPT, keep_by_thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_thread() -> Iterator[None]:
    """Keep by thread for one test, begun in the midst of work."""
    before = [getattr(owner, name) for owner, name in KEPT]
    with translation.override("en"), timezone.override("Asia/Urumqi"):
        urls.set_script_prefix("/centre/")
        keep_by_thread()
        yield
        for (owner, name), kept in zip(KEPT, before, strict=True):
            setattr(owner, name, kept)
        urls.clear_script_prefix()


def test_everything_is_kept_by_thread_and_kept_on(by_thread: None) -> None:
    assert all(isinstance(getattr(owner, name), local) for owner, name in KEPT)

    assert translation.get_language() == "en"
    assert timezone.get_current_timezone() == ZoneInfo("Asia/Urumqi")
    assert urls.get_script_prefix() == "/centre/"
    assert connections["default"].in_atomic_block  # the one whose work goes on, not a new one


def test_it_begins_once(by_thread: None) -> None:
    translation.activate("de")
    keep_by_thread()

    assert translation.get_language() == "de"


def test_another_thread_has_its_own(by_thread: None) -> None:
    found: list[object] = []

    def look() -> None:
        found.extend([translation.get_language(), connections["default"] is here, urls.get_script_prefix()])
        connections.close_all()

    here = connections["default"]
    thread = Thread(target=look)
    thread.start()
    thread.join()

    assert found == ["zh-hans", False, "/"]
    assert connection.is_usable()


def test_the_web_server_keeps_by_thread() -> None:
    ask = "import threading, config.wsgi; from django.db import connections as c; print(type(c._connections).__name__)"
    told = subprocess.run([sys.executable, "-c", ask], cwd=CHECKOUT, capture_output=True, text=True, check=True)

    assert told.stdout.split() == ["_local"]
