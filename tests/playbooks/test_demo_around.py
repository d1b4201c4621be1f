"""What lies around the demonstration's cases: a reception day with bookings, an errand, a photo."""

from datetime import datetime, timedelta

import pytest

from fengqiao.files.models import Attachment
from fengqiao.intake.models import Errand
from fengqiao.places.models import County
from fengqiao.playbooks.demo import around, playing, reading, stage
from fengqiao.reception.models import ReceptionDay
from tests.cast import SHANGHAI

FEW = 4  # open matters and the one with the photo are enough to furnish around


@pytest.mark.parametrize(
    "at", [datetime(2026, 3, 2, 9, tzinfo=SHANGHAI), datetime(2026, 9, 30, 17, tzinfo=SHANGHAI)], ids=str
)
def test_a_day_is_booked_an_errand_taken_and_a_photo_sent(zhenyuan: County, at: datetime) -> None:
    built = stage.build(zhenyuan)
    scripts = reading.scripts()
    open_ones = [script for script in scripts if len(script.story) == 2 and script.story[-1].do == "dispatch"]
    told = [next(script for script in scripts if around.IN_THE_PICTURE in script.text), *open_ones[:FEW]]
    scenes = playing.play(told, built, at)

    around.furnish(built, scenes, at)

    day = ReceptionDay.objects.get()
    assert day.bookings.count() == around.BOOKED
    assert built.calendar.is_working(day.on) and day.on - at.date() >= timedelta(days=3)
    assert Errand.objects.get().papers.count() == 3
    assert Attachment.objects.get().thing == scenes[0].report_id
