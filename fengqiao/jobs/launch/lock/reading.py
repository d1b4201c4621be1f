"""Reads what is locked and judges it without asking anybody: hashes, one version each, none below a published fix."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)([^\n]*(?:\n[ ]+[^\n]*)*)", re.M)
WANTED = re.compile(r"^([A-Za-z0-9][\w.-]*)", re.M)


@dataclass(frozen=True, slots=True)
class Locked:
    """One package as a list names it."""

    file: str
    name: str
    version: str
    hashes: int


def locked(folder: Path) -> list[Locked]:
    """Read every list of a checkout's requirements."""
    found = []
    for file in sorted(folder.glob("*.txt")):
        for name, version, rest in PINNED.findall(file.read_text(encoding="utf-8")):
            found.append(Locked(file.name, name, version, rest.count("--hash=sha256:")))
    return found


def faults(checkout: Path) -> list[str]:
    """Say everything that is wrong with what is locked."""
    packages = locked(checkout / "requirements")
    return [
        *(f"{one.file}: {one.name} {one.version} has no hash" for one in packages if not one.hashes),
        *_not_locked(checkout / "requirements", packages),
        *_below(checkout / "requirements" / "least.toml", packages),
        *_of_the_pages(checkout / "frontend" / "package-lock.json"),
    ]


def _not_locked(folder: Path, packages: list[Locked]) -> Iterator[str]:
    """Find what is asked for and not locked, and what two lists lock in two versions."""
    for file in sorted(folder.glob("*.in")):
        here = {one.name for one in packages if one.file == f"{file.stem}.txt"}
        asked = {_plain(name) for name in WANTED.findall(file.read_text(encoding="utf-8"))}
        yield from (f"{file.name}: {name} is not locked" for name in sorted(asked - here))
    versions = {(one.file, one.name): one.version for one in packages}
    for (listed, name), version in versions.items():
        if listed == "base.txt" and versions.get(("dev.txt", name), version) != version:
            yield f"{name}: base.txt and dev.txt lock two versions"


def _below(table: Path, packages: list[Locked]) -> Iterator[str]:
    """Find what is older than the version in which a published fault was mended."""
    for name, row in tomllib.loads(table.read_text(encoding="utf-8")).items():
        here = [one for one in packages if one.name == name]
        if not here:
            yield f"{table.name}: {name} is not locked any more: take it out"
        for one in here:
            if numbers(one.version) < numbers(row["least"]):
                yield f"{one.file}: {name} {one.version} is below {row['least']} ({', '.join(row['said'])})"


def _of_the_pages(file: Path) -> Iterator[str]:
    packages = json.loads(file.read_text(encoding="utf-8"))["packages"]
    yield from (
        f"{file.name}: {name} has no hash" for name, one in packages.items() if name and not one.get("integrity")
    )


def numbers(version: str) -> tuple[int, ...]:
    """Read a version as numbers, to compare it."""
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
