"""A file is one noun or one stage; past the wall it holds two."""

from tests.architecture.files import ours, short

WALL = 300


def test_no_source_file_is_past_the_wall() -> None:
    """Migrations are generated and read by nobody from top to bottom."""
    long = {
        short(path): lines
        for path in ours(".py", ".html", ".ts", ".css", "run")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > WALL and "migrations" not in path.parts
    }
    assert long == {}


def test_packages_say_nothing_in_their_init() -> None:
    """Models gathered from a folder are the exception Django asks for."""
    saying = [
        short(path)
        for path in ours("__init__.py", under=("config", "fengqiao", "tests"))
        if path.read_text().strip() and path.parent.name != "models"
    ]
    assert saying == []


def test_no_lock_file_names_a_registry() -> None:
    """The one who installs chooses the registry; an address in the lock would choose for them."""
    pinned = {short(path): path.read_text() for path in ours(".txt", under=("requirements",))}
    locked = {short(path): path.read_text() for path in ours("package-lock.json")}
    assert len(pinned) >= 3 and len(locked) == 1
    naming = [name for name, text in pinned.items() if "://" in text]
    assert naming + [name for name, text in locked.items() if '"resolved"' in text] == []
