"""`./run test`: a PostgreSQL of its own, what the pages need, then pytest with the arguments given."""

import os
import sys

from fengqiao.jobs.launch import database, frontend, processes, translations, where
from fengqiao.jobs.launch.steps import Stop, say, step


def run(arguments: list[str]) -> int:
    """Prepare what the tests need and run them."""
    # One folder for each PostgreSQL that is tried, so that trying another does not need an empty start.
    data = where.CHECKOUT / "var" / "test" / (os.path.basename(os.environ.get("FENGQIAO_POSTGRES", "")) or "default")
    _build_pages()
    with step("译文 / Translations"):
        translations.compile_all()
    with database.announced(data, careless=True) as environment:
        (data / "static").mkdir(exist_ok=True)
        # A connection kept open by a thread would hold the test database when it is to be dropped.
        given = {"FENGQIAO_DATA": str(data), "FENGQIAO_CONNECTION_SECONDS": "0"}
        command = [sys.executable, "-m", "pytest", *arguments]
        return processes.foreground(command, env={**environment, **given}, cwd=where.CHECKOUT)


def _build_pages() -> None:
    """Build the bundle; while a style sheet is half-written the last one serves, except in CI."""
    try:
        with step("前端 / Front end"):
            frontend.build()
    except Stop as stop:
        if os.environ.get("CI") or not frontend.BUILT.exists():
            raise
        say(f"  {stop}\n  The pages are tested as last built.")
