"""`./run bench NAME`: one measurement on a PostgreSQL of its own, printed as one line of JSON."""

import os
import sys

from fengqiao.jobs.launch import database, frontend, processes, translations, where


def run(arguments: list[str]) -> int:
    """Prepare what pages need, start a database for measuring and run the bench in it."""
    data = where.CHECKOUT / "var" / "bench" / (os.path.basename(os.environ.get("FENGQIAO_POSTGRES", "")) or "default")
    frontend.build()
    translations.compile_all()
    with database.ready(data) as environment:
        given = {"FENGQIAO_DATA": str(data), "FENGQIAO_CONNECTION_SECONDS": "0"}
        command = [sys.executable, "-m", "bench", *arguments]
        return processes.foreground(command, env={**environment, **given}, cwd=where.CHECKOUT)
