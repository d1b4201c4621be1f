"""`./run up`: everything from an empty folder to an address that answers, then keep it so until Ctrl-C."""

import argparse
import fcntl
import os
import secrets
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fengqiao.jobs.launch import database, frontend, ports, processes, supervise, translations, where
from fengqiao.jobs.launch.steps import Stop, say, step
from fengqiao.mediation.identity import new_key

EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104


def run(arguments: list[str]) -> int:
    """Start everything, say where it is, and stop everything when asked to."""
    data, rest = where.data_folder(arguments)
    wanted = _options(rest)
    begun = time.monotonic()
    with _only_one(data, _address(wanted)):
        ports.wait_until_free(wanted.host, wanted.port)
        _build()
        with database.announced(data) as environment:
            environment = {**environment, **_settings(data, wanted)}
            _prepare(environment, wanted)
            _serve(data, wanted, environment, begun)
    say("  已停止 / Stopped.")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run up", description="Start Fengqiao.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--playbook", default="", help="set a county up from this model, e.g. zhenyuan")
    parser.add_argument("--demo", action="store_true", help="fill the county with people and cases to click through")
    parser.add_argument("--data", help="where everything is kept; ./var if not said")
    return parser.parse_args(arguments)


@contextmanager
def _only_one(data: Path, address: str) -> Iterator[None]:
    """Hold the data folder; the lock goes with us, however we end."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Stop(f"已在运行 / Already running with {data} at {lock.read().strip()}") from None
        lock.truncate(0)
        lock.write(address)
        lock.flush()
        yield


def _build() -> None:
    with step("前端 / Front end") as remarks:
        if not frontend.build():
            remarks.append("unchanged")
    with step("译文 / Translations"):
        translations.compile_all()


def _settings(data: Path, wanted: argparse.Namespace) -> dict[str, str]:
    for folder in ("files", "logs", "static"):
        (data / folder).mkdir(exist_ok=True)
    if not (data / "secret.key").exists():
        where.write_private(data / "secret.key", secrets.token_urlsafe(64))
    if not (data / "identity.key").exists():
        where.write_private(data / "identity.key", new_key())
    hosts = {"localhost", "127.0.0.1", "[::1]", wanted.host}
    if wanted.host in EVERYWHERE:
        hosts |= {socket.gethostname(), _own_address()}
    return {"FENGQIAO_DATA": str(data), "FENGQIAO_HOSTS": os.environ.get("FENGQIAO_HOSTS", ",".join(sorted(hosts)))}


def _own_address() -> str:
    """Give the address under which the network sees this machine; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def _prepare(environment: dict[str, str], wanted: argparse.Namespace) -> None:
    words = ["prepare", *(["--playbook", wanted.playbook] if wanted.playbook else [])]
    words += ["--demo"] if wanted.demo else []
    if processes.foreground(where.manage(*words), env=environment):
        raise Stop("准备未完成 / The preparation did not finish; the lines above say why.")


def _serve(data: Path, wanted: argparse.Namespace, environment: dict[str, str], begun: float) -> None:
    logs = data / "logs"
    programs = [supervise.web(wanted.host, wanted.port, environment, logs), supervise.worker(environment, logs)]
    try:
        with step("网站与后台 / Web server and worker"):
            for program in programs:
                program.start()
            _until_it_answers(programs[0], wanted)
        if where.command_exists("first_administrators"):
            processes.briefly(where.manage("first_administrators", "--address", _address(wanted)), env=environment)
        taken = f"{time.monotonic() - begun:.0f} s"
        say(f"\n  枫桥 Fengqiao  {_address(wanted)}   ({taken}; 日志 logs: {logs}; 停止 stop: Ctrl-C)\n")
        supervise.keep([*_own_database(data), *programs, supervise.Timekeeper(programs[-1])])
    except KeyboardInterrupt:
        processes.deaf()
    finally:
        supervise.end(programs)


def _own_database(data: Path) -> list[supervise.Database]:
    """Give our own PostgreSQL to be looked after; one that was named is looked after by others."""
    if database.named():
        return []
    cluster = database.own(data)
    return [supervise.Database(cluster, cluster.port)]


def _until_it_answers(web: supervise.Watched, wanted: argparse.Namespace, patience: float = 120) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if web.child and web.child.poll() is not None:
            break
        try:
            with urllib.request.urlopen(_address(wanted), timeout=10):
                return
        except urllib.error.HTTPError as answer:
            if answer.code < 500:
                return
            raise Stop(f"The first page fails. {web.last_words()}") from None
        except OSError:
            time.sleep(0.1)
    raise Stop(f"The web server does not answer. {web.last_words()}")


def _address(wanted: argparse.Namespace) -> str:
    host = "127.0.0.1" if wanted.host in EVERYWHERE else wanted.host
    return f"http://{f'[{host}]' if ':' in host else host}:{wanted.port}/"
