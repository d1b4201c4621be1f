"""Which version of Fengqiao this is."""

import tomllib
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


@cache
def version() -> str:
    """Give the version as the project states it."""
    with PROJECT.open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])
