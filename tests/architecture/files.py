"""Find the project's own source files."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from fengqiao.jobs.launch.where import CHECKOUT

MADE = ("frontend/dist", "frontend/node_modules")


def ours(*endings: str, under: tuple[str, ...] = (".",)) -> Iterator[Path]:
    """List the files with these endings, committed or about to be; never what a build made."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *under],
        cwd=CHECKOUT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for name in listed.splitlines():
        path = CHECKOUT / name
        if name.endswith(endings) and not name.startswith(MADE) and path.is_file():
            yield path


def short(path: Path) -> str:
    """Name a file as seen from the checkout."""
    return path.relative_to(CHECKOUT).as_posix()
