from collections.abc import Iterator

import pytest
from django.utils import translation

from fengqiao.mediation.models import Dossier
from tests.cast import QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Read the reasons as they stand in the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def table(qing: QingCounty) -> Table:
    """The kitchen table of Willow Village, and the two tiers above it."""
    return tables.build(qing)


@pytest.fixture
def dossier(table: Table) -> Dossier:
    """The quarrel over the ridge with the village committee, nobody asked yet."""
    return tables.open_dossier(table)


@pytest.fixture
def under_way(table: Table) -> Dossier:
    """The same, accepted: both sides agree, He mediates."""
    return tables.begin(table)
