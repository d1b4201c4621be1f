"""Our own PostgreSQL starts whatever was done to it, and lets in nobody without its password."""

import os
import signal
import socket
import stat
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from fengqiao.jobs.launch import cluster as clusters
from fengqiao.jobs.launch import postgres, programs
from fengqiao.jobs.launch.cluster import Cluster, open_cluster
from fengqiao.jobs.launch.steps import Stop


def opened(data: Path) -> Cluster:
    return open_cluster(data, careless=True)


def remember(url: str, word: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES (%s)", [word])


def remembered(url: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT word FROM kept").fetchone()
    assert row
    return str(row[0])


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])


def test_a_second_start_finds_the_same_data_at_the_same_port(data: Path) -> None:
    with postgres.running(opened(data)) as first:
        remember(first, "枫桥")
    with postgres.running(opened(data)) as second:
        assert (second, remembered(second)) == (first, "枫桥")


def test_a_wrong_password_is_refused_on_the_network_and_on_the_socket(data: Path) -> None:
    cluster = opened(data)
    with postgres.running(cluster) as url:
        for host in ("127.0.0.1", str(cluster.data)):
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                psycopg.connect(url, host=host, password="guessed")


def test_only_this_machine_can_reach_it(data: Path) -> None:
    with postgres.running(opened(data)) as url, psycopg.connect(url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)


def test_chinese_is_text_to_it(data: Path) -> None:
    with postgres.running(opened(data)) as url, psycopg.connect(url) as connection:
        row = connection.execute("SELECT '邻里纠纷' ~ '^[[:alnum:]]+$', current_setting('data_checksums')").fetchone()
    assert row == (True, "on")


def test_it_writes_down_which_pages_it_held_where_it_can_read_them_again(data: Path) -> None:
    cluster = open_cluster(data)
    with postgres.running(cluster) as url:
        remember(url, "枫桥")
    assert (cluster.data / "autoprewarm.blocks").exists() == cluster.programs.has("pg_prewarm")

    with postgres.running(open_cluster(data)) as again:
        assert remembered(again) == "枫桥"


def test_a_killed_server_starts_again_with_its_data(data: Path) -> None:
    cluster = open_cluster(data)
    with postgres.running(cluster) as url:
        remember(url, "kept")
        os.kill(postmaster(cluster), signal.SIGKILL)
        with postgres.running(cluster) as again:
            assert remembered(again) == "kept"


def test_a_pid_that_now_belongs_to_something_else_does_not_stop_the_start(data: Path) -> None:
    cluster = opened(data)
    with postgres.running(cluster) as url:
        lines = (cluster.data / "postmaster.pid").read_text().split("\n")
    (cluster.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))

    with postgres.running(cluster) as again:
        assert again == url


def test_a_creation_that_was_cut_short_is_done_anew(data: Path) -> None:
    cluster = opened(data)
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text(f"{cluster.programs.major}\n")
    (cluster.home / "unfinished").touch()

    with postgres.running(opened(data)) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_it_moves_when_another_program_has_taken_its_port(data: Path) -> None:
    cluster = opened(data)
    with postgres.running(cluster) as first:
        pass
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", cluster.port))
        other.listen()
        with postgres.running(cluster) as second:
            assert urlsplit(first).port != urlsplit(second).port


def test_the_last_user_stops_it_and_no_other(data: Path) -> None:
    cluster = opened(data)
    with postgres.running(cluster) as url:
        with postgres.running(opened(data)):
            pass
        psycopg.connect(url).close()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_a_path_too_long_for_a_socket_still_works(data: Path) -> None:
    deep = data / ("枫桥" * 12) / ("x" * 60)
    with postgres.running(opened(deep)) as url, psycopg.connect(url) as connection:
        assert connection.execute("SHOW unix_socket_directories").fetchone() == ("",)
    assert not open_cluster(deep).home.is_symlink()


def test_a_lost_password_is_said_and_nothing_is_thrown_away(data: Path) -> None:
    with postgres.running(opened(data)):
        pass
    kept = (data / "postgres.password").rename(data / "elsewhere")

    with pytest.raises(Stop, match="missing"):
        opened(data)
    assert (data / "postgres" / "data" / "PG_VERSION").exists()
    kept.rename(data / "postgres.password")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root must hand the server to another user")
def test_a_private_checkout_stays_private(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data.mkdir()
    data.chmod(0o700)
    monkeypatch.setattr(clusters, "PRIVATE_HOMES", data.with_name("homes"))

    with postgres.running(opened(data)) as url:
        remember(url, "kept")
    with postgres.running(opened(data)) as url:
        assert remembered(url) == "kept"
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root must hand the server to another user")
def test_the_wheels_programs_run_from_a_private_checkout(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "reachable", lambda path: path == data)

    cluster = open_cluster(data, wanted="embedded", careless=True)

    assert cluster.home in cluster.programs.folder.parents
    with postgres.running(cluster) as url, psycopg.connect(url) as connection:
        assert connection.info.server_version >= 180000


def test_programs_older_than_the_data_are_not_used(data: Path) -> None:
    with pytest.raises(Stop, match="PostgreSQL 14"):
        programs.choose(major=14)
