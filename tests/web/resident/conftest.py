import pytest
from django.test import Client
from django.urls import reverse

from fengqiao.intake.models import Report
from fengqiao.intake.transitions.receiving import Receipt
from tests import acts
from tests.cast import QingCounty
from tests.web.resident import pages


@pytest.fixture
def receipt(qing: QingCounty) -> Receipt:
    """A resident of Willow Village has reported the burst pipe and holds code and secret."""
    return acts.receive(qing)


@pytest.fixture
def report(receipt: Receipt) -> Report:
    """The report itself."""
    return receipt.report


@pytest.fixture
def bearer(client: Client, receipt: Receipt) -> Client:
    """A browser in which the secret of the report was given."""
    address = reverse("resident:track", args=[receipt.report.code])
    assert client.post(address, {"secret": receipt.secret}).status_code == 302
    return client


@pytest.fixture
def answers(qing: QingCounty) -> dict[str, str]:
    """All that a resident types on the three screens."""
    return pages.answers(qing)
