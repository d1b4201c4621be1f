"""`./run backup`: database, files and a manifest in one sealed archive, while everything goes on running."""

import argparse
import fcntl
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from fengqiao.jobs.launch import database, where
from fengqiao.jobs.launch.backups import dumps, keys
from fengqiao.jobs.launch.backups.archive import DUMP, FOLDERS, IDENTITY_KEY, KEY, Manifest, Writer
from fengqiao.jobs.launch.backups.holding import Holding, held
from fengqiao.jobs.launch.steps import Stop, say, step
from fengqiao.kit.version import version

KINDS_OF_NAME = re.compile(r"(fengqiao(?:-[A-Z]+)*)-\d{8}T\d{6}Z\.tar")
MEGABYTE = 2**20


def run(arguments: list[str]) -> int:
    """Make a backup, say where it is, and take the old ones away if that was asked for."""
    data, rest = where.data_folder(arguments)
    wanted = _options(rest)
    if not database.named() and not (data / "postgres" / "data" / "PG_VERSION").exists():
        raise Stop(f"{data} 里没有数据库 / There is no database in {data}: say which with --data.")
    try:
        made = _make(data, wanted)
        gone = _prune(made, wanted.keep) if wanted.keep else []
    except OSError as error:
        raise Stop(f"写不了 / cannot be written: {error.strerror}: {error.filename}") from None
    for old in gone:
        say(f"  − {old}")
    say(f"\n  {made}\n  {_about_the_key(data, wanted)}\n")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run backup", description="Make a backup while everything runs.")
    parser.add_argument("--to", type=Path, help="a new file, or a folder; <data>/backups if not said")
    parser.add_argument("--keep", type=_some, default=0, help="take all but the newest so many away afterwards")
    parser.add_argument("--with-key", action="store_true", help="put both keys in; then the file opens everything")
    parser.add_argument("--data", help="the installation; ./var if not said")
    return parser.parse_args(arguments)


def _some(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("write 1 or more")
    return int(text)


def _make(data: Path, wanted: argparse.Namespace) -> Path:
    to = wanted.to.resolve() if wanted.to else data / "backups"
    folder = to if to.is_dir() or not wanted.to else to.parent
    if to.is_file():
        raise Stop(f"{to} 已存在，不会覆盖 / is there already and is not written over.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with database.ready(data) as environment, _halves(data, folder) as (dumped, half):
        holding = _dump(database.named() or environment["FENGQIAO_DATABASE_URL"], dumped)
        moment, name = _free_name(folder, holding)
        _pack(data, holding, moment, dumped=dumped, half=half, with_key=wanted.with_key)
        return _put(half, folder / name if folder == to else to)


def _free_name(folder: Path, holding: Holding) -> tuple[datetime, str]:
    """Name a backup by its second; a second one within that second waits for the next, and writes over nothing."""
    while True:
        moment = datetime.now(UTC)
        name = "-".join(["fengqiao", *holding.counties, f"{moment:%Y%m%dT%H%M%SZ}.tar"])
        if not (folder / name).exists():
            return moment, name
        time.sleep(0.05)


@contextmanager
def _halves(data: Path, folder: Path) -> Iterator[tuple[Path, Path]]:
    """Give two names for what is not finished; one backup at a time, and nothing half-made outlives it."""
    with (data / "backup.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stop("另一个备份正在进行 / Another backup is being made.") from None
        for left in folder.glob(".fengqiao-*.half") if folder == data / "backups" else ():
            left.unlink()
        token = secrets.token_hex(4)
        halves = folder / f".fengqiao-{token}-dump.half", folder / f".fengqiao-{token}.half"
        try:
            yield halves
        finally:
            for half in halves:
                half.unlink(missing_ok=True)


def _dump(url: str, dumped: Path) -> Holding:
    with step("数据库 / Database") as remarks, psycopg.connect(url, connect_timeout=10) as connection:
        connection.isolation_level, connection.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        connection.execute("SET idle_in_transaction_session_timeout = 0")
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        holding = held(connection)
        where.write_private(dumped, "")
        dumps.dump(url, holding.major, snapshot=str(row[0] if row else ""), to=dumped)
        remarks.append(f"{sum(holding.rows.values())} rows, {dumped.stat().st_size / MEGABYTE:.1f} MB")
    return holding


def _pack(data: Path, holding: Holding, moment: datetime, *, dumped: Path, half: Path, with_key: bool) -> None:
    """Put everything into the half-made file; the files after the database, so that none it names is missing."""
    with Writer(half) as writer:
        with step("文件 / Files") as remarks:
            writer.add(DUMP, dumped)
            remarks.append(str(sum(_add_files(writer, data, name) for name in FOLDERS)))
        with step("校验值 / Checksums"):
            key = keys.of(data)
            if with_key:
                _add_keys(writer, data, key)
            writer.seal(_manifest(holding, moment, key, writer))


def _add_files(writer: Writer, data: Path, name: str) -> int:
    count, folder = 0, data / name
    for path in sorted(one for one in folder.rglob("*") if one.is_file() and not one.is_symlink()):
        with suppress(FileNotFoundError):  # deleted since it was listed, as what the retention rules take away is
            writer.add(name + path.relative_to(folder).as_posix(), path)
            count += 1
    return count


def _add_keys(writer: Writer, data: Path, key: str) -> None:
    if key:
        writer.add_text(KEY, key)
    if (file := keys.identity_file(data)).is_file():
        writer.add(IDENTITY_KEY, file)


def _manifest(holding: Holding, moment: datetime, key: str, writer: Writer) -> Manifest:
    return Manifest(
        version=version(),
        made_at=moment.isoformat(timespec="seconds"),
        key=keys.fingerprint(key),
        members=dict(writer.members),
        **vars(holding),
    )


def _put(half: Path, target: Path) -> Path:
    """Give the finished file its name, so that the name outlives a power cut."""
    half.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    return target


def _prune(made: Path, keep: int) -> list[Path]:
    """Take away all but the newest backups of the same counties; what has another name is left alone."""
    kind = KINDS_OF_NAME.fullmatch(made.name)
    if not kind:
        return []
    same = [one for one in made.parent.iterdir() if (its := KINDS_OF_NAME.fullmatch(one.name)) and its[1] == kind[1]]
    old = sorted(same, key=lambda one: one.name)[:-keep]
    for one in old:
        one.unlink()
    return old


def _about_the_key(data: Path, wanted: argparse.Namespace) -> str:
    if wanted.with_key:
        return "两把密钥在内，请妥善保管 / Both keys are inside: whoever has this file has everything."
    return (
        "两把密钥不在内，请另存 / The keys are not inside. Keep both apart from the backup: "
        f"{data / KEY}, {keys.identity_file(data)}"
    )
