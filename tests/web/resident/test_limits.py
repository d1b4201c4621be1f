from datetime import timedelta

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from fengqiao.web.resident.limits import Limit, is_over, knock
from tests.cast import MONDAY_9AM

TWICE = Limit("test", 2, timedelta(minutes=10))
pytestmark = pytest.mark.django_db


def test_the_third_knock_is_too_many_and_the_next_span_starts_anew(rf: RequestFactory) -> None:
    request = rf.get("/")

    assert [knock(request, TWICE, MONDAY_9AM) for _ in range(3)] == [True, True, False]
    assert is_over(request, TWICE, MONDAY_9AM)
    assert not is_over(request, TWICE, MONDAY_9AM + TWICE.span)


def test_addresses_are_counted_apart(rf: RequestFactory) -> None:
    for _ in range(3):
        knock(rf.get("/", REMOTE_ADDR="10.0.0.1"), TWICE, MONDAY_9AM)

    assert knock(rf.get("/", REMOTE_ADDR="10.0.0.2"), TWICE, MONDAY_9AM)


def test_behind_our_proxy_its_last_word_counts_and_no_claim_of_the_visitor(
    rf: RequestFactory, settings: Settings
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for claim in ("1.1.1.1", "2.2.2.2", "3.3.3.3"):
        knock(rf.get("/", headers={"X-Forwarded-For": f"{claim}, 10.0.0.9"}), TWICE, MONDAY_9AM)

    assert is_over(rf.get("/", headers={"X-Forwarded-For": "10.0.0.9"}), TWICE, MONDAY_9AM)
    assert not is_over(rf.get("/", headers={"X-Forwarded-For": "10.0.0.8"}), TWICE, MONDAY_9AM)


def test_without_a_proxy_the_header_is_only_a_claim(rf: RequestFactory) -> None:
    for claim in ("1.1.1.1", "2.2.2.2", "3.3.3.3"):
        knock(rf.get("/", headers={"X-Forwarded-For": claim}), TWICE, MONDAY_9AM)

    assert is_over(rf.get("/"), TWICE, MONDAY_9AM)
