"""The database a word works on: the one named in FENGQIAO_DATABASE_URL, else our own, up for as long as it is needed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fengqiao.jobs.launch import postgres


@contextmanager
def ready(data: Path, *, careless: bool = False) -> Iterator[dict[str, str]]:
    """Give the environment in which Django finds the database."""
    data.mkdir(parents=True, exist_ok=True)
    if os.environ.get("FENGQIAO_DATABASE_URL") or os.environ.get("FENGQIAO_DATABASE_URL_FILE"):
        yield dict(os.environ)
        return
    cluster = postgres.open_cluster(data, wanted=os.environ.get("FENGQIAO_POSTGRES", ""), careless=careless)
    with postgres.running(cluster) as url:
        yield {**os.environ, "FENGQIAO_DATABASE_URL": url}
