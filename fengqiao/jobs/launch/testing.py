"""`./run test`: a PostgreSQL of its own, then pytest with the arguments given."""

import subprocess
import sys

from fengqiao.jobs.launch import database, where
from fengqiao.jobs.launch.steps import step


def run(arguments: list[str]) -> int:
    """Prepare what the tests need and run them."""
    data = where.CHECKOUT / "var" / "test"
    with step("PostgreSQL for the tests"):
        ready = database.ready(data, careless=True)
        environment = ready.__enter__()
    try:
        environment["FENGQIAO_DATA"] = str(data)
        command = [sys.executable, "-m", "pytest", *arguments]
        return subprocess.run(command, cwd=where.CHECKOUT, env=environment, check=False).returncode
    finally:
        ready.__exit__(None, None, None)
