"""Start other programs so that none of them outlives us unseen."""

import ctypes
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import IO

from fengqiao.jobs.launch.steps import Stop

PR_SET_PDEATHSIG = 1


class Terminated(KeyboardInterrupt):
    """Someone asked us to end by a signal, not at the keyboard."""


Child = subprocess.Popen[bytes]
_libc = ctypes.CDLL(None)


def begin(command: list[str], *, env: dict[str, str], cwd: Path | None = None, log: IO[bytes] | None = None) -> Child:
    """Start a program in a group of its own; where the system can, it is told to stop if we are killed."""
    return subprocess.Popen(
        command, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        start_new_session=True, preexec_fn=_stop_with_parent,
    )  # fmt: skip


def yield_to_others(child: Child, by: int = 10) -> None:
    """Let a program have the processors when those for whom somebody waits do not need them."""
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PGRP, child.pid, by)
        # Where Linux shares its processors among sessions, a priority counts only within one; this counts between them.
        (Path("/proc") / str(child.pid) / "autogroup").write_text(str(by))


def foreground(command: list[str], *, env: dict[str, str], cwd: Path | None = None) -> int:
    """Run a program in our place: it has the terminal, and a Ctrl-C is its own to answer."""
    child = subprocess.Popen(command, env=env, cwd=cwd, preexec_fn=_stop_with_parent)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt as stopped:
            # At a terminal the keyboard has told the child already; twice would cut its putting-away short.
            if isinstance(stopped, Terminated) or not sys.stdin.isatty():
                child.send_signal(signal.SIGINT)


def briefly(command: list[str], *, env: dict[str, str]) -> None:
    """Run a program that says a few words; whatever stops us stops it, and goes on to whoever called."""
    subprocess.run(command, env=env, check=False, preexec_fn=_stop_with_parent)


def quiet(command: list[str], *, env: dict[str, str], cwd: Path | None = None) -> None:
    """Run a program whose words matter only if it fails."""
    answer = subprocess.run(command, env=env, cwd=cwd, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise Stop(f"{Path(command[0]).name} {' '.join(command[1:3])}:\n{(answer.stdout + answer.stderr)[-3000:]}")


def end(child: Child, patience: float = 20) -> None:
    """Ask a program to stop, wait, and take down whatever of its group is left."""
    if child.poll() is None:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(patience)
    sweep(child)


def sweep(child: Child) -> None:
    """Kill what is left of a program's group, such as workers whose master was killed."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def stop_on_signals() -> None:
    """Let a polite kill end us as Ctrl-C does, so that everything is put away."""
    for one in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, _interrupt)


def deaf() -> None:
    """Ignore further signals while things are being put away."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise Terminated


def _stop_with_parent() -> None:
    if hasattr(_libc, "prctl"):
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
