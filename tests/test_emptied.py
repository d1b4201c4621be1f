"""What a test that commits leaves behind: nothing that the next one, of whatever kind, would meet."""

import pytest
from django.core.cache import cache

from tests import database


@pytest.mark.django_db(transaction=True)
def test_what_was_counted_goes_with_the_rest() -> None:
    cache.set("knocks", 5)

    database.empty()

    assert cache.get("knocks") is None
