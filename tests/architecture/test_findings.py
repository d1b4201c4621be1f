"""Whatever the doctor can complain of stands in docs/operations.md with its cure."""

import ast
import re
from collections.abc import Iterator

from fengqiao.jobs.launch.where import CHECKOUT
from tests.architecture.files import ours

CALLERS = {"fault", "watch", "good", "Break"}
ELLIPSIS = re.compile(r"%\(\w+\)[\d.]*\w")


def sentences() -> Iterator[str]:
    """Give the first sentence of every fault and of everything to be watched, its facts left open."""
    for path in ours(".py", under=("fengqiao/jobs/doctor", "fengqiao/jobs/management/commands/doctor.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        fine = {id(each) for call in _calls(tree) for each in _not_complaints(call)}
        for node in ast.walk(tree):
            if _is_translated(node) and id(node) not in fine:
                yield ELLIPSIS.sub("…", node.args[0].value)  # type: ignore[attr-defined]


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Find the calls that make findings, and the two that say how many there were."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in CALLERS or name in ("write", "_lag"):
                yield node


def _not_complaints(call: ast.Call) -> Iterator[ast.AST]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    parts = {"fault": call.args[1:], "watch": call.args[1:], "Break": []}.get(name, call.args)
    for part in parts:
        yield from ast.walk(part)


def _is_translated(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"


def test_every_finding_has_its_cure_on_the_page() -> None:
    page = (CHECKOUT / "docs" / "operations.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([^|]+?) \| [^|]+ \| ([^|]+?) \|$", page, re.MULTILINE))
    said = {each for each in sentences() if each not in REMEDIES}
    assert len(said) > 20
    assert sorted(said - rows.keys()) == []


REMEDIES = {"Nothing reminds of it any more: look at it now, and tell those who maintain the program."}
