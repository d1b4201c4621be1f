"""The doctor beside backups: how old the newest is, and the record alone after a restore."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from fengqiao.cases.models import Case
from fengqiao.jobs.doctor import backups
from fengqiao.jobs.doctor.findings import Mark
from tests.cast import MONDAY_9AM


def record() -> str:
    said = io.StringIO()
    call_command("doctor", "--record", stdout=said, no_color=True)
    return said.getvalue()


def test_the_newest_backup_is_found_by_its_name_and_grows_old(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    assert [each.mark for each in backups.newest(MONDAY_9AM)] == [Mark.WATCH]

    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "fengqiao-QX-20260301T190000Z.tar").touch()  # Monday at three, six hours ago
    (tmp_path / "backups" / "fengqiao-QX-20250301T190000Z.tar").touch()
    (tmp_path / "backups" / ".fengqiao-0a1b2c3d.half").touch()
    (found,) = backups.newest(MONDAY_9AM)
    assert (found.mark, " 6 " in found.text) == (Mark.GOOD, True)
    assert [each.mark for each in backups.newest(MONDAY_9AM + timedelta(days=3))] == [Mark.WATCH]


def test_after_a_restore_only_the_record_is_examined(leak: Case) -> None:
    said = record()
    assert "✓" in said
    assert "✗" not in said

    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_caselog SET note = 'another word' WHERE case_id = %s AND line = 1", [leak.pk])
    with pytest.raises(SystemExit):
        record()
