"""Build the pages' scripts and styles with Node and lay out the fonts of papers, again only when they have changed."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from fengqiao.jobs.launch import processes, where
from fengqiao.jobs.launch.steps import Stop

FOLDER = where.CHECKOUT / "frontend"
BUILT = FOLDER / "dist"
FONTS = FOLDER / "fonts"
MADE = {"node_modules", "dist", "fonts"}
# Of the eight weights the package brings, the two that papers are set in; whole, because names need rare signs.
DRAWN_WITH = ("400Regular/NotoSerifSC_400Regular.ttf", "700Bold/NotoSerifSC_700Bold.ttf", "LICENSE_FONT")


def build() -> bool:
    """Bring the built bundle up to date and say whether anything had to be done."""
    if not (FOLDER / "package-lock.json").exists():
        raise Stop("frontend/package-lock.json is missing: this checkout is not whole.")
    with _alone():
        wanted = digest()
        if _stamp(BUILT) == wanted and FONTS.exists():
            return False
        install()
        _lay_out_fonts(FOLDER / "node_modules" / "@expo-google-fonts" / "noto-serif-sc")
        _build_beside(FOLDER / "node_modules" / ".next")
        (BUILT / ".made-from").write_text(wanted)
        return True


def install() -> None:
    """Bring node_modules to what the lock file says; nothing foreign runs while installing."""
    modules, lock = FOLDER / "node_modules", FOLDER / "package-lock.json"
    wanted = sha256(lock.read_bytes()).hexdigest()
    if _stamp(modules) != wanted:
        processes.quiet([_npm(), "ci", "--ignore-scripts", "--no-fund", "--no-audit"], env=environment(), cwd=FOLDER)
        (modules / ".made-from").write_text(wanted)


def digest() -> str:
    """Give one number for everything the bundle is made from."""
    total = sha256()
    for path in sorted(FOLDER.rglob("*")):
        inside = path.relative_to(FOLDER)
        if inside.parts[0] not in MADE and path.is_file():
            total.update(f"{inside}\0".encode() + path.read_bytes() + b"\0")
    return total.hexdigest()


def environment() -> dict[str, str]:
    """Give the surroundings in which node and npm are found: ours from PyPI first, where ./run had to bring it."""
    own = where.CHECKOUT / ".node" / "bin"
    path = os.environ.get("PATH", os.defpath)
    return {**os.environ, "PATH": f"{own}{os.pathsep}{path}" if own.exists() else path}


def _build_beside(new: Path) -> None:
    """Build next to the bundle in use and change them over, so that a running server hardly misses a file."""
    command = [_npm(), "run", "build", "--silent", "--", "--outDir", str(new), "--emptyOutDir"]
    processes.quiet(command, env=environment(), cwd=FOLDER)
    old = new.with_name(".last")
    shutil.rmtree(old, ignore_errors=True)
    if BUILT.exists():
        BUILT.replace(old)
    new.replace(BUILT)


def _lay_out_fonts(package: Path) -> None:
    """Put the fonts for PDF where the program finds them; they are never served to browsers."""
    new = FOLDER / "node_modules" / ".fonts"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    for name in DRAWN_WITH:
        shutil.copyfile(package / name, new / Path(name).name)
    shutil.rmtree(FONTS, ignore_errors=True)
    new.replace(FONTS)


def _npm() -> str:
    found = shutil.which("npm", path=environment()["PATH"])
    if not found:
        raise Stop("Node is missing. Start with ./run, which brings it, or install Node 20 or newer with npm.")
    return found


def _stamp(folder: Path) -> str:
    made = folder / ".made-from"
    return made.read_text() if made.exists() else ""


@contextmanager
def _alone() -> Iterator[None]:
    here = os.open(FOLDER, os.O_RDONLY)
    try:
        fcntl.flock(here, fcntl.LOCK_EX)
        yield
    finally:
        os.close(here)
