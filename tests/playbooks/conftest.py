import pytest

from fengqiao.places.models import County
from fengqiao.playbooks import reading, setting_up
from tests.playbooks.divisions import load_divisions


@pytest.fixture
def divisions(db: None) -> None:
    """The tree and the working days that Zhenyuan stands on."""
    load_divisions()


@pytest.fixture
def zhenyuan(divisions: None) -> County:
    """Zhenyuan, set up from its playbook."""
    return setting_up.set_up(reading.read("zhenyuan")).county
