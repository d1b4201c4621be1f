"""A folder for a PostgreSQL of the test's own, which any user can walk to, put away afterwards."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fengqiao.jobs.launch import postgres
from fengqiao.jobs.launch.cluster import open_cluster


@contextmanager
def folder() -> Iterator[Path]:
    """An empty data folder; a server still running in it is stopped."""
    outer = Path(tempfile.mkdtemp(prefix="fengqiao-"))
    outer.chmod(0o755)
    yield outer / "var"
    if (outer / "var" / "postgres" / "data" / "PG_VERSION").exists():
        postgres.stop(open_cluster(outer / "var"))
    shutil.rmtree(outer)


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder of the test's own."""
    with folder() as own:
        yield own
