"""An installation on the server of the tests, backed up and restored by the commands."""

from pathlib import Path
from urllib.parse import quote

from django.db import connection

from fengqiao.jobs.launch.backups import making, restoring

KEY = "k" * 64


def address(name: str) -> str:
    told = connection.settings_dict
    return f"postgresql://{told['USER']}:{quote(told['PASSWORD'])}@{told['HOST']}:{told['PORT']}/{name}"


def sql(*statements: str) -> None:
    """Change what only the database's owner can."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def backed_up(data: Path, *arguments: str) -> Path:
    assert making.run(["--data", str(data), *arguments]) == 0
    return max((data / "backups").glob("fengqiao-*.tar"))


def restore(file: Path, new: Path, *arguments: str) -> int:
    return restoring.run([str(file), "--data", str(new), *arguments])


def left(data: Path) -> list[str]:
    """List what stands beside the data folder, as a failed restore would leave it."""
    return sorted(path.name for path in data.parent.iterdir() if path != data)
