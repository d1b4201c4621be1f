"""`./run test`: a PostgreSQL of its own, what the pages need, then pytest with the arguments given."""

import os
import sys

from fengqiao.jobs.launch import database, frontend, processes, translations, where
from fengqiao.jobs.launch.steps import step


def run(arguments: list[str]) -> int:
    """Prepare what the tests need and run them."""
    # One folder for each PostgreSQL that is tried, so that trying another does not need an empty start.
    data = where.CHECKOUT / "var" / "test" / (os.path.basename(os.environ.get("FENGQIAO_POSTGRES", "")) or "default")
    with step("前端 / Front end"):
        frontend.build()
    with step("译文 / Translations"):
        translations.compile_all()
    with database.announced(data, careless=True) as environment:
        (data / "static").mkdir(exist_ok=True)
        # A connection kept open by a thread would hold the test database when it is to be dropped.
        given = {"FENGQIAO_DATA": str(data), "FENGQIAO_CONNECTION_SECONDS": "0"}
        command = [sys.executable, "-m", "pytest", *arguments]
        return processes.foreground(command, env={**environment, **given}, cwd=where.CHECKOUT)
