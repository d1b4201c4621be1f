"""A year of disputes, played small: every one goes through the real steps, and the same seed gives the same year."""

from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count

from fengqiao.cases.models import Case
from fengqiao.cases.workflow import Status
from fengqiao.jobs.doctor.chains import first_break
from fengqiao.kit.workdays import SHANGHAI
from fengqiao.mediation.models import Agreement, Dossier, Meeting, Party
from fengqiao.mediation.workflow import OVER, Stand
from fengqiao.places.models import County

pytestmark = pytest.mark.django_db
FEW = 4


def play(*words: str) -> str:
    told = StringIO()
    call_command("play_year", "--disputes", str(FEW), "--year", "2025", "--as-it-stands", *words, stdout=told)
    return told.getvalue()


def course() -> list[tuple[str, str, str, int, int]]:
    """Tell of every dispute what it was about, where it stands and how often they met."""
    counted = Dossier.objects.annotate(met=Count("meetings", distinct=True), tiers=Count("rounds", distinct=True))
    return list(counted.order_by("opened_at").values_list("type", "stand", "ground", "met", "tiers"))


def test_a_year_is_played_through_the_real_steps(zhenyuan: County) -> None:
    assert str(FEW) in play()

    assert Dossier.objects.count() == FEW == Dossier.objects.filter(stand__in=OVER).count()
    for case in Case.objects.filter(dossier__isnull=False):
        assert first_break(case, case.log.order_by("line")) is None
    agreed = Dossier.objects.filter(stand=Stand.AGREED)
    assert agreed.count() > 0
    assert not Party.objects.filter(dossier__in=agreed).exclude(consent="given").exists()
    assert Agreement.objects.filter(state="effective", dossier__in=agreed).count() == agreed.count()
    assert Meeting.objects.filter(held_at__isnull=True).count() == 0
    assert set(Case.objects.filter(dossier__isnull=False).values_list("status", flat=True)) == {Status.CONCLUDED}


def test_the_same_seed_gives_the_same_year(zhenyuan: County) -> None:
    years = []
    for seed in ("3", "3", "4"):
        with transaction.atomic():
            play("--seed", seed)
            years.append(course())
            transaction.set_rollback(True)
    assert years[0] == years[1] != years[2]


def test_no_second_year_is_laid_over_the_first(zhenyuan: County) -> None:
    play()
    with pytest.raises(CommandError):
        play("--seed", "2")
    assert Dossier.objects.filter(opened_at__gte=datetime(2025, 1, 1, tzinfo=SHANGHAI)).count() == FEW
