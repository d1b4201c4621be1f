"""Compile the translations that the pages read; needs no gettext on the machine."""

import os
from pathlib import Path

from babel.messages import mofile, pofile

from fengqiao.jobs.launch import where


def compile_all() -> int:
    """Write each .mo that is missing or older than its .po, and give how many were written."""
    stale = [po for po in (where.CHECKOUT / "locale").glob("*/LC_MESSAGES/*.po") if _is_stale(po)]
    for po in stale:
        with po.open("rb") as source:
            catalogue = pofile.read_po(source)
        # Written beside and moved over: neither a server that reads meanwhile nor another that writes sees half a file.
        half = po.with_suffix(f".{os.getpid()}.mo")
        with half.open("wb") as target:
            mofile.write_mo(target, catalogue)
        half.replace(po.with_suffix(".mo"))
    return len(stale)


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime
