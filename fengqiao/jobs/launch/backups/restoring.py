"""`./run restore`: a backup into a new folder, checked before, counted after, or nothing at all."""

import argparse
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from fengqiao.jobs.launch import database, postgres, processes, programs, where
from fengqiao.jobs.launch.backups import archive, dumps, keys
from fengqiao.jobs.launch.backups.archive import DUMP, IDENTITY_KEY, KEY, Manifest
from fengqiao.jobs.launch.backups.holding import Holding, held, is_empty
from fengqiao.jobs.launch.cluster import open_cluster
from fengqiao.jobs.launch.steps import Stop, say, step


def run(arguments: list[str]) -> int:
    """Restore a backup and say what came back; 1 if it came back but its record does not hold."""
    wanted = _options(arguments)
    target: Path = wanted.data.resolve()
    _must_be_new(target)
    with step("校验 / Checksums") as remarks:
        manifest = archive.check(wanted.file)
        remarks.append(f"{manifest.version}, {manifest.made_at}, PostgreSQL {manifest.postgres}")
    _must_be_known(manifest)
    key, of_identities = _key(wanted, manifest), _identity_key(wanted, manifest)
    with _staged(target) as staging, _server(staging, manifest) as url:
        _fill(wanted.file, staging, url, manifest)
        if key:
            where.write_private(staging / KEY, key)
        if of_identities:
            where.write_private(staging / IDENTITY_KEY, of_identities)
        _compare(manifest, url)
        whole = _examine(staging, url)
    say(f"\n  {_closing(target, manifest, whole=whole)}\n")
    return 0 if whole else 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run restore", description="Restore a backup into a new folder.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="a folder that is new or empty")
    apart = parser.add_mutually_exclusive_group()
    apart.add_argument("--key", type=Path, help="the secret.key that was kept apart from the backup")
    apart.add_argument("--without-key", action="store_true", help="the key is lost: residents' secrets end")
    parser.add_argument("--identity-key", type=Path, help="the identity.key that was kept apart from the backup")
    return parser.parse_args(arguments)


def _must_be_new(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Stop(f"{target} 不是空的，未做任何改动 / is not empty. Nothing was touched; name a new folder.")
    if os.path.ismount(target):
        raise Stop(f"{target} 是挂载点 / is where a disk is mounted; name a new folder in it.")


def _must_be_known(manifest: Manifest) -> None:
    """Refuse tables of a later version; earlier ones are brought up to date."""
    ours = {path.parents[1].name: path.parent for path in (where.CHECKOUT / "fengqiao").glob("*/migrations/0*.py")}
    for app, _, name in (each.partition(".") for each in manifest.migrations):
        if app in ours and not (ours[app] / f"{name}.py").exists():
            raise Stop(
                f"备份来自更新的版本 / This backup is of Fengqiao {manifest.version} with tables this version does not "
                f"know ({app}.{name}). Restore it with that version. Nothing was touched."
            )


def _key(wanted: argparse.Namespace, manifest: Manifest) -> str:
    """Give the key to put into the new folder; empty where a setting has it, or where it is lost."""
    if wanted.key:
        return keys.read(wanted.key, manifest.key)
    told = os.environ.get("FENGQIAO_SECRET_KEY") or os.environ.get("FENGQIAO_SECRET_KEY_FILE")
    if KEY in manifest.members or wanted.without_key or told:
        return ""
    raise Stop(
        "备份里没有密钥 / The secret key is not in this backup. Give the one that was kept apart: --key FILE. If it is "
        "lost: --without-key; then everyone is signed out, and every resident's secret must be reissued at a window."
    )


def _identity_key(wanted: argparse.Namespace, manifest: Manifest) -> str:
    """Give the keys of identity numbers to put into the new folder; empty where the backup or a setting has them."""
    return keys.read_identity(wanted.identity_key, manifest.sealed_under) if wanted.identity_key else ""


@contextmanager
def _staged(target: Path) -> Iterator[Path]:
    """Give a folder beside the target that takes its name when all went well, and is gone when not."""
    staging = target.with_name(f".{target.name}-{secrets.token_hex(4)}.half")
    staging.mkdir(parents=True)
    try:
        yield staging
        staging.rename(target)
    except BaseException as error:
        home = staging / "postgres"
        if home.is_symlink():  # a private home elsewhere, see cluster.py
            shutil.rmtree(home.resolve())
        shutil.rmtree(staging)
        if isinstance(error, OSError):
            raise Stop(f"写不了，未留下任何东西 / cannot be written; nothing was left behind: {error}") from None
        raise


@contextmanager
def _server(staging: Path, manifest: Manifest) -> Iterator[str]:
    """Give an empty database to restore into: on the server that is named, else in a new cluster of our own."""
    if url := database.named():
        with psycopg.connect(url, connect_timeout=10) as connection:
            empty, major = is_empty(connection), connection.info.server_version // 10000
        if not empty:
            raise Stop("FENGQIAO_DATABASE_URL 的数据库不是空的 / names a database that is not empty. Make a new one.")
        programs.must_read(manifest.major, major)
        with _said_if_filled(url):
            yield url
        return
    chosen = programs.at_least(manifest.major, os.environ.get("FENGQIAO_POSTGRES", ""))
    with ExitStack() as opened:
        with step(f"新数据库 / New database, PostgreSQL {chosen.major}"):
            url = opened.enter_context(postgres.running(open_cluster(staging, wanted=str(chosen.folder))))
        yield url


@contextmanager
def _said_if_filled(url: str) -> Iterator[None]:
    """Say so when a named database, which is not ours to drop, was filled and the rest then failed."""
    try:
        yield
    except BaseException:
        with psycopg.connect(url, connect_timeout=10) as connection:
            if not is_empty(connection):
                say("  ! 所指数据库已填入数据，请删除重建 / The named database was filled: drop it and make a new one.")
        raise


def _fill(file: Path, staging: Path, url: str, manifest: Manifest) -> None:
    with step("文件 / Files") as remarks:
        archive.unpack(file, staging)
        remarks.append(str(sum(name.startswith(archive.FOLDERS) for name in manifest.members)))
    with step("数据 / Data"):
        with psycopg.connect(url) as connection:
            major = connection.info.server_version // 10000
        dumps.restore(url, major, staging / DUMP)
        (staging / DUMP).unlink()


def _compare(manifest: Manifest, url: str) -> None:
    """Count again and show both columns; what differs is no restored backup."""
    with psycopg.connect(url) as connection:
        found = held(connection)
    say(f"\n    {'':<36}{'备份 backup':>12}{'恢复 restored':>14}")
    for table, count in manifest.rows.items():
        if count or found.rows.get(table):
            say(f"    {table:<36}{count:>12}{found.rows.get(table, 0):>14}")
    say(f"    {'(log heads, SM3)':<36}{str(manifest.heads['sm3'])[:8]:>12}{str(found.heads['sm3'])[:8]:>14}\n")
    if not _same(manifest, found):
        raise Stop("恢复后与备份不符 / What was restored is not what the backup counted. Take another backup.")


def _same(manifest: Manifest, found: Holding) -> bool:
    return (found.rows, found.heads, found.migrations) == (manifest.rows, manifest.heads, manifest.migrations)


def _examine(staging: Path, url: str) -> bool:
    """Bring the tables up to date and let the doctor go through the whole record."""
    surroundings = {**os.environ, "FENGQIAO_DATABASE_URL": url, "FENGQIAO_DATA": str(staging)}
    with step("数据表 / Tables"):
        processes.quiet(where.manage("migrate", "--noinput", "-v", "0"), env=surroundings)
    return processes.foreground(where.manage("doctor", "--record"), env=surroundings) == 0


def _closing(target: Path, manifest: Manifest, *, whole: bool) -> str:
    said = [f"已恢复 / Restored: ./run up --data {target}"]
    if not (target / KEY).exists():
        said.append("没有密钥，查询密码须在窗口重新发放 / No key: residents' secrets must be reissued at a window.")
    if manifest.sealed_under and not keys.identity_file(target).exists():
        said.append(
            "没有身份证号码密钥，请把 identity.key 放回数据目录，否则号码须重新采集 / No key of identity numbers: put "
            f"{IDENTITY_KEY} back into the folder before the start; if it is lost, the numbers are asked for again."
        )
    if not whole:
        said.append("记录有问题，见上；备份时已如此。/ The record does not hold, see above; it was so when backed up.")
    return "\n  ".join(said)
