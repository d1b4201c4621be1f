"""A connection is asked about its health only when there is reason to; one that has ended is still replaced."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import close_old_connections, connection

from fengqiao.kit.database import base

LINK = cast(Any, connection)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the connection from one request to the next, as in service."""
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 60)
    monkeypatch.setitem(connection.settings_dict, "CONN_HEALTH_CHECKS", True)
    connection.close()
    yield
    connection.close()


def backend() -> int:
    """Do what a request does, and tell which backend answered."""
    close_old_connections()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    close_old_connections()
    return int(pid)


def end(pid: int) -> None:
    with psycopg.connect(**LINK.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


@pytest.fixture
def asked(kept: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count how often a connection is asked whether it lives."""
    times: list[str] = []
    before = base.DatabaseWrapper.is_usable

    def counted(link: base.DatabaseWrapper) -> bool:
        times.append("asked")
        return bool(before(link))

    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", counted)
    return times


def test_requests_that_follow_each_other_share_a_connection_and_ask_nothing(asked: list[str]) -> None:
    assert len({backend() for _turn in range(3)}) == 1
    assert asked == []


def test_a_connection_that_the_server_ended_is_replaced(asked: list[str]) -> None:
    first = backend()
    end(first)

    assert backend() != first
    assert asked == ["asked"]


def test_one_that_was_silent_for_long_is_asked(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    first = backend()
    later = time.monotonic() + base.FRESH + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)

    assert backend() == first
    assert asked == ["asked"]


def test_no_search_reads_a_long_list_of_what_the_indexes_of_words_have_not_sorted_in() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW gin_pending_list_limit")
        assert cursor.fetchone() == ("128kB",)


def moment() -> datetime:
    [[found]] = LINK.ask("SELECT '2026-11-22 09:00+08'::timestamptz", []).fetchall()
    assert isinstance(found, datetime)
    return found


def test_moments_come_in_the_zone_the_program_reckons_in(kept: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (moment(), moment().tzinfo) == (datetime(2026, 11, 22, 1, tzinfo=UTC), UTC)
    connection.close()

    monkeypatch.setattr(LINK, "timezone", ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr(LINK, "timezone_name", "Asia/Shanghai")  # which the server is told when the connection opens

    assert moment().isoformat() == "2026-11-22T09:00:00+08:00"


def asks() -> int:
    [[pid]] = LINK.ask("SELECT pg_backend_pid()", []).fetchall()
    return int(pid)


def test_a_new_connection_is_asked_itself(kept: None) -> None:
    before = asks()
    connection.close()

    assert asks() == backend() != before
