"""`./run check`: everything CI checks, all of it even where something fails, each with a tick or a cross."""

import os
import subprocess
import sys
import time
from pathlib import Path

from fengqiao.jobs.launch import frontend, where
from fengqiao.jobs.launch.steps import Stop, say, step

BIN = Path(sys.executable).parent


def run(arguments: list[str]) -> int:
    """Run the checks, or only those whose names are given; 1 if any of them found something."""
    with step("前端 / Front end"):
        frontend.build()  # a fresh clone has no bundle yet, and the system check asks for it
        frontend.install()
    wanted = {name: command for name, command in _checks().items() if not arguments or name in arguments}
    if not wanted:
        raise Stop(f"There is no such check. There are: {', '.join(_checks())}.")
    passed = [_passes(name, command) for name, command in wanted.items()]
    say(f"\n  {passed.count(True)} of {len(passed)} checks passed.")
    return 0 if all(passed) else 1


def _checks() -> dict[str, list[str]]:
    code = ["bench", "config", "fengqiao", "tests", "manage.py", "run"]
    return {
        "style": [str(BIN / "ruff"), "check", "--quiet", *code],
        "format": [str(BIN / "ruff"), "format", "--check", "--quiet", *code],
        "types": [str(BIN / "mypy")],
        "layers": [str(BIN / "lint-imports"), "--no-cache"],
        "lock": [sys.executable, "-m", "fengqiao.jobs.launch", "audit", "--offline"],
        "system": where.manage("check", "--fail-level", "WARNING"),
        "migrations": where.manage("makemigrations", "--check", "--dry-run", "-v", "1"),
        "translations": where.manage("check_translations"),
        "templates": where.manage("check_templates"),
        "typescript": ["npm", "run", "check", "--silent", "--prefix", str(frontend.FOLDER)],
    }


def _passes(name: str, command: list[str]) -> bool:
    begun = time.monotonic()
    # The checks read code, not data; makemigrations would complain of a server that is not running.
    surroundings = {**frontend.environment(), "PYTHONWARNINGS": os.environ.get("PYTHONWARNINGS", "default")}
    answer = subprocess.run(command, cwd=where.CHECKOUT, env=surroundings, capture_output=True, text=True, check=False)
    good = answer.returncode == 0
    say(f"  {'✓' if good else '✗'} {name} ({time.monotonic() - begun:.1f} s)")
    if not good:
        say("".join(f"      {line}\n" for line in (answer.stdout + answer.stderr).strip().splitlines()))
    return good
