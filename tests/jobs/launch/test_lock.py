"""The lock is judged by reading it, and by asking an index: here one of our own that answers as the true one does."""

import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from fengqiao.jobs.launch import where
from fengqiao.jobs.launch.lock import auditing, reading


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of all that is locked."""
    shutil.copytree(where.CHECKOUT / "requirements", tmp_path / "requirements")
    (tmp_path / "frontend").mkdir()
    shutil.copy(where.CHECKOUT / "frontend" / "package-lock.json", tmp_path / "frontend")
    return tmp_path


def spoil(copy: Path, file: str, old: str, new: str) -> None:
    path = copy / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_what_is_locked_is_in_order(copy: Path) -> None:
    assert reading.faults(copy) == []
    assert len(reading.locked(copy / "requirements")) > 60


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("requirements/base.txt", "django==5.2.19", "django==5.2.14", "below 5.2.15 (GHSA-8cjm-8mp7-r2xf"),
        ("requirements/base.txt", "segno==", "# segno==", "base.in: segno is not locked"),
        ("requirements/dev.txt", "pillow==13", "pillow==14", "two versions"),
        ("requirements/least.toml", "[idna]", "[idnas]", "idnas is not locked any more"),
        ("frontend/package-lock.json", '"integrity"', '"no-integrity"', "has no hash"),
    ],
)
def test_one_thing_out_of_order_is_said(copy: Path, file: str, old: str, new: str, said: str) -> None:
    spoil(copy, file, old, new)
    assert any(said in fault for fault in reading.faults(copy))


def test_a_package_without_a_hash_is_said(copy: Path) -> None:
    (copy / "requirements" / "uv.txt").write_text("uv==0.13.9\n")

    assert reading.faults(copy) == ["uv.txt: uv 0.13.9 has no hash"]


@pytest.fixture
def index() -> Iterator[str]:
    """An index that knows a fault of Django, that Pillow was withdrawn, and nothing of anything else."""
    known: dict[str, Any] = {
        "django": {"vulnerabilities": [{"id": "PYSEC-1", "fixed_in": ["6.0"]}, {"id": "OLD", "withdrawn": "2020"}]},
        "pillow": {"vulnerabilities": [], "urls": [{"yanked": True, "yanked_reason": "broken"}]},
        "segno": {"no": "word of faults"},
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            facts = known.get(self.path.split("/")[2])
            self.send_response(200 if facts else 404)
            self.end_headers()
            self.wfile.write(json.dumps({"urls": [], **(facts or {})}).encode())

        def log_message(self, *args: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_index_is_asked_and_its_silence_is_said(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert auditing.run(["--index", index]) == 1

    said = capsys.readouterr().out
    assert "django 5.2.19: PYSEC-1, mended in 6.0" in said and "OLD" not in said
    assert "pillow 13.0.0: was withdrawn by its makers: broken" in said
    assert "could not be asked or does not tell" in said and "segno" in said


def test_without_a_network_nothing_is_called_good(capsys: pytest.CaptureFixture[str]) -> None:
    assert auditing.run(["--index", "http://127.0.0.1:9"]) == 0

    assert "Nothing is known of these" in capsys.readouterr().out
    assert auditing.run(["--offline"]) == 0
