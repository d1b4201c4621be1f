"""Whether the address to serve at is free, given a moment: a web server that was killed lets go a little later."""

import socket
import time

from fengqiao.jobs.launch.steps import Stop

PATIENCE = 15.0  # seconds; an old web server still answers what it was asked before it goes
A_MOMENT = 0.25


def wait_until_free(host: str, port: int, patience: float = PATIENCE) -> None:
    """Wait until nobody listens at an address; refuse once that takes too long."""
    until = time.monotonic() + patience
    while (why := _why_taken(host, port)) is not None:
        if time.monotonic() > until:
            raise Stop(f"{host}:{port} 不可用 / cannot be used: {why}. Choose another: ./run up --port {port + 1}")
        time.sleep(A_MOMENT)


def _why_taken(host: str, port: int) -> str | None:
    """Say why an address cannot be listened at; none if it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return str(error.strerror)
    return None
