"""Our own PostgreSQL for trying and testing: made once, started when needed, stopped by the last who used it."""

import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

import psycopg

from fengqiao.jobs.launch import programs, where
from fengqiao.jobs.launch.programs import NOBODY, Programs
from fengqiao.jobs.launch.steps import Stop

USER = NAME = "fengqiao"
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.65535.lock")
PRIVATE_HOMES = Path("/var/lib/fengqiao")
PATIENCE = 60.0  # seconds for a server that is there but does not answer yet
ATTEMPTS_FOR = 10.0  # seconds; the helpers of a killed server hold its memory for a moment longer
CAN_SEE_PROCESSES = Path("/proc/self/stat").exists()

_children: list[subprocess.Popen[bytes]] = []  # kept so that a stopped server is buried, not left a zombie


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL data directory with what belongs beside it."""

    home: Path
    programs: Programs
    password: str
    careless: bool = False  # for tests: nothing survives a power cut, everything is faster

    @property
    def data(self) -> Path:
        """Where PostgreSQL keeps its files."""
        return self.home / "data"

    @property
    def port(self) -> int:
        """The remembered port, 0 before the first start."""
        remembered = self.home / "port"
        return int(remembered.read_text()) if remembered.exists() else 0

    @property
    def url(self) -> str:
        """How to connect."""
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{NAME}"


def open_cluster(data: Path, *, wanted: str = "", careless: bool = False) -> Cluster:
    """Find or prepare the cluster that belongs to a data folder; nothing is started yet."""
    data.mkdir(parents=True, exist_ok=True)
    home = _home(data)
    made = home / "data" / "PG_VERSION"
    chosen = programs.choose(wanted, int(made.read_text()) if made.exists() else None)
    return Cluster(home, programs.for_server_user(chosen, home), _password(data), careless)


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
        if not (cluster.data / "PG_VERSION").exists() or (cluster.home / "unfinished").exists():
            _create(cluster)
        begun = time.monotonic()
        while not _answers(cluster):
            held = _held(cluster)
            if time.monotonic() - begun > (PATIENCE if held else ATTEMPTS_FOR):
                raise Stop(f"PostgreSQL does not start. Its last words: {_last_words(cluster)}")
            if not held:
                _launch(cluster)
            time.sleep(0.2)
        _create_database(cluster)


def stop(cluster: Cluster) -> None:
    """Stop the server and wait for it."""
    _run(cluster, "pg_ctl", "stop", "-D", str(cluster.data), "-m", "fast", "-w", "-t", "60", check=False)
    _children[:] = [child for child in _children if child.poll() is None]


def _home(data: Path) -> Path:
    home = data / "postgres"
    if os.geteuid() != 0:
        home.mkdir(mode=0o700, exist_ok=True)
        return home.resolve()
    if not home.exists() and not programs.reachable(data):
        # The server's user cannot walk into a private checkout, and its rights are not ours to change.
        private = PRIVATE_HOMES / sha256(str(data.resolve()).encode()).hexdigest()[:16]
        private.mkdir(parents=True, exist_ok=True)
        PRIVATE_HOMES.chmod(0o755)
        home.unlink(missing_ok=True)
        home.symlink_to(private)
    home.mkdir(exist_ok=True)
    home.chmod(0o755)
    return home.resolve()


def _password(data: Path) -> str:
    kept = data / "postgres.password"
    if not kept.exists():
        if (data / "postgres" / "data" / "PG_VERSION").exists():
            raise Stop(f"{kept} is missing, and without it the database in {data} cannot be opened. Put it back.")
        where.write_private(kept, secrets.token_urlsafe(24))
    return kept.read_text().strip()


def _create(cluster: Cluster) -> None:
    (cluster.home / "unfinished").touch()
    shutil.rmtree(cluster.data, ignore_errors=True)
    cluster.data.mkdir(mode=0o700)
    locale = ["--locale-provider=builtin"] if cluster.programs.major >= 17 else []
    read, write = os.pipe()
    os.write(write, cluster.password.encode() + b"\n")
    os.close(write)
    if os.geteuid() == 0:
        os.chown(cluster.data, NOBODY, NOBODY)
        os.fchown(read, NOBODY, NOBODY)
    # The password goes through a pipe: no other user of the machine can read it from a file or a command line.
    _run(
        cluster, "initdb", "-D", str(cluster.data), "-U", USER, "-A", "scram-sha-256", f"--pwfile=/dev/fd/{read}",
        "-k", "-E", "UTF8", *locale, "--locale=C.UTF-8", "--no-instructions",
        *(["--no-sync"] if cluster.careless else []), keep=read,
    )  # fmt: skip
    os.close(read)
    (cluster.home / "unfinished").unlink()


def _launch(cluster: Cluster) -> None:
    port = cluster.port
    if not port or not _free(port):
        port = _any_port()
        (cluster.home / "port").write_text(str(port))
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
        "shared_buffers": "128MB",
        "max_connections": 100,
        "log_timezone": "UTC",
        **({"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"} if cluster.careless else {}),
    }
    command = [cluster.programs.path("postgres"), "-D", str(cluster.data)]
    for name, value in chosen.items():
        command += ["-c", f"{name}={value}"]
    surroundings = {"stdin": subprocess.DEVNULL, "start_new_session": True, **_as_server_user(cluster)}
    with (cluster.home / "server.log").open("ab") as log:
        child = subprocess.Popen(command, stdout=log, stderr=log, **surroundings)
    _children.append(child)
    while child.poll() is None and not _answers(cluster):
        time.sleep(0.05)


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


def _run(cluster: Cluster, program: str, *arguments: str, keep: int | None = None, check: bool = True) -> None:
    answer = subprocess.run(
        [cluster.programs.path(program), *arguments],
        capture_output=True,
        text=True,
        check=False,
        pass_fds=() if keep is None else (keep,),
        **_as_server_user(cluster),
    )
    if check and answer.returncode:
        raise Stop(f"{program} failed: {answer.stderr.strip() or answer.stdout.strip()}")


def _as_server_user(cluster: Cluster) -> dict[str, Any]:
    """Give the subprocess arguments under which PostgreSQL agrees to run: never root, nothing of our surroundings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    ordinary = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    return {"cwd": cluster.home, "env": kept, "umask": 0o077, **ordinary}


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
