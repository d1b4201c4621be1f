"""Ladders of mediation are data: 3/7/15, 1/7/20, one level of 30 days, and what the laws say of single types."""

import csv
from datetime import date, datetime, time, timedelta

import pytest
from django.conf import settings

from fengqiao.cases.models import Stage
from fengqiao.mediation.models import Dossier, Ladder
from fengqiao.mediation.transitions import opening
from fengqiao.mediation.vocabulary import DisputeType, Source
from fengqiao.people.models import Unit
from fengqiao.places import calendar, loader
from fengqiao.playbooks import reading
from fengqiao.playbooks.preparing import founding
from fengqiao.playbooks.table import PlaybookError
from tests.cast import MONDAY_9AM, QING, SHANGHAI, QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table

ZHENYUAN = (reading.FOLDER / "zhenyuan.toml").read_text(encoding="utf-8")
CALENDAR = settings.BASE_DIR / "data" / "calendar"
HOURS = [(time(8, 30), time(12)), (time(14, 30), time(18))]
MINUTES_A_DAY = 7 * 60
ONE_LEVEL = """
[[ladders]]
code = "general"
name = "县级一级调解"
version = "one-1"
valid_from = 2017-01-01

[[ladders.tiers]]
name = "县级调解"
level = "county"
amount = 30
unit = "days"

"""


@pytest.fixture
def bare(qing: QingCounty) -> Table:
    """The three committees of Qing County without the ladder of their own, in a year with all its holidays."""
    table = tables.build(qing)
    Ladder.objects.all().delete()
    loader.load_calendar(CALENDAR)
    loader.load_hours(QING, HOURS)
    calendar.forget()
    return table


def open_at(table: Table, unit: Unit, **said: object) -> Dossier:
    case = tables.open_quarrel(table.qing)
    return opening.open_dossier(case, tables.dispute(**said), to=unit, by=table.qing.chen_dispatches, at=MONDAY_9AM)


def due_of(dossier: Dossier) -> datetime:
    return dossier.case.clocks.get(stage=Stage.MEDIATE, met_at=None, stopped_at=None).due_at


def lay(text: str) -> None:
    founding.add_ladders(QING, reading.parse("zhenyuan", text).ladders)


@pytest.mark.parametrize("days", [(3, 7, 15), (1, 7, 20)])
def test_a_ladder_of_three_tiers_is_data_alone(bare: Table, days: tuple[int, int, int]) -> None:
    text = ZHENYUAN
    for level, was, now in zip(("village", "township", "county"), (3, 7, 15), days, strict=True):
        assert f'level = "{level}"\namount = {was}\n' in text
        text = text.replace(f'level = "{level}"\namount = {was}\n', f'level = "{level}"\namount = {now}\n', 1)
    lay(text)

    for unit, amount in zip((bare.village, bare.township, bare.county), days, strict=True):
        dossier = open_at(bare, unit)
        assert dossier.ladder.code == "general"
        assert due_of(dossier) == MONDAY_9AM + timedelta(days=amount)
        assert dossier.rounds.get().tier.amount == amount


def test_one_level_of_thirty_days_is_data_alone(bare: Table) -> None:
    begins, ends = ZHENYUAN.index('[[ladders]]\ncode = "general"'), ZHENYUAN.index('[[ladders]]\ncode = "medical"')
    lay(ZHENYUAN[:begins] + ONE_LEVEL + ZHENYUAN[ends:])

    for unit in (bare.village, bare.township, bare.county):
        assert due_of(open_at(bare, unit)) == MONDAY_9AM + timedelta(days=30)


def test_medical_disputes_have_thirty_working_days_and_are_settled_in_writing(bare: Table) -> None:
    lay(ZHENYUAN)
    dossier = open_at(bare, bare.county, type=DisputeType.MEDICAL)

    assert dossier.ladder.is_written_only
    assert "第三十八条" in dossier.ladder.basis
    assert due_of(dossier) == _working_days_after(MONDAY_9AM, 30)


@pytest.mark.parametrize("type_", [DisputeType.LABOUR, DisputeType.WAGES])
def test_labour_disputes_have_fifteen_days(bare: Table, type_: DisputeType) -> None:
    lay(ZHENYUAN)
    assert due_of(open_at(bare, bare.township, type=type_)) == MONDAY_9AM + timedelta(days=15)


@pytest.mark.parametrize(
    ("source", "days"), [(Source.COURT, 30), (Source.COURT_ORDINARY, 15), (Source.COURT_SUMMARY, 7)]
)
def test_what_the_court_entrusts_is_accepted_first(bare: Table, source: Source, days: int) -> None:
    lay(ZHENYUAN)
    dossier = open_at(bare, bare.county, source=source, type=DisputeType.MEDICAL)  # its source goes before its type

    tier = dossier.rounds.get().tier
    assert (tier.accept_within, tier.amount, tier.unit) == (3, days, "days")
    assert due_of(dossier) == _working_days_after(MONDAY_9AM, 3)


def test_a_second_time_adds_nothing_and_a_changed_ladder_needs_a_new_version(bare: Table) -> None:
    lay(ZHENYUAN)
    before = Ladder.objects.count()
    lay(ZHENYUAN)
    assert Ladder.objects.count() == before == 7

    with pytest.raises(PlaybookError, match="general"):
        lay(ZHENYUAN.replace('level = "county"\namount = 15', 'level = "county"\namount = 16', 1))
    with pytest.raises(PlaybookError, match="medical"):
        lay(ZHENYUAN.replace("is_written_only = true", "is_written_only = false"))


def test_a_new_version_holds_from_its_day_on(bare: Table) -> None:
    lay(ZHENYUAN)
    begins, ends = ZHENYUAN.index('[[ladders]]\ncode = "general"'), ZHENYUAN.index('[[ladders]]\ncode = "medical"')
    later = ONE_LEVEL.replace("2017-01-01", "2026-04-01")
    lay(ZHENYUAN[:begins] + later + ZHENYUAN[ends:])

    assert open_at(bare, bare.village).ladder.version == "zhenyuan-1"
    case = tables.open_quarrel(bare.qing)
    april = datetime(2026, 4, 1, 9, tzinfo=SHANGHAI)
    dossier = opening.open_dossier(case, tables.dispute(), to=bare.village, by=bare.qing.chen_dispatches, at=april)
    assert dossier.ladder.version == "one-1"


@pytest.mark.parametrize(
    ("right", "wrong", "key"),
    [
        ('level = "village"\namount = 3', 'level = "hamlet"\namount = 3', "ladders[1].tiers[1].level"),
        ('level = "village"\namount = 3', 'level = "village"\namount = 0', "ladders[1].tiers[1].amount"),
        ('level = "village"\namount = 3', 'level = "county"\namount = 3', "ladders[1].tiers"),
        ('unit = "working_days"\n\n[[ladders]]', 'unit = "weeks"\n\n[[ladders]]', "ladders[2].tiers[1].unit"),
        ('dispute_type = "medical"', 'dispute_type = "medicine"', "ladders[2].dispute_type"),
        ("valid_from = 2018-10-01", 'valid_from = "2018-10-01"', "ladders[2].valid_from"),
        ("is_written_only = true", 'is_written_only = "yes"', "ladders[2].is_written_only"),
        ('source = "court"', 'source = "judge"', "ladders[5].source"),
        ("accept_within = 3", "accept_within = 0", "ladders[5].tiers[1].accept_within"),
        ("accept_within = 3", "accept_in = 3", "ladders[5].tiers[1].accept_in"),
        ('code = "labour"\nname = "劳动', 'code = "general"\nname = "劳动', "ladders"),
        ('dispute_type = "wages"', "", "ladders"),
        ('kind = "county"', 'kind = "village"', "mediation.committees[1].kind"),
        ('tag = "镇人调"', 'tag = "镇原县人民调解委员会之第一"', "mediation.committees[1].tag"),
        ('tag = "镇医人调"', 'tag = "镇人调"', "mediation.committees"),
        ('township_name = "{place}', 'township_name = "', "mediation.township_name"),
    ],
)
def test_a_wrong_key_of_a_ladder_is_named_in_full(right: str, wrong: str, key: str) -> None:
    assert right in ZHENYUAN

    with pytest.raises(PlaybookError) as fault:
        reading.parse("zhenyuan", ZHENYUAN.replace(right, wrong, 1))
    assert str(fault.value).startswith(f"{key}: ")


def test_a_playbook_without_a_general_ladder_is_refused() -> None:
    begins, ends = ZHENYUAN.index('[[ladders]]\ncode = "general"'), ZHENYUAN.index('[[ladders]]\ncode = "medical"')
    with pytest.raises(PlaybookError, match="ladders: "):
        reading.parse("zhenyuan", ZHENYUAN[:begins] + ZHENYUAN[ends:])


def _working_days_after(start: datetime, days: int) -> datetime:
    """Count minute by minute through the office hours of the file of working days, with none of the program's code."""
    days_off: set[date] = set()
    days_on: set[date] = set()
    with (CALENDAR / "workdays.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            (days_on if row["working"] == "1" else days_off).add(date.fromisoformat(row["on"]))
    left, moment = days * MINUTES_A_DAY, start
    while left:
        on = moment.date()
        works = on in days_on or (on.weekday() < 5 and on not in days_off)
        left -= works and any(opens <= moment.time() < closes for opens, closes in HOURS)
        moment += timedelta(minutes=1)
    return moment
