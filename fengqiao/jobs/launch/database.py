"""The database a word works on: the one in FENGQIAO_DATABASE_URL, else our own, up for as long as it is needed."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from fengqiao.jobs.launch import postgres, programs
from fengqiao.jobs.launch.cluster import Cluster, open_cluster
from fengqiao.jobs.launch.steps import Stop, step


@contextmanager
def ready(data: Path, *, careless: bool = False) -> Iterator[dict[str, str]]:
    """Give the environment in which Django finds the database."""
    data.mkdir(parents=True, exist_ok=True)
    if url := named():
        _reach(url)
        yield dict(os.environ)
        return
    cluster = own(data, careless=careless)
    with postgres.running(cluster) as url:
        yield {**os.environ, "FENGQIAO_DATABASE_URL": url}


@contextmanager
def announced(data: Path, *, careless: bool = False) -> Iterator[dict[str, str]]:
    """Do the same as a step that people see."""
    with ExitStack() as opened:
        with step("数据库 / Database"):
            environment = opened.enter_context(ready(data, careless=careless))
        yield environment


def own(data: Path, *, careless: bool = False) -> Cluster:
    """Find the cluster that is ours to start, where no server was named."""
    return open_cluster(data, wanted=os.environ.get("FENGQIAO_POSTGRES", ""), careless=careless)


def named() -> str:
    """Give the address of the server that was named, if one was."""
    named_in = os.environ.get("FENGQIAO_DATABASE_URL_FILE")
    return os.environ.get("FENGQIAO_DATABASE_URL") or (Path(named_in).read_text().strip() if named_in else "")


def _reach(url: str) -> None:
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            version = connection.info.server_version
    except psycopg.Error as error:
        raise Stop(f"The server in FENGQIAO_DATABASE_URL does not let us in: {str(error).strip()}") from None
    if version < programs.OLDEST * 10000:
        raise Stop(f"The server in FENGQIAO_DATABASE_URL is older than PostgreSQL {programs.OLDEST}.")
