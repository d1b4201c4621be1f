"""What the doctor's command prints, and how it ends."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils.timezone import now
from django.utils.translation import override

from fengqiao.cases.models import Case, CaseClock, Unfollowed
from fengqiao.intake.models import Report
from fengqiao.jobs import pulse
from fengqiao.places.models import CalendarYear
from tests.cast import QingCounty


def _healthy(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.LASTING_KEY = tmp_path, "k" * 64
    pulse.beat(now())
    today: datetime = now()
    CalendarYear.objects.get_or_create(year=today.year, defaults={"edition": "test", "provisional": False})


def tamper_with_the_first_line(case: Case) -> None:
    """Change the record as somebody with the database's password could."""
    with connection.cursor() as cursor:
        said = "UPDATE cases_caselog SET note = %s WHERE case_id = %s AND line = 1"
        cursor.execute(said, ["改过的话", case.pk])


def run(*arguments: str) -> str:
    said = io.StringIO()
    call_command("doctor", *arguments, stdout=said, no_color=True)
    return said.getvalue()


def test_the_command_says_each_finding_and_ends_well(qing: QingCounty, settings: Any, tmp_path: Path) -> None:
    _healthy(settings, tmp_path)

    said = run()
    assert "✓" in said
    assert "✗" not in said


def test_the_command_ends_with_1_on_a_fault_and_says_what_to_do(
    qing: QingCounty, leak: Case, settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _healthy(settings, tmp_path)
    Unfollowed.objects.all().delete()
    CaseClock.objects.update(alert_at=None)
    tamper_with_the_first_line(leak)

    with pytest.raises(SystemExit) as ended:
        call_command("doctor", no_color=True)
    said = capsys.readouterr().out
    assert ended.value.code == 1
    assert leak.number in said
    assert "→" in said


def test_the_quick_command_leaves_the_chains_out(qing: QingCounty, leak: Case, settings: Any, tmp_path: Path) -> None:
    _healthy(settings, tmp_path)
    Unfollowed.objects.all().delete()
    CaseClock.objects.update(alert_at=None)
    tamper_with_the_first_line(leak)

    assert "✗" not in run("--quick")


def test_the_doctor_prints_nothing_of_what_people_wrote(
    qing: QingCounty, leak: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        call_command("doctor", no_color=True)
    said = capsys.readouterr().out
    report = Report.objects.get(case=leak)
    assert not any(word in said for word in (report.reporter, report.phone, report.text, leak.title))


@pytest.mark.django_db(transaction=True)
def test_without_a_database_the_disk_is_looked_at_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    connection.close()
    port, connection.settings_dict["PORT"] = connection.settings_dict["PORT"], 1
    try:
        with override("en"), pytest.raises(SystemExit) as ended:
            call_command("doctor")
    finally:
        connection.settings_dict["PORT"] = port
        connection.close()

    said = capsys.readouterr().out
    assert ended.value.code == 1
    assert "The database does not answer." in said and "GB are free" in said
