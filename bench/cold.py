"""From a clean clone to the first page, with warm caches: `./run bench cold`.

One command, `./run up --playbook zhenyuan`, in a fresh clone of what is committed: packages come from the caches of uv
and npm, or from the network where those are cold.
"""

import argparse
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bench.load import figures

PATIENCE = 900.0


def main(arguments: list[str]) -> None:
    """Clone, start, wait for the page, stop, clear away."""
    argparse.ArgumentParser(prog="./run bench cold").parse_args(arguments)
    here = Path(__file__).resolve().parents[1]
    with tempfile.TemporaryDirectory(prefix="fengqiao-cold-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        clone = Path(folder) / "main"
        began = time.monotonic()
        subprocess.run(["git", "clone", "-q", str(here), str(clone)], check=True)
        cloned = time.monotonic() - began
        taken = first_page(clone) + cloned
    result = {"figure": round(taken, 1), "unit": "s from clone to first page", "clone_s": round(cloned, 1), "errors": 0}
    figures.tell("cold", result | figures.machine())


def first_page(clone: Path) -> float:
    """Start everything in a clone, as anybody would, and give the seconds until its first page."""
    port = _free_port()
    ours = ("FENGQIAO_", "DJANGO_", "PYTHONPATH", "VIRTUAL_ENV")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    began = time.monotonic()
    command = ["./run", "up", "--playbook", "zhenyuan", "--port", str(port)]
    with (clone / "up.log").open("wb") as log:
        up = subprocess.Popen(command, cwd=clone, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        _until_shown(up, port, clone / "up.log")
        return time.monotonic() - began
    finally:
        up.terminate()  # politely; an interrupt is ignored by what a script put into the background
        up.wait(120)
        _clear_away(clone)


def _until_shown(up: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while up.poll() is None and time.monotonic() < until:
        try:
            urlopen(f"http://127.0.0.1:{port}/", timeout=30).read()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(log.read_text()[-2000:])


def _clear_away(clone: Path) -> None:
    """Take away what the database's own user kept outside the clone, where it was started by root."""
    home = clone / "var" / "postgres"
    if home.is_symlink():
        shutil.rmtree(home.resolve(), ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
