from datetime import datetime

import pytest

from fengqiao.mediation.models import Dossier
from tests.cast import QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table


@pytest.fixture
def table(qing: QingCounty) -> Table:
    """The committees of three tiers and who mediates there."""
    return tables.build(qing)


@pytest.fixture
def dossier(table: Table, today: datetime) -> Dossier:
    """The quarrel over the ridge, just now with the village committee; nobody is entered yet."""
    return tables.open_dossier(table, at=today)


@pytest.fixture
def under_way(table: Table, today: datetime) -> Dossier:
    """The same, accepted: both sides agree, He mediates."""
    return tables.begin(table, at=today)
