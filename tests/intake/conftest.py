from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Show refusals by their msgid, so that these tests do not depend on the wording of a translation."""
    with translation.override("en"):
        yield
