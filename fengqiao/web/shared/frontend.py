"""Reads what the front-end build left: the hashed file of each entry, and the icons."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings


class FrontendNotBuilt(RuntimeError):
    """The pages' scripts and styles are missing: run `npm ci --ignore-scripts && npm run build` in frontend/."""


def styles_of(entry: str) -> list[str]:
    """List the style sheets of an entry and of everything it imports, once each, in the order they must load."""
    return list(dict.fromkeys(sheet for part in _parts(entry) for sheet in part.get("css", [])))


def scripts_of(entry: str) -> list[str]:
    """List the scripts of an entry, the entry itself first, then what it imports."""
    return list(dict.fromkeys(part["file"] for part in _parts(entry)))


def icon(name: str) -> str:
    """Give the drawing of one icon; the names are listed in frontend/icons.txt."""
    drawings = _read("icons.json")
    if name not in drawings:
        raise FrontendNotBuilt(f"There is no icon {name!r}: add it to frontend/icons.txt and build again.")
    return str(drawings[name])


def _parts(entry: str) -> list[dict[str, Any]]:
    manifest = _read("manifest.json")
    key = f"src/{entry}.ts"
    if key not in manifest:
        raise FrontendNotBuilt(f"The front end has no entry {key!r}.")
    return list(_with_imports(manifest, key))


def _with_imports(manifest: dict[str, Any], key: str) -> Iterator[dict[str, Any]]:
    yield manifest[key]
    for imported in manifest[key].get("imports", []):
        yield from _with_imports(manifest, imported)


def _read(name: str) -> dict[str, Any]:
    return _looked_at(settings.FRONTEND_DIR, name, int(monotonic()))


@lru_cache(maxsize=8)
def _looked_at(folder: Path, name: str, _second: int) -> dict[str, Any]:
    """Look once a second whether there is a new build: a page asks for dozens of drawings."""
    path = Path(folder) / name
    try:
        return _parsed(path, path.stat().st_mtime_ns)
    except OSError as missing:
        raise FrontendNotBuilt(FrontendNotBuilt.__doc__) from missing


@lru_cache(maxsize=8)
def _parsed(path: Path, changed_at: int) -> dict[str, Any]:
    """Parse a file once per change; `changed_at` only tells one change from another."""
    parsed: dict[str, Any] = json.loads(path.read_text())
    return parsed
