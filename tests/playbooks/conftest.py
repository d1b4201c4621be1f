import pytest
from django.conf import settings

from fengqiao.places import loader
from fengqiao.places.models import County
from fengqiao.playbooks import reading, setting_up


@pytest.fixture
def divisions(db: None) -> None:
    """The tree and the working days that Zhenyuan stands on."""
    loader.load_divisions(settings.BASE_DIR / "data" / "divisions" / "621027.nbs-2023-06-30.csv.gz")
    loader.load_calendar(settings.BASE_DIR / "data" / "calendar")


@pytest.fixture
def zhenyuan(divisions: None) -> County:
    """Zhenyuan, set up from its playbook."""
    return setting_up.set_up(reading.read("zhenyuan")).county
