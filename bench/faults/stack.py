"""The whole program as `./run up` starts it, on data of its own, and its processes one by one."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from fengqiao.jobs.launch import where
from fengqiao.jobs.launch.cluster import open_cluster

PATIENCE = 900.0  # seconds for a first start on a machine that does other things
PROC = Path("/proc")


class Stack:
    """A supervisor with its web server, worker and PostgreSQL; nothing of it is shared with others."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, _free_port()
        self.words = data.with_name(f"{data.name}.out")
        self.supervisor: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def database(self) -> str:
        """How to reach its database directly."""
        return open_cluster(self.data).url

    def start(self, *more: str) -> float:
        """Start it, wait until it says that it is there and say how many seconds that took.

        A page alone would not do: after the death of the supervisor the old web server may answer a moment longer.
        """
        begun, said = time.monotonic(), self._starts()
        command = [sys.executable, "-m", "fengqiao.jobs.launch", "up", "--data", str(self.data)]
        with self.words.open("ab") as words:
            self.supervisor = subprocess.Popen(
                [*command, "--port", str(self.port), *more],
                cwd=where.CHECKOUT,
                env=_surroundings(),
                stdout=words,
                stderr=words,
            )
        while self._starts() == said and self.supervisor.poll() is None and time.monotonic() - begun < PATIENCE:
            time.sleep(0.05)
        self.until_it_serves()
        return time.monotonic() - begun

    def _starts(self) -> int:
        return self.words.read_text().count("Ctrl-C") if self.words.exists() else 0

    def until_it_serves(self, patience: float = PATIENCE) -> float:
        """Wait for a page that needs web server and database; say how many seconds that took."""
        begun = time.monotonic()
        while time.monotonic() - begun < patience:
            if self.supervisor is None or self.supervisor.poll() is not None:
                break
            if self._serves():
                return time.monotonic() - begun
            time.sleep(0.05)
        raise RuntimeError(f"It does not serve any more. {self.words.read_text()[-2000:]}")

    def end(self) -> None:
        """Stop it as a polite kill does."""
        if self.supervisor and self.supervisor.poll() is None:
            self.supervisor.terminate()
            self.supervisor.wait(120)

    def victims(self, kind: str) -> list[int]:
        """List the processes of a kind that can be killed at this moment."""
        ours = children(self.supervisor.pid) if self.supervisor else []
        postmaster = self._postmaster()
        found = {
            "supervisor": [self.supervisor.pid] if self.supervisor else [],
            "web server": [pid for pid in ours if "granian" in command_of(pid)],
            "worker": [pid for pid in ours if "procrastinate" in command_of(pid)],
            "database": [postmaster] if postmaster else [],
            "backend": [pid for pid in children(postmaster) if "postgres: fengqiao" in command_of(pid)],
        }
        found["web process"] = [pid for master in found["web server"] for pid in children(master)]
        return found[kind]

    def _serves(self) -> bool:
        try:
            with urllib.request.urlopen(self.address, timeout=10) as page:
                return bool(page.status == 200)
        except OSError:
            return False

    def _postmaster(self) -> int:
        try:
            return int((self.data / "postgres" / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return 0


def kill(pid: int) -> bool:
    """Kill a process without a word; false if it is gone already."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def children(parent: int) -> list[int]:
    """List the processes that this one has started."""
    return [int(entry.name) for entry in PROC.glob("[0-9]*") if parent and _parent_of(entry) == parent]


def command_of(pid: int) -> str:
    """Give the command line of a process, empty once it is gone."""
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _parent_of(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _surroundings() -> dict[str, str]:
    """Give the environment of a start: its own database, and addresses as a proxy tells them, one for each resident."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FENGQIAO_")}
    chosen = {name: os.environ[name] for name in ("FENGQIAO_POSTGRES",) if name in os.environ}
    return {**kept, **chosen, "FENGQIAO_BEHIND_PROXY": "yes", "PYTHONPATH": str(where.CHECKOUT)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
