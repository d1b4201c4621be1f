"""`./run audit`: asks the index which published faults touch what is locked, and says what it cannot tell."""

import json
import urllib.request
from pathlib import Path
from typing import Any

from fengqiao.jobs.launch import where
from fengqiao.jobs.launch.lock import reading
from fengqiao.jobs.launch.steps import say

INDEX = "https://pypi.org"
PATIENCE = 15  # seconds


def run(arguments: list[str]) -> int:
    """Judge the lock; with `--offline` without asking anybody, with `--index URL` another index."""
    found = reading.faults(where.CHECKOUT)
    for fault in found:
        say(f"  ✗ {fault}")
    say(f"  {len(reading.locked(where.CHECKOUT / 'requirements'))} pinned, {len(found)} found wrong by reading alone.")
    if "--offline" not in arguments:
        index = arguments[arguments.index("--index") + 1] if "--index" in arguments else INDEX
        found += _asked(where.CHECKOUT / "requirements", index)
    return 1 if found else 0


def _asked(folder: Path, index: str) -> list[str]:
    """Ask the index about each package that runs, once, and say what it could not tell."""
    pinned = sorted({(one.name, one.version) for one in reading.locked(folder) if one.file != "dev.txt"})
    told = {one: _told(index, *one) for one in pinned}
    found = [f"{name} {version}: {fault}" for (name, version), facts in told.items() for fault in _faults(facts)]
    silent = [f"{name} {version}" for (name, version), facts in told.items() if facts is None]
    for fault in found:
        say(f"  ✗ {fault}")
    if silent:
        many = f"{len(silent)} of {len(pinned)}"
        say(f"  ? {index} could not be asked or does not tell about {many}: {', '.join(silent)}")
        say("    Nothing is known of these beyond requirements/least.toml. Ask again where the index is reached.")
    return found


def _told(index: str, name: str, version: str) -> dict[str, Any] | None:
    """Give what the index says of one version; nothing where it cannot be reached or keeps no such page."""
    try:
        with urllib.request.urlopen(f"{index}/pypi/{name}/{version}/json", timeout=PATIENCE) as answer:
            facts: dict[str, Any] = json.load(answer)
    except (OSError, ValueError):
        return None
    return facts if "vulnerabilities" in facts else None


def _faults(facts: dict[str, Any] | None) -> list[str]:
    """Name the published faults of a version that were not withdrawn, and a version that was."""
    if facts is None:
        return []
    open_ones = [one for one in facts["vulnerabilities"] if not one.get("withdrawn")]
    told = [f"{one['id']}, mended in {', '.join(one.get('fixed_in', [])) or 'no version yet'}" for one in open_ones]
    return told + [
        f"was withdrawn by its makers: {one.get('yanked_reason')}" for one in facts["urls"][:1] if one["yanked"]
    ]
