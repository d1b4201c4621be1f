"""What the stack holds in memory while nobody asks: `./run bench memory --stock 1000000`.

The proportional share (PSS) of every process of web server, worker and database, less what is the database's own cache:
the pages of its shared buffers, which are there to be filled.
"""

import argparse
import time
from pathlib import Path
from urllib.request import urlopen

from django.db import connection
from django.urls import reverse

from bench.kept import database
from bench.kept.stocking import ensure
from bench.load import figures, stack

SETTLED_AFTER = 15.0  # seconds


def main(arguments: list[str]) -> None:
    """Start everything, look at a page, wait, add up."""
    parser = argparse.ArgumentParser(prog="./run bench memory")
    parser.add_argument("--stock", type=int, default=database.USUAL)
    parser.add_argument("--wait", type=float, default=SETTLED_AFTER)
    asked = parser.parse_args(arguments)
    ensure(asked.stock)
    machine = figures.machine()
    with stack.running() as up:
        for path in ("/", "/report/", reverse("account_login")) * 4:
            urlopen(f"http://{up.at[0]}:{up.at[1]}{path}").read()
        time.sleep(asked.wait)
        web, worker = (sum(map(pss, _of_group(group))) for group in up.groups)
        server = [pid for pid in _all() if _is_below(pid, _postmaster())]
        buffers = sum(map(shared_memory, server))
        own = sum(map(pss, server)) - buffers
    whole = web + worker + own
    result = {"figure": _mib(whole), "unit": "MiB", "errors": 0 if web and worker and own else 1}
    result |= {"web_mib": _mib(web), "worker_mib": _mib(worker), "postgresql_mib": _mib(own)}
    figures.tell("memory", result | {"shared_buffers_mib": _mib(buffers), "stock": asked.stock, **machine})


def _mib(kib: int) -> float:
    return round(kib / 1024, 1)


def pss(pid: int) -> int:
    """Give a process's proportional share of memory, in KiB."""
    return _field(Path(f"/proc/{pid}/smaps_rollup"), "Pss:")


def shared_memory(pid: int) -> int:
    """Give how much of a database process's share lies in the shared buffers, in KiB."""
    return _field(Path(f"/proc/{pid}/smaps_rollup"), "Pss_Shmem:")


def _field(path: Path, name: str) -> int:
    try:
        lines = path.read_text().splitlines()
    except OSError:  # it has ended meanwhile
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith(name))


def _postmaster() -> int:
    """Find the database server's first process: the parent of the one that answers us."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return _parent(int(cursor.fetchone()[0]))


def _is_below(pid: int, ancestor: int) -> bool:
    while pid > 1:
        if pid == ancestor:
            return True
        pid = _parent(pid)
    return False


def _parent(pid: int) -> int:
    return _field(Path(f"/proc/{pid}/status"), "PPid:")


def _of_group(group: int) -> list[int]:
    return [pid for pid in _all() if _is_below(pid, group)]


def _all() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]
