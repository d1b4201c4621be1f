from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from fengqiao.cases.models import Case, CaseLog
from fengqiao.intake.models import Report
from fengqiao.mediation.models import Dossier, TierRound
from fengqiao.mediation.workflow import Stand
from fengqiao.people.models import User
from fengqiao.places import calendar as calendars
from fengqiao.places.models import County
from fengqiao.playbooks.demo import disputes, moments, playing, reading, registers, stage
from tests.cast import SHANGHAI

AWKWARD_MOMENTS = [
    datetime(2026, 10, 8, 8, 40, tzinfo=SHANGHAI),  # the first morning after National Day
    datetime(2026, 7, 12, 3, 0, tzinfo=SHANGHAI),  # a Sunday night
]


@pytest.mark.parametrize("at", AWKWARD_MOMENTS)
def test_it_can_be_loaded_at_awkward_moments(zhenyuan: County, at: datetime) -> None:
    scenes = playing.play(reading.scripts(), stage.build(zhenyuan), at)

    assert Case.objects.count() + Report.objects.filter(case=None).count() == len(scenes)
    assert CaseLog.objects.filter(at__gt=at).count() == 0


def test_an_installation_in_service_takes_no_invented_cases(zhenyuan: County, settings: Settings) -> None:
    settings.IN_SERVICE = True

    with pytest.raises(CommandError):
        call_command("load_demo")
    assert not User.objects.exists()


def test_a_moment_so_much_open_time_before_now_measures_that_much(zhenyuan: County) -> None:
    calendar = calendars.of(zhenyuan.code)
    for now in AWKWARD_MOMENTS:
        for hours in (0.4, 3.5, 7, 30, 300):
            span = timedelta(hours=hours)
            passed = calendar.open_between(moments.before(calendar, now, span), now)
            assert span - timedelta(seconds=2) <= passed <= span


@pytest.mark.parametrize("at", AWKWARD_MOMENTS)
def test_its_disputes_stand_at_many_points_and_none_in_the_future(zhenyuan: County, at: datetime) -> None:
    built = stage.build(zhenyuan)
    registers.register(built)
    disputes.quarrel_and_settle(built, at)

    stands = set(Dossier.objects.values_list("stand", flat=True))
    assert Dossier.objects.count() == len(disputes.DAYS_AGO) and {Stand.AGREED, Stand.UNDER_WAY} <= stands
    assert TierRound.objects.filter(tier__order__gt=1).exists()
    assert CaseLog.objects.filter(at__gt=at).count() == 0
