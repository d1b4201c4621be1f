import pytest

from tests import cast
from tests.cast import QingCounty


@pytest.fixture
def qing(transactional_db: None) -> QingCounty:
    """Qing County, committed, so that other connections see it."""
    return cast.build()
