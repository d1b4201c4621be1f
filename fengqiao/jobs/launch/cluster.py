"""Our own PostgreSQL for trying and testing: where its data is, who may read it, and how it is made."""

import os
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from fengqiao.jobs.launch import programs, where
from fengqiao.jobs.launch.programs import NOBODY, Programs
from fengqiao.jobs.launch.steps import Stop

USER = NAME = "fengqiao"
PRIVATE_HOMES = Path("/var/lib/fengqiao")


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
    def is_made(self) -> bool:
        """Whether the data directory was made, and made to the end."""
        return (self.data / "PG_VERSION").exists() and not (self.home / "unfinished").exists()

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


def create(cluster: Cluster) -> None:
    """Make the data directory; one that was begun and not finished is made anew."""
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
    run(
        cluster, "initdb", "-D", str(cluster.data), "-U", USER, "-A", "scram-sha-256", f"--pwfile=/dev/fd/{read}",
        "-k", "-E", "UTF8", *locale, "--locale=C.UTF-8", "--no-instructions",
        *(["--no-sync"] if cluster.careless else []), keep=read,
    )  # fmt: skip
    os.close(read)
    (cluster.home / "unfinished").unlink()


def run(cluster: Cluster, program: str, *arguments: str, keep: int | None = None, check: bool = True) -> None:
    """Run one of PostgreSQL's programs as the server's user."""
    answer = subprocess.run(
        [cluster.programs.path(program), *arguments],
        capture_output=True,
        text=True,
        check=False,
        pass_fds=() if keep is None else (keep,),
        **as_server_user(cluster),
    )
    if check and answer.returncode:
        raise Stop(f"{program} failed: {answer.stderr.strip() or answer.stdout.strip()}")


def as_server_user(cluster: Cluster) -> dict[str, Any]:
    """Give the subprocess arguments under which PostgreSQL agrees to run: never root, nothing of our surroundings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    ordinary = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    return {"cwd": cluster.home, "env": kept, "umask": 0o077, **ordinary}
