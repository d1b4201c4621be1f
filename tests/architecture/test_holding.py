"""A row is held alone: read together with others while they change, PostgreSQL may give back no row at all."""

import ast
from collections.abc import Iterator

from tests.architecture.files import ours, short

# These join only what never changes: a row of a run and who began it, a reception day and its centre, a booking's day.
NEVER_CHANGES = {
    "fengqiao/desk/transitions/bulk.py",
    "fengqiao/reception/transitions/announcing.py",
    "fengqiao/reception/transitions/booking.py",
    "fengqiao/reception/transitions/hearing.py",
}


def chains(text: str) -> Iterator[set[str]]:
    """Give for each chain of calls the names called in it."""
    for node in ast.walk(ast.parse(text)):
        called, link = set[str](), node
        while isinstance(link, ast.Call | ast.Attribute):
            if isinstance(link, ast.Attribute):
                called.add(link.attr)
            link = link.func if isinstance(link, ast.Call) else link.value
        yield called


def joining() -> set[str]:
    """Find the files in which one statement both holds a row and joins others."""
    both = {"select_for_update", "select_related"}
    found = {short(path): chains(path.read_text(encoding="utf-8")) for path in ours(".py", under=("fengqiao",))}
    return {name for name, called in found.items() if any(both <= names for names in called)}


def test_no_statement_both_holds_a_row_and_joins_others() -> None:
    assert joining() == NEVER_CHANGES
