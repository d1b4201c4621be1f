"""Where the checkout and its data folder are."""

import os
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


def data_folder(arguments: list[str]) -> tuple[Path, list[str]]:
    """Take `--data FOLDER` out of the arguments, else FENGQIAO_DATA, else ./var of the checkout."""
    rest = list(arguments)
    named = os.environ.get("FENGQIAO_DATA") or str(CHECKOUT / "var")
    for index, argument in enumerate(rest):
        if argument == "--data" and index + 1 < len(rest):
            named = rest[index + 1]
            del rest[index : index + 2]
            break
        if argument.startswith("--data="):
            named = rest.pop(index).partition("=")[2]
            break
    return Path(named).resolve(), rest


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all however we end."""
    half = path.with_name(f".{path.name}.half")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    half.replace(path)


def manage(*words: str) -> list[str]:
    """Give the command line of one of Django's commands."""
    return [sys.executable, str(CHECKOUT / "manage.py"), *words]


def command_exists(name: str) -> bool:
    """Say whether some package has this management command."""
    return any((CHECKOUT / "fengqiao").glob(f"**/management/commands/{name}.py"))
