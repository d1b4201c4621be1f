"""No cell of a table may begin a formula, seen or unseen."""

import csv
import io

import pytest

from fengqiao.kit import cells

FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "|calc", "%0A", " =1+1", "\t=1+1", "\r=1+1", "\n=1+1", "\u200b=1+1", "\ufeff=1+1",
    "\u202e=1+1", "\u2060=cmd", "\u00ad+1", "\u00a0=1+1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "\x00=1+1", "\u034f=1",
]  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_begins_a_formula_is_kept_a_text(formula: str) -> None:
    assert cells.inert(formula) == f"'{formula}"


@pytest.mark.parametrize("text", ["", "东镇 a=b", "13900000012", "马晓兰", "(a) 1-2", "《条例》", "1-1"])
def test_other_words_stay_as_they_are(text: str) -> None:
    assert cells.inert(text) == text


def test_a_table_is_read_back_as_it_was_written() -> None:
    said = "他说：“算了,\n不告了”"
    table = "".join(cells.written([["时间", "原因"], ["今天", said], [None, "=1"]]))

    assert table.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(table[1:]))) == [["时间", "原因"], ["今天", said], ["", "'=1"]]
