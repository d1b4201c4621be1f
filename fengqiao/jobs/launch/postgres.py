"""Our own PostgreSQL at work: started when needed, found again after a kill, stopped by the last who used it."""

import fcntl
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg

from fengqiao.jobs.launch import where
from fengqiao.jobs.launch.cluster import NAME, Cluster, as_server_user, create, run
from fengqiao.jobs.launch.steps import Stop

LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.65535.lock")
PATIENCE = 60.0  # seconds for a server that is there but does not answer yet
WARMER = "pg_prewarm"  # writes down every five minutes, and when it stops, which pages it holds
ATTEMPTS_FOR = 10.0  # seconds; the helpers of a killed server hold its memory for a moment longer
CAN_SEE_PROCESSES = Path("/proc/self/stat").exists()

_children: list[subprocess.Popen[bytes]] = []  # kept so that a stopped server is buried, not left a zombie


@contextmanager
def running(cluster: Cluster) -> Iterator[str]:
    """Have the cluster up while the block runs and give its address; the last user stops it."""
    with _lock(cluster.home / "users.lock", fcntl.LOCK_SH) as users:
        start(cluster)
        try:
            yield cluster.url
        finally:
            _stop_if_last(cluster, users)


def start(cluster: Cluster) -> None:
    """Make the cluster if it is not there, start it if it does not answer, and wait until it does."""
    with _lock(cluster.home / "start.lock", fcntl.LOCK_EX):
        if not cluster.is_made:
            create(cluster)
        begun = time.monotonic()
        while not _answers(cluster):
            held = _held(cluster)
            if time.monotonic() - begun > (PATIENCE if held else ATTEMPTS_FOR):
                raise Stop(f"PostgreSQL does not start. Its last words: {_last_words(cluster)}")
            if not held:
                _launch(cluster)
            time.sleep(0.2)
        _create_database(cluster)


def is_running(cluster: Cluster) -> bool:
    """Say whether the server lives; cheap enough to be asked all the time."""
    _children[:] = [child for child in _children if child.poll() is None]
    return _held(cluster) if CAN_SEE_PROCESSES else _answers(cluster)


def stop(cluster: Cluster) -> None:
    """Stop the server and wait for it."""
    run(cluster, "pg_ctl", "stop", "-D", str(cluster.data), "-m", "fast", "-w", "-t", "60", check=False)
    _children[:] = [child for child in _children if child.poll() is None]


def _launch(cluster: Cluster) -> None:
    port = cluster.port
    if not port or not _free(port):
        port = _any_port()
        where.write_private(cluster.home / "port", str(port))
    if CAN_SEE_PROCESSES:
        # Nobody holds them, or _held would have said so; left there, a zombie or a pid used again stops the start.
        for stale in (cluster.data / "postmaster.pid", *cluster.data.glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)
    fits = len(os.fsencode(cluster.data)) <= LONGEST_SOCKET_FOLDER
    chosen = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": cluster.data if fits else "",
        "unix_socket_permissions": "0700",
        "jit": "off",
        "max_connections": 100,
        "random_page_cost": "1.1",  # disks without arms
        **_memory(careless=cluster.careless),
        **_memory_kept(cluster),
        "log_timezone": "UTC",
        **({"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"} if cluster.careless else {}),
    }
    command = [cluster.programs.path("postgres"), "-D", str(cluster.data)]
    for name, value in chosen.items():
        command += ["-c", f"{name}={value}"]
    surroundings = {"stdin": subprocess.DEVNULL, "start_new_session": True, **as_server_user(cluster)}
    with (cluster.home / "server.log").open("ab") as log:
        child = subprocess.Popen(command, stdout=log, stderr=log, **surroundings)
    _children.append(child)
    while child.poll() is None and not _answers(cluster):
        time.sleep(0.05)


def _memory(*, careless: bool) -> dict[str, str]:
    """Say how much memory the server may use: a quarter of the machine for its own pages, little for a test."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20 if hasattr(os, "sysconf") else 0
    own = 128 if careless else min(max(128, machine // 4), 4096)
    return {
        "shared_buffers": f"{own}MB",
        "effective_cache_size": f"{max(512, machine // 2)}MB",
        "max_wal_size": "2GB",
    }


def _memory_kept(cluster: Cluster) -> dict[str, str]:
    """Have the server read again, when it starts, the pages that it had in memory: else the first of a day wait."""
    return {} if cluster.careless or not cluster.programs.has(WARMER) else {"shared_preload_libraries": WARMER}


def _answers(cluster: Cluster) -> bool:
    """Say whether the server that answers on our port is ours, by what it says and not by its pid."""
    if not cluster.port:
        return False
    try:
        with psycopg.connect(cluster.url, dbname="postgres", connect_timeout=2) as connection:
            answer = connection.execute("SHOW data_directory").fetchone()
            return bool(answer and Path(answer[0]) == cluster.data)
    except psycopg.OperationalError:
        return False


def _held(cluster: Cluster) -> bool:
    """Say whether a live server still holds the data: one that is starting, or that has not finished stopping."""
    try:
        pid = int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state != "Z" and os.readlink(f"/proc/{pid}/cwd") == str(cluster.data)
    except (OSError, ValueError):
        return False


def _create_database(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url, dbname="postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(f"CREATE DATABASE {NAME}")


def _stop_if_last(cluster: Cluster, users: IO[bytes]) -> None:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    stop(cluster)


@contextmanager
def _lock(path: Path, kind: int) -> Iterator[IO[bytes]]:
    with path.open("ab") as file:
        fcntl.flock(file, kind)
        yield file


def _last_words(cluster: Cluster) -> str:
    log = cluster.home / "server.log"
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    told = [line for line in lines if "FATAL" in line or "PANIC" in line] or lines or ["none"]
    return f"{told[-1]} ({log})"


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _any_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
