import csv
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from fengqiao.places import tree

# Who stands at the beginning of an edition's name; anybody else goes by what stands there.
PUBLISHERS = {"nbs": _("the National Bureau of Statistics")}
NAME = re.compile(r"(?P<root>\d+)\.(?P<edition>[a-z]+-(?P<cut>\d{4}-\d{2}-\d{2}))\.csv\.gz")


class Division(NamedTuple):
    """One row of an edition: a division by its short code."""

    code: str
    name: str
    level: str
    parent: str


@dataclass(frozen=True)
class Edition:
    """What one edition of the divisions says about one place, the place's ancestors included."""

    root: str
    name: str
    cut: date
    rows: tuple[Division, ...]

    @property
    def counties(self) -> set[str]:
        """The counties its rows are kept under."""
        return {tree.county_of(row.code) for row in self.rows}


def read(path: Path) -> Edition:
    """Read a file of divisions; its name says the place and the edition."""
    named = NAME.fullmatch(path.name)
    if named is None:
        raise ValueError(f"{path.name}: a file of divisions is named <code>.<edition>-<date>.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = tuple(Division(**row) for row in csv.DictReader(lines))
    return Edition(named["root"], named["edition"], date.fromisoformat(named["cut"]), rows)


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """Read a plain table of reference data."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
