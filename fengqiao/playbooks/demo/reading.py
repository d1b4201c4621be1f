"""Read the demonstration's people and scripts from their files: pure, no database."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from fengqiao.places.coordinates import System
from fengqiao.playbooks.redrawing import boundary_sheet, grid_sheet
from fengqiao.playbooks.redrawing.boundary_sheet import Collection
from fengqiao.playbooks.redrawing.grid_sheet import Sheet

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who can sign in; county and region are those of the unit where nothing is said."""

    username: str
    name: str
    role: str
    unit: str
    county: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a script: what is done, how long before now in open time, and the rest as it is written there."""

    do: str
    before: timedelta | None  # none: the moment follows from the line before, as a clock that runs out
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Script:
    """What one resident brings and what becomes of it."""

    key: str
    title: str
    text: str
    nature: str
    channel: str
    place: str
    received: timedelta
    story: tuple[Line, ...]
    where: str = ""
    reporter: str = ""
    phone: str = ""
    by: str = ""
    urgency: str = "ordinary"
    shown: bool = False  # its code and secret are printed, to try the resident's pages with


def people() -> list[Person]:
    """Read who can sign in."""
    return [Person(**row) for row in _read(FOLDER / "people.toml")["people"]]


def grids() -> Sheet:
    """Read the list of grids that is drawn up for the demonstration; no edition of the divisions lists them."""
    return grid_sheet.read((FOLDER / "grids.csv").read_text(encoding="utf-8"))


def boundaries() -> Collection:
    """Read the boundaries of two townships; they are made up, and say so."""
    return boundary_sheet.read((FOLDER / "boundaries.geojson").read_text(encoding="utf-8"), System.WGS84)


def scripts() -> list[Script]:
    """Read all scripts, in the order of their files: those that show each state, then half a year past."""
    found = []
    for path in [*sorted(FOLDER.glob("[0-9]-*.toml")), *sorted(FOLDER.glob("past/*.toml"))]:
        for number, row in enumerate(_read(path)["cases"], 1):
            story = tuple(_line(line) for line in row.pop("story"))
            received = timedelta(hours=row.pop("received"))
            found.append(Script(key=f"{path.stem}-{number}", received=received, story=story, **row))
    return found


def _line(row: dict[str, Any]) -> Line:
    hours = row.pop("at", None)
    return Line(row.pop("do"), None if hours is None else timedelta(hours=hours), row)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
