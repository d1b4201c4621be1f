"""An address that is taken: for a moment, or by somebody else."""

import socket
from collections.abc import Iterator
from threading import Timer

import pytest

from fengqiao.jobs.launch import ports
from fengqiao.jobs.launch.steps import Stop

HOST = "127.0.0.1"


@pytest.fixture
def taken() -> Iterator[socket.socket]:
    """An address somebody listens at."""
    with socket.create_server((HOST, 0)) as server:
        yield server


def test_a_killed_web_server_may_take_a_moment_to_go(taken: socket.socket) -> None:
    Timer(0.5, taken.close).start()
    ports.wait_until_free(HOST, taken.getsockname()[1], patience=30)


def test_what_somebody_else_holds_is_refused_with_another_proposed(taken: socket.socket) -> None:
    port = taken.getsockname()[1]
    with pytest.raises(Stop, match=str(port + 1)):
        ports.wait_until_free(HOST, port, patience=0)
