"""`./run backup` and `./run restore` on real servers: everything comes back counted, or nothing at all."""

import os
import stat
from pathlib import Path

import pytest
from django.conf import settings

from fengqiao.cases.models import Case
from fengqiao.files import keeping
from fengqiao.jobs.launch import programs
from fengqiao.jobs.launch.backups import archive, keys, making
from fengqiao.jobs.launch.steps import Stop
from tests import acts, photos
from tests.cast import QingCounty
from tests.jobs.launch.backups.installed import KEY, backed_up, left, restore, sql

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("named")]
OURS = ("cases_", "intake_", "people_", "places_", "rights_", "oversight_")


def business(told: archive.Manifest) -> dict[str, int]:
    """Give the counts of what people wrote; bringing the tables up to date may add permissions beside it."""
    return {name: count for name, count in told.rows.items() if count and name.startswith(OURS)}


def test_a_backup_restored_holds_the_same_and_backs_up_again_to_the_same(
    qing: QingCounty,
    done_leak: Case,
    installed: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """One restore carries all of this: a new cluster is the longest wait."""
    acts.open_leak(qing)
    file, new = backed_up(installed), installed.with_name("new")
    monkeypatch.delenv("FENGQIAO_DATABASE_URL")
    monkeypatch.setenv("FENGQIAO_POSTGRES", "embedded")

    assert restore(file, new, "--key", str(installed / "secret.key")) == 0

    said = capfd.readouterr().out
    assert f"{'cases_caselog':<36}{5:>12}{5:>14}" in said
    assert "✓" in said and "✗" not in said
    assert (new / "files" / "2026" / "pipe.jpg").read_bytes() == b"\xff\xd8 a burst pipe"
    assert (new / "papers" / "agreement.docx").read_bytes() == b"PK the county's own form"
    assert ((new / "secret.key").read_text(), stat.S_IMODE((new / "secret.key").stat().st_mode)) == (KEY, 0o600)
    assert left(installed) == ["new"]

    again = backed_up(new)
    first, second = archive.check(file), archive.check(again)
    assert (business(first), first.heads) == (business(second), second.heads)
    assert first.rows["cases_case"] == 2
    assert [name for name in first.members if not name.startswith("database")] == [
        "files/2026/pipe.jpg",
        "papers/agreement.docx",
    ]

    with pytest.raises(Stop, match="not empty"):
        restore(file, new, "--without-key")
    monkeypatch.setenv("FENGQIAO_POSTGRES", "system")
    if second.major > first.major:
        with pytest.raises(Stop, match=f"PostgreSQL {second.major}; what is here is older"):
            restore(again, new.with_name("older"), "--without-key")
    assert left(installed) == ["new"]


def test_a_record_changed_outside_the_program_comes_back_and_is_said(
    qing: QingCounty,
    sent_leak: Case,
    installed: Path,
    fresh: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    sql("UPDATE cases_caselog SET note = 'another word' WHERE line = 2")
    file, new = backed_up(installed), installed.with_name("new")
    monkeypatch.setenv("FENGQIAO_DATABASE_URL", fresh)

    assert restore(file, new, "--without-key") == 1

    said = capfd.readouterr().out
    assert "✗" in said and sent_leak.number in said
    assert "does not hold" in said and "reissued at a window" in said


def test_attachments_come_back_whole_and_one_that_was_lost_is_said(
    qing: QingCounty,
    leak: Case,
    installed: Path,
    fresh: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(settings, "MEDIA_ROOT", installed / "files")
    whole, lost = (photos.on_report(leak.reports.get().pk) for _n in range(2))
    keeping.take_away(lost.pk)
    file, new = backed_up(installed), installed.with_name("new")
    lies = keeping.path_of(whole.pk).relative_to(installed).as_posix()
    assert archive.check(file).members[lies]["sm3"] == whole.digest
    monkeypatch.setenv("FENGQIAO_DATABASE_URL", fresh)

    assert restore(file, new, "--without-key") == 1

    assert keeping.digest_of(new / lies) == whole.digest
    said = capfd.readouterr().out
    assert lost.pk.hex in said and whole.pk.hex not in said


def test_a_damaged_backup_leaves_nothing_behind(qing: QingCounty, leak: Case, installed: Path) -> None:
    file = backed_up(installed)
    whole = file.read_bytes()
    file.write_bytes(whole[:-5000] + bytes([whole[-5000] ^ 1]) + whole[-4999:])

    with pytest.raises(Stop, match="damaged"):
        restore(file, installed.with_name("new"), "--without-key")
    assert left(installed) == []


def test_a_backup_without_its_key_asks_for_it_and_knows_another(qing: QingCounty, installed: Path) -> None:
    file, new = backed_up(installed), installed.with_name("new")
    other = installed / "other.key"
    other.write_text("another key " * 6)

    with pytest.raises(Stop, match="--key FILE"):
        restore(file, new)
    with pytest.raises(Stop, match="not the key of this backup"):
        restore(file, new, "--key", str(other))
    assert KEY not in file.read_bytes().decode("latin-1")
    assert archive.check(file).key == keys.fingerprint(KEY)
    assert left(installed) == []


def test_the_key_is_inside_where_it_was_asked_for(qing: QingCounty, installed: Path, tmp_path: Path) -> None:
    file = backed_up(installed, "--with-key")

    archive.unpack(file, tmp_path / "out")
    assert (tmp_path / "out" / "secret.key").read_text() == KEY

    assert (tmp_path / "out" / "identity.key").read_text() == (installed / "identity.key").read_text()
    assert stat.S_IMODE((tmp_path / "out" / "identity.key").stat().st_mode) == 0o600


def test_a_database_that_is_not_empty_is_refused(qing: QingCounty, installed: Path) -> None:
    file = backed_up(installed)

    with pytest.raises(Stop, match="not empty"):
        restore(file, installed.with_name("new"), "--without-key")
    assert left(installed) == []


def test_tables_of_a_later_version_are_refused(qing: QingCounty, installed: Path) -> None:
    sql("INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '0999_later', now())")
    file = backed_up(installed)
    sql("DELETE FROM django_migrations WHERE name = '0999_later'")

    with pytest.raises(Stop, match="0999_later"):
        restore(file, installed.with_name("new"), "--without-key")
    assert left(installed) == []


def test_old_backups_of_the_same_county_are_pruned_only_when_asked(qing: QingCounty, installed: Path) -> None:
    backups = installed / "backups"
    backups.mkdir()
    old = ["fengqiao-QX-20250101T000000Z.tar", "fengqiao-QX-20250102T000000Z.tar"]
    others = ["fengqiao-ZY-20250101T000000Z.tar", "before-the-move.tar"]
    for name in [*old, *others]:
        (backups / name).touch()

    backed_up(installed)
    assert all((backups / name).exists() for name in [*old, *others])
    backed_up(installed, "--keep", "2")

    assert len(list(backups.glob("fengqiao-QX-*.tar"))) == 2  # within one second, too, none is written over
    assert not any((backups / name).exists() for name in old)
    assert all((backups / name).exists() for name in others)
    assert not list(backups.glob(".*"))


def test_a_backup_goes_where_it_is_told_and_over_nothing(qing: QingCounty, installed: Path, tmp_path: Path) -> None:
    making.run(["--data", str(installed), "--to", str(tmp_path / "mine.tar")])

    assert archive.check(tmp_path / "mine.tar").counties == ["QX"]
    with pytest.raises(Stop, match="not written over"):
        making.run(["--data", str(installed), "--to", str(tmp_path / "mine.tar")])
    assert os.listdir(tmp_path) == ["mine.tar"]


def test_a_folder_without_a_database_is_said_and_none_is_made(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FENGQIAO_DATABASE_URL")

    with pytest.raises(Stop, match="no database"):
        making.run(["--data", str(data)])
    assert not data.exists()


def test_the_client_programs_are_of_the_servers_version_or_the_next() -> None:
    assert programs.client("pg_dump", 18).endswith("pginstall18/bin/pg_dump")
    with pytest.raises(Stop, match="pg_dump 99"):
        programs.client("pg_dump", 99)
