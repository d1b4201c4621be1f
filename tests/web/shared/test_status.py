from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils.timezone import now

from fengqiao.cases.models import Case
from fengqiao.jobs import pulse
from fengqiao.kit.version import version
from fengqiao.oversight import queries
from tests.cast import QingCounty


def test_a_system_that_keeps_up_answers_200(client: Client, db: None) -> None:
    pulse.beat(now())
    answer = client.get("/status/", {"format": "json"})

    assert answer.status_code == 200
    assert answer.json()["well"] is True
    assert answer.json()["worker"]["alive"] is True


def test_without_a_worker_it_answers_503(client: Client, db: None) -> None:
    pulse.beat(now() - timedelta(minutes=3))

    assert client.get("/status/", {"format": "json"}).json()["worker"]["silent_seconds"] >= 180
    assert client.get("/status/").status_code == 503


def test_a_worker_that_does_not_keep_up_answers_503(client: Client, qing: QingCounty, leak: Case) -> None:
    pulse.beat(now())
    answer = client.get("/status/", {"format": "json"})

    assert answer.status_code == 503
    assert answer.json()["follow_up_lag_seconds"] > 300


def test_the_page_answers_even_when_the_database_does_not(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(at: object) -> None:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(queries, "pulse", gone)

    assert client.get("/status/").status_code == 503
    assert client.get("/status/", {"format": "json"}).json() == {
        "well": False, "version": version(), "database": False,
    }  # fmt: skip


def test_the_page_asks_the_database_little_and_tells_nothing_of_anybody(
    client: Client, qing: QingCounty, leak: Case, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(5):
        said = client.get("/status/").content.decode()

    assert leak.title not in said
    assert leak.number not in said


def test_the_page_only_answers_questions(client: Client, db: None) -> None:
    assert client.post("/status/").status_code == 405
