import pytest

from fengqiao.mediation.models import Dossier
from tests.cast import QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table


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
