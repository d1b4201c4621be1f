from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils.timezone import now

from fengqiao.cases.models import Case
from fengqiao.people.models import User
from tests import acts
from tests.cast import QingCounty

SignIn = Callable[[User], Client]


@pytest.fixture
def sign_in() -> SignIn:
    """Bring somebody to the desk."""

    def come(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="fengqiao.web.shared.backends.Staff")
        return client

    return come


@pytest.fixture
def today() -> datetime:
    """The pages read the clock themselves: what they show must have happened just now."""
    return now()


@pytest.fixture
def new_leak(qing: QingCounty, today: datetime) -> Case:
    """A burst pipe in Willow Village, opened just now."""
    return acts.open_leak(qing, at=today)


@pytest.fixture
def sent(qing: QingCounty, new_leak: Case, today: datetime) -> Case:
    """The same, dispatched to the water bureau."""
    return acts.dispatch(qing, new_leak, at=today)


@pytest.fixture
def done(qing: QingCounty, sent: Case, today: datetime) -> Case:
    """The same, said to be solved."""
    return acts.conclude(qing, sent, at=today)
