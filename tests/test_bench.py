"""The benches run, small; what they measure is for nobody's pass or fail."""

import json

import pytest

from bench import search


def test_the_search_bench_finds_everything_and_nothing_else(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    search.main(["--stock", "300", "--queries", "12"])

    told = json.loads(capsys.readouterr().out)
    assert (told["stock"], told["recall"], told["precision"]) == (300, 1.0, 1.0)
    assert told["found"] > 0
