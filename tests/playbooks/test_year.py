"""A year of disputes, played small: every one goes through the real steps, and the same seed gives the same year."""

from collections.abc import Callable
from datetime import date, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.utils.timezone import now

from bench import counted_year
from fengqiao.cases.models import Case, CaseClock, Stage
from fengqiao.cases.workflow import Status
from fengqiao.insight.mediated import year_of
from fengqiao.jobs.doctor.chains import first_break
from fengqiao.kit.workdays import SHANGHAI
from fengqiao.mediation.models import (
    Agreement,
    DangerReport,
    Dossier,
    Item,
    LinkedCase,
    Meeting,
    Party,
    Referral,
    TierRound,
)
from fengqiao.mediation.workflow import OVER, Stand
from fengqiao.people.models import Post, Role, Unit, User
from fengqiao.places.models import County
from fengqiao.playbooks.year import chances

pytestmark = pytest.mark.django_db
FEW = 4
OFTEN = (
    "CANNOT_COME", "BOTH_FILED", "APPRAISAL", "RUNS_OUT", "SENT_BACK", "REFERRED", "REWORDED", "ASKS_COURT", "DANGER",
)  # fmt: skip
WRONG: dict[str, Callable[[], QuerySet[Any]]] = {
    "called off": lambda: Meeting.objects.filter(called_off_at__isnull=False),
    "linked": lambda: LinkedCase.objects.filter(case__status=Status.CONCLUDED),
    "appraised": lambda: CaseClock.objects.filter(stage=Stage.MEDIATE).exclude(pauses=[]),
    "extended": lambda: TierRound.objects.filter(extended_days__gt=0),
    "late": lambda: CaseClock.objects.filter(stage=Stage.MEDIATE, met_at__gt=F("due_at")),
    "sent back": lambda: TierRound.objects.filter(result="sent_back"),
    "referred": lambda: Referral.objects.exclude(answer=""),
    "in danger": DangerReport.objects.all,
    "reworded": lambda: Agreement.objects.filter(state="void"),
    "asked of the court": lambda: Agreement.objects.exclude(court=""),
    "broken": lambda: Item.objects.filter(broken_at__isnull=False),
    "overturned": lambda: Agreement.objects.filter(state="overturned"),
}


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
    assert Meeting.objects.filter(held_at__isnull=True, called_off_at__isnull=True).count() == 0
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


def test_what_goes_wrong_goes_through_the_real_steps_and_is_counted_alike(
    zhenyuan: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in OFTEN:
        monkeypatch.setattr(chances.Odds, name, 0.5)
    monkeypatch.setattr(chances, "KEEPS", 0.3)
    play("--disputes", "14")

    seen = {name: found().exists() for name, found in WRONG.items()}
    assert all(seen.values()), seen
    for case in Case.objects.filter(dossier__isnull=False):
        assert first_break(case, case.log.order_by("line")) is None
        moments = list(case.log.order_by("line").values_list("at", flat=True))
        assert moments == sorted(moments)
    leader = _leader(zhenyuan)
    shown = counted_year.shown(year_of(zhenyuan.region, 2025, leader, now()))
    assert shown == counted_year.by_sql(zhenyuan.code, 2025)
    assert shown["clocks"][0][1] > 0 and shown["items"][0][2] > 0


def _leader(county: County) -> User:
    """Let somebody lead at the centre: they read what the year came to."""
    centre = Unit.objects.get(county=county.code, code="centre")
    user = User.objects.create(username="leads", name="领导", county=county.code, password="!")
    said = {"county": county.code, "role": Role.LEADER, "region": centre.region, "unit": centre}
    Post.objects.create(user=user, starts_on=date(2025, 1, 1), **said)
    return user
