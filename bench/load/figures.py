"""From single times to the figures that are printed."""

import json
import os
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from bench.kept import database


def spread(times: Sequence[float], prefix: str = "") -> dict[str, float]:
    """Give the middle, the slowest twentieth and the slowest hundredth, in milliseconds, of times in seconds."""
    ranked = sorted(times) or [0.0]
    at = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    return {f"{prefix}{name}_ms": round(ranked[int(len(ranked) * share)] * 1000, 1) for name, share in at.items()}


def machine() -> dict[str, Any]:
    """Say on what it was measured."""
    with closing(database.connect("postgres")) as connection:
        version = connection.info.server_version // 10000
    return {"processors": os.cpu_count(), "machine_load": round(os.getloadavg()[0], 1), "postgresql": version}


def tell(bench: str, result: dict[str, Any]) -> None:
    """Print the one line."""
    print(json.dumps({"bench": bench, **result}, ensure_ascii=False), flush=True)
