"""The benches run, small; what they measure is for nobody's pass or fail. That they see faults is tested, too."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from bench import search, timing
from bench.kept import database
from bench.load import verifying
from bench.load.client import Answer, Broken
from bench.load.desk import CALLS, must_show
from bench.load.spike import arrivals
from fengqiao.cases.models import Case
from fengqiao.cases.workflow import Status
from fengqiao.jobs.launch.where import CHECKOUT

STOCK = 120
DISPUTES = 6
SPREAD = {"p50_ms", "p95_ms", "p99_ms"}
LIVED = {"cases_case": 1, "intake_report": 1, "intake_decision": 1, "intake_reportclock": 1, "cases_caselog": 4}

Bench = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def kept(worker_id: str) -> str:
    """Name the stock: tests that run beside these make and drop their own."""
    return f"bench_{os.environ.get('FENGQIAO_TEST_DATABASE', 'fengqiao')}_{worker_id}"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, kept: str) -> Iterator[Bench]:
    """Run a bench on a small stock of the places that come with the program; its databases go afterwards."""
    folder = tmp_path_factory.mktemp("bench")
    given = {"FENGQIAO_REAL_DATA": str(folder / "none"), "FENGQIAO_DATA": str(folder / "data"), database.NAMED: kept}

    def run(name: str, *words: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "bench", name, "--stock", str(STOCK), *words]
        answer = subprocess.run(
            command, cwd=CHECKOUT, env={**os.environ, **given}, capture_output=True, text=True, check=False
        )
        assert answer.returncode == 0, answer.stderr
        print(answer.stderr)  # the faults in words, where a figure is not as it should be
        told: dict[str, Any] = json.loads(answer.stdout)
        return told

    yield run
    for name in (f"{kept}_{STOCK}", f"{kept}_0", f"{kept}_disputes_{DISPUTES}"):
        database.drop(name)


def test_the_stock_is_made_once_and_kept(bench: Bench, kept: str) -> None:
    made = bench("stock")
    assert made["database"] == f"{kept}_{STOCK}"
    assert (made["stock"], made["places"]) == (STOCK, "shipped with the program")
    assert made["rows"] > STOCK * 13  # case, report, decision, five lines, some clocks, a notice
    assert bench("stock")["made_at"] == made["made_at"]
    assert bench("stock", "--seed", "2")["made_at"] != made["made_at"]


def test_lifecycles_are_driven_and_found_again(bench: Bench) -> None:
    told = bench("lifecycle", "--users", "2", "--seconds", "2")
    assert (told["errors"], told["lost"], told["users"], told["stock"]) == (0, 0, 2, STOCK)
    assert told["verified"] >= 2  # each desk does one before the clock starts
    assert told["rows"].items() >= LIVED.items()
    assert told["yardstick_rows"].items() >= {**LIVED, "cases_caseclock": told["rows"]["cases_caseclock"]}.items()
    assert told["ratio"] == round(told["figure"] / told["yardstick"], 3)
    assert told.keys() >= SPREAD | {"unit", "processors", "machine_load", "postgresql", "client_ms_a_request"}
    assert set(told["calls"]) == set(CALLS) and all(set(times) == SPREAD for times in told["calls"].values())


def test_a_rush_is_let_in_and_found_again(bench: Bench) -> None:
    told = bench("spike", "--users", "2", "--share", "0.002")
    assert (told["errors"], told["lost"]) == (0, 0)
    assert told["verified"] == told["arrived"] + 2  # and one for each desk before it begins
    assert told["arrived"] > 5 and told["figure"] > 0 and told["latest_start_ms"] >= 0


def test_memory_is_added_up(bench: Bench) -> None:
    told = bench("memory", "--wait", "0")
    assert told["errors"] == 0
    parts = sum(told[f"{name}_mib"] for name in ("web", "worker", "postgresql"))
    assert told["figure"] == pytest.approx(parts, abs=0.2) and min(told["web_mib"], told["worker_mib"]) > 20


def test_the_first_page_is_weighed_with_what_it_asks_for(bench: Bench) -> None:
    told = bench("weight")
    assert any(name.endswith(".css") for name in told["bytes"]) and any(name.endswith(".js") for name in told["bytes"])
    assert told["figure"] == pytest.approx(sum(told["bytes"].values()) / 1024, abs=0.1)


def test_a_rush_brings_what_its_course_says() -> None:
    due = list(arrivals(1.0))
    assert due == sorted(due) and due[0] >= 0 and due[-1] <= 570
    assert len(due) == pytest.approx(60 + 240 + 960 + 390 + 1620 + 555 + 1800, rel=0.01)
    assert len(list(arrivals(0.1))) == pytest.approx(len(due) / 10, rel=0.05)


def test_an_answer_that_shows_another_state_is_an_error() -> None:
    page = f'<span class="number">20261120-23456</span><span class="tag tag-status">{Status.DISPATCHED.label}</span>'
    shown = Answer(200, b"", page.encode())
    must_show(shown, "20261120-23456", Status.DISPATCHED)
    answers = [(shown, "20261120-23456", Status.CONCLUDED), (shown, "20261120-99999", Status.DISPATCHED)]
    for wrong in (*answers, (Answer(422, b"", page.encode()), "20261120-23456", Status.DISPATCHED)):
        with pytest.raises(Broken):
            must_show(*wrong)


def test_what_was_acknowledged_and_is_not_whole_is_missed(done_leak: Case) -> None:
    acknowledged = [(done_leak.county, done_leak.number)]
    assert verifying.missing(acknowledged) == []
    assert verifying.missing([(done_leak.county, "20261120-23456")]) == ["20261120-23456"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_caselog SET public = public || '!' WHERE verb = 'conclude'")
    assert verifying.missing(acknowledged) == [done_leak.number]


def test_the_search_bench_finds_everything_and_nothing_else(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    search.main(["--stock", "300", "--queries", "12"])

    told = json.loads(capsys.readouterr().out)
    assert (told["stock"], told["recall"], told["precision"]) == (300, 1.0, 1.0)
    assert told["found"] > 0


def test_the_bench_of_times_asks_at_every_door(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    timing.main(["--times", "3"])

    told = json.loads(capsys.readouterr().out)
    assert set(told["compared"]) == {"secret", "code", "name", "closed"} and set(told["judged"]) < set(told["compared"])
    assert all(min(each["p50_ms"]) > 0 and -1 <= each["leans"] <= 1 for each in told["compared"].values())
    assert told["errors"] == 0 and told["figure"] == max(
        abs(told["compared"][name]["leans"]) for name in told["judged"]
    )


def test_a_door_that_answers_sooner_is_found() -> None:
    assert timing.leans([1.0, 2.0], [3.0, 4.0]) == 1 and timing.leans([3.0, 4.0], [1.0, 2.0]) == -1
    assert timing.leans([1.0, 4.0], [2.0, 3.0]) == 0
    assert timing.by_chance(10) > timing.by_chance(100) > 0.2


def test_pages_over_a_stock_are_timed(bench: Bench) -> None:
    told = bench("depth", "--times", "2", "--queries", "4")
    assert told["pages"].keys() >= {"worklist_clerk", "worklist_handler", "home_above", "case", "search_reports"}
    assert all(0 < page["p50_ms"] <= page["p99_ms"] for page in told["pages"].values())
    assert all(0 < page["statements"] < 80 for page in told["pages"].values())
    assert told["pages"]["newest_above"]["shown"] > 0 and told["pages"]["case"]["shown"] == 0
    assert told["figure"] == max(told["pages"][name]["p95_ms"] for name in told["judged"]) and told["errors"] == 0


def test_a_year_of_disputes_is_played_once_counted_twice_and_timed(bench: Bench) -> None:
    made = bench("disputes", "--stock", str(DISPUTES), "--times", "2", "--pages", "year,day,list,dossier,resident")
    assert made["counted"]["stands"][0][0] == DISPUTES and made["counted"]["differ"] == [] and made["errors"] == 0
    assert made["dossiers"] >= DISPUTES and made["lines"] > DISPUTES * 12 and made["played_cpu_s"] > 0
    assert made["pages"].keys() >= {"year", "day_at_the_township", "dossier_agreed", "resident_mediation"}
    assert all(0 < page["p50_ms"] <= page["max_ms"] for page in made["pages"].values())
    assert all(0 < page["statements"] < 40 and page["rows"] > 0 for page in made["pages"].values())
    again = bench("disputes", "--stock", str(DISPUTES), "--times", "1", "--pages", "registers,committees")
    assert again["lines"] == made["lines"] and again["played_s"] == made["played_s"]
