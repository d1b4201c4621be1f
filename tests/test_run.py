"""`./run` itself: stands on the standard library alone and does nothing twice."""

import ast
import os
import subprocess
import sys
from pathlib import Path

from fengqiao.jobs.launch.where import CHECKOUT

RUN = CHECKOUT / "run"


def test_it_needs_nothing_but_python() -> None:
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(RUN.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([one.name for one in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }
    assert imported <= sys.stdlib_module_names


def test_help_lists_the_words(tmp_path: Path) -> None:
    """From another folder, and without uv or Node at hand: nothing has to be brought a second time."""
    answer = subprocess.run(
        [sys.executable, str(RUN), "help"],
        cwd=tmp_path, env={**os.environ, "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert {"up", "test", "check", "import-messages", "doctor"} <= set(answer.stdout.replace("./run ", "").split())
    assert "…" not in answer.stdout


def test_a_word_that_does_not_exist_is_refused() -> None:
    answer = subprocess.run(
        [sys.executable, str(RUN), "dance"], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert "Unknown command: 'dance'" in answer.stderr
