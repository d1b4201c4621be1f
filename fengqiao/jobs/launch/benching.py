"""`./run bench NAME`: one measurement on a scratch database of its own, printed as one line of JSON."""

import os
import sys

from fengqiao.jobs.launch import database, processes, where


def run(arguments: list[str]) -> int:
    """Start a database for measuring and run the bench in it."""
    data = where.CHECKOUT / "var" / "bench" / (os.path.basename(os.environ.get("FENGQIAO_POSTGRES", "")) or "default")
    with database.ready(data) as environment:
        given = {"FENGQIAO_DATA": str(data), "FENGQIAO_CONNECTION_SECONDS": "0"}
        command = [sys.executable, "-m", "bench", *arguments]
        return processes.foreground(command, env={**environment, **given}, cwd=where.CHECKOUT)
