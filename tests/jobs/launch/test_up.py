"""`./run up` as a person meets it: started, stopped, killed, started twice, started on a busy port."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from fengqiao.jobs.launch import where
from tests.jobs.launch.conftest import folder

PATIENCE = 900.0


class Started:
    """A running `./run up` whose lines can be read."""

    def __init__(self, data: Path, port: int) -> None:
        surroundings = {name: value for name, value in os.environ.items() if "DATABASE_URL" not in name}
        self.words = data.with_name(f"{data.name}-words-{time.monotonic_ns()}")
        with self.words.open("wb") as words:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "fengqiao.jobs.launch", "up", "--data", str(data), "--port", str(port)],
                cwd=where.CHECKOUT,
                env={**surroundings, "PYTHONPATH": str(where.CHECKOUT)},
                stdout=words,
                stderr=words,
                # Whoever starts the tests in the background has them, and all they start, deaf to Ctrl-C.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
            )

    def says(self, words: str) -> bool:
        """Wait for these words; false if it ends without them."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and words not in self.words.read_text():
            if self.process.poll() is not None:
                return words in self.words.read_text()
            time.sleep(0.1)
        return words in self.words.read_text()

    def end(self, how: signal.Signals) -> int:
        """Send a signal and wait for the end."""
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)


def still_there(data: Path) -> list[str]:
    """List what runs for this data folder, by its surroundings or its command line."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
            if str(data).encode() in told and process.name != str(os.getpid()):
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


def empty_within(data: Path, seconds: float) -> list[str]:
    """Give what is still there once these seconds have passed; nothing as soon as nothing is."""
    until = time.monotonic() + seconds
    while (left := still_there(data)) and time.monotonic() < until:
        time.sleep(0.2)
    return left


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """One folder for all: the first start walks through every migration, and leaves it as it found it for the next."""
    with folder() as own:
        yield own


@pytest.fixture
def port() -> int:
    """A port that is free and stays so: none of those that are given to whoever asks for any."""
    while True:
        drawn = secrets.choice(range(20_000, 30_000))
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", drawn))
            return drawn


@pytest.fixture
def up(data: Path, port: int) -> Iterator[Started]:
    """A start that has reached its address."""
    started = Started(data, port)
    try:
        assert started.says("Ctrl-C"), started.words.read_text()
        yield started
    finally:
        started.process.send_signal(signal.SIGTERM)
        started.process.wait(PATIENCE)


def test_a_start_answers_at_one_address_keeps_its_secrets_and_leaves_nothing(
    up: Started, data: Path, port: int
) -> None:
    """One start carries all of this: it is the longest wait in the suite."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as page:
        assert page.status == 200
    assert {(data / name).stat().st_mode & 0o077 for name in ("secret.key", "postgres.password")} == {0}

    second = Started(data, port + 1)
    assert second.process.wait(PATIENCE) == 1
    assert f"http://127.0.0.1:{port}/" in second.words.read_text()

    assert up.end(signal.SIGINT) == 0
    assert empty_within(data, 60) == []


def test_a_killed_start_stops_nothing_that_comes_after(up: Started, data: Path, port: int) -> None:
    up.end(signal.SIGKILL)

    again = Started(data, port)
    assert again.says("✓ 网站与后台"), again.words.read_text()
    assert again.end(signal.SIGTERM) == 0  # while it says who may begin
    assert empty_within(data, 60) == []


def test_a_busy_port_is_said_with_the_next_step(data: Path, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        refused = Started(data, port)

        assert refused.process.wait(PATIENCE) == 1
    assert f"--port {port + 1}" in refused.words.read_text()
    assert "Traceback" not in refused.words.read_text()
