"""A folder for a PostgreSQL of the test's own, which any user can walk to, put away afterwards."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from fengqiao.jobs.launch import postgres
from fengqiao.jobs.launch.cluster import open_cluster


@pytest.fixture
def data() -> Iterator[Path]:
    """An empty data folder; a server still running in it is stopped."""
    folder = Path(tempfile.mkdtemp(prefix="fengqiao-"))
    folder.chmod(0o755)
    yield folder / "var"
    if (folder / "var" / "postgres" / "data" / "PG_VERSION").exists():
        postgres.stop(open_cluster(folder / "var"))
    shutil.rmtree(folder)
