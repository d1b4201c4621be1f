"""Call pg_dump and pg_restore: of the right version, the password neither on the command line nor in a file."""

import os
import subprocess
from pathlib import Path
from typing import Any

from psycopg import conninfo

from fengqiao.jobs.launch import programs
from fengqiao.jobs.launch.backups.holding import NOT_KEPT
from fengqiao.jobs.launch.steps import Stop


def dump(url: str, major: int, *, snapshot: str, to: Path) -> None:
    """Write a database as one snapshot sees it."""
    left_out = [f"--exclude-table-data=public.{name}" for name in NOT_KEPT]
    _call("pg_dump", major, url, "-Fc", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", *left_out, f"-f{to}")


def restore(url: str, major: int, dumped: Path) -> None:
    """Fill an empty database, wholly or not at all."""
    options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    _call("pg_restore", major, url, *options, str(dumped))


def _call(program: str, major: int, url: str, *arguments: str) -> None:
    parts: dict[str, Any] = {**conninfo.conninfo_to_dict(url)}
    password = str(parts.pop("password", None) or "")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    chosen = programs.client(program, major, os.environ.get("FENGQIAO_POSTGRES", ""))
    answer = subprocess.run(
        [chosen, f"--dbname={conninfo.make_conninfo(**parts)}", "--no-password", *arguments],
        env={**kept, **({"PGPASSWORD": password} if password else {})},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if answer.returncode:
        raise Stop(f"{program} 失败 / failed: {answer.stderr.strip()[-2000:]}")
