from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from django.utils import translation

from fengqiao.reception.models import ReceptionDay
from fengqiao.reception.transitions.announcing import Announcement, announce
from tests.cast import MONDAY_9AM, QingCounty

FRIDAY = MONDAY_9AM.date() + timedelta(days=4)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Show refusals by their msgid, so that these tests do not depend on the wording of a translation."""
    with translation.override("en"):
        yield


def announcement(**changes: object) -> Announcement:
    """The deputy secretary receives on Friday morning, four people."""
    facts: dict[str, object] = {
        "host_title": "县委副书记",
        "host_name": "李明",
        "where": "综治中心一楼接待室",
        "on": FRIDAY,
        "opens": time(9),
        "closes": time(11),
        "places": 4,
        "subject": "供水供暖",
    }
    return Announcement(**(facts | changes))  # type: ignore[arg-type]


@pytest.fixture
def friday(qing: QingCounty) -> ReceptionDay:
    """The reception on Friday, announced on Monday."""
    return announce(qing.centre, announcement(), by=qing.ma_clerks, at=MONDAY_9AM)
