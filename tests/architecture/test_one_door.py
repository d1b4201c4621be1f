"""The second line behind the scope predicate: nothing that pages read is fetched past it without a word here.

A query in what pages read (views, their helpers, read models) begins with `visible_to`, or it stands in this table with
the reason why it may not. A forgotten predicate is found here before any page is asked for (ADR 0058).
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from fengqiao.jobs.launch.where import CHECKOUT

GUARDED = {"Case", "Report", "Attachment", "Notice", "ReceptionDay", "Booking"}
DOORS = {"visible_to", "reached_by"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
READ_BY_PAGES = ("web/console/**/*.py", "insight/*.py", "desk/*.py", "*/queries.py", "*/searching.py", "*/newest.py")
PAST_IT = {
    "cases/queries.py:_rows": "of cases that were found",
    "cases/queries.py:_wanted": "each ground of reach(), by the posts that owe the act",
    "desk/queries.py:dates_owed": "reach() itself, and nothing restricted",
    "intake/queries.py:_rows": "reports that were found",
    "intake/queries.py:reports": "the reports' reach() itself, in the areas of the posts that decide",
    "intake/queries.py:_first_words": "of cases that were found",
    "intake/queries.py:_brought": "of a case that was found",
    "intake/queries.py:brought": "to which reports of a case that was found went on",
    "intake/queries.py:with_first_words": "a column of the cases it is given",
    "intake/newest.py:_cases": "each ground of reach() by itself that is no area",
    "intake/newest.py:_in_area": "an area of reach(), in the reports that lie where the cases do that all may see",
    "intake/newest.py:_said_in_reports": "each ground of the reports' reach by itself",
    "intake/searching.py:_gathered": "narrows the cases it is given",
    "intake/searching.py:walked": "narrows the cases it is given",
    "web/console/auditing.py:things_of": "the log's own filter; the auditor reads numbers, and nothing else",
    "web/console/auditing.py:with_numbers": "numbers for the lines of the log",
    "web/console/bulk.py:_moved_on": "asks if a picked case has moved on",
    "web/console/finding.py:_said": "of cases that were found",
    "web/console/found.py:_found": "of the case that is found through it: whether notices are unread",
    "web/console/loglines.py:entries": "files of the lines of a case that was found",
    "web/console/said.py:_files": "files of reports that were found",
    "web/console/waits.py:dossiers": "reach() itself, from what of the posts decides it",
    "web/console/mediation/forms/joining.py:clean_number": "judged by the policy: a dispute the user may take in",
    "insight/day.py:about_cases": "reach() itself",
    "insight/day.py:cases": "each ground of reach() by itself",
    "insight/day.py:reports": "each ground of the reports' reach by itself",
    "web/console/views/reports.py:_rows": "reports of a page that was found",
    "web/console/views/worklist.py:_rows": "cases of a page that was found",
    "web/console/views/worklist.py:parts": "each ground of reach() by itself; none at all, where there is no ground",
    "web/console/views/reports.py:parts": "each ground of the reports' reach by itself",
    "web/console/views/covering.py:cover": "the report of a file that was found",
    "web/console/views/files.py:_record": "whose file it is, for the log of looks",
    "web/console/views/files.py:waiting": "files that one sent oneself and that belong to nothing yet",
}


def past_the_door(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Give each function and the guarded model it fetches by anything else than `visible_to`."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        above = {child: node for node in ast.walk(function) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(function):
            if isinstance(node, ast.Name) and node.id in GUARDED and _is_fetched(node, above):
                yield function.name, node.id


def _is_fetched(model: ast.Name, above: dict[ast.AST, ast.AST]) -> bool:
    """Test if a model's rows are fetched here, and not through the door."""
    use = above.get(model)
    if isinstance(use, ast.Call):
        return isinstance(use.func, ast.Name) and use.func.id in SHORTCUTS and use.args[0] is model
    then = above.get(use) if isinstance(use, ast.Attribute) and use.attr == "objects" else None
    return then is not None and not (isinstance(then, ast.Attribute) and then.attr in DOORS)


def found() -> set[str]:
    """Read all that pages read."""
    program = CHECKOUT / "fengqiao"
    files: set[Path] = {file for pattern in READ_BY_PAGES for file in program.glob(pattern)}
    return {
        f"{file.relative_to(program)}:{function}"
        for file in files
        for function, _model in past_the_door(ast.parse(file.read_text(encoding="utf-8")))
    }


def test_what_pages_read_begins_with_the_scope_predicate() -> None:
    assert found() == set(PAST_IT)


def test_a_query_without_it_would_be_found() -> None:
    forgotten = ast.parse("def find(user, number):\n    return Case.objects.filter(number=number).first()")
    assert list(past_the_door(forgotten)) == [("find", "Case")]
    shortcut = ast.parse("def small(file):\n    return get_object_or_404(Attachment, pk=file)")
    assert list(past_the_door(shortcut)) == [("small", "Attachment")]
    kept = ast.parse("def find(user, number):\n    return Case.objects.visible_to(user).filter(number=number)")
    assert list(past_the_door(kept)) == []
