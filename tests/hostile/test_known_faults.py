"""The faults that were published of two programs of our kind, as classes; each with our test that would fail.

What is known of Request Tracker stands in the notes to its releases (4.0.6 to 6.0.4), of django-helpdesk in PyPI's
database of advisories and in its tracker; its advisories of 2026 were not at hand. A row names a class of fault, where
it was, and our test; a test that is renamed or taken out fails here.
"""

import ast
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from fengqiao.cases.models import Case
from fengqiao.cases.workflow import STEPS
from fengqiao.files import keeping
from fengqiao.jobs.launch.where import CHECKOUT
from tests import photos
from tests.cast import QingCounty

RT, DJ = "Request Tracker", "django-helpdesk"
FORMS, PAGES = "tests/hostile/test_forms.py", "tests/hostile/test_pages.py"
GUESSING, SECRETS = "tests/hostile/test_guessing.py", "tests/hostile/test_secrets.py"
STORED = f"{FORMS}:test_words_that_were_taken_are_said_back_and_never_run"
REFLECTED = f"{PAGES}:test_no_page_says_a_parameter_back_so_that_it_runs"
ONWARD = f"{PAGES}:test_no_way_onward_leads_out_of_the_house"
FEED = "tests/desk/test_feeds.py:test_the_address_is_not_stored"
REFUSED = "tests/files/test_hostile.py:test_the_rest_is_refused_in_words_and_leaves_nothing"
DOORS = "tests/architecture/test_scope_matrix.py:test_one_thing_exists_exactly_for_those_who_may_see_it"
SEALED = "tests/architecture/test_scope_lists.py:test_no_page_of_the_desk_speaks_of_what_is_out_of_sight"
KEPT = "tests/files/test_hostile.py"
KNOWN = [
    ("words of a ticket that run: subject, text, links", RT, "CVE-2011-2083, CVE-2013-3371, CVE-2013-5587", STORED),
    ("the same where another form shows the subject again", RT, "CVE-2026-105455", STORED),
    ("javascript: addresses in what was typed", RT, "CVE-2026-105456", STORED),
    ("the same in the text and comments of a ticket", DJ, "CVE-2021-3945, CVE-2021-3950, CVE-2021-3994", STORED),
    ("names of users, groups and rights that run", RT, "CVE-2015-5475", STORED),
    ("a parameter that is said back and runs", RT, "CVE-2011-5092", REFLECTED),
    ("a file shown as a page: its own word for its type", RT, "CVE-2022-25802",
     REFUSED),
    ("a file that is two things at once", RT, "CVE-2022-25802",
     f"{KEPT}:test_what_hangs_behind_or_inside_a_picture_does_not_come_along"),
    ("files that open to whoever knows or guesses the address", DJ, "#647",
     "tests/web/resident/test_files.py:test_the_code_alone_another_code_or_another_secret_shows_no_photo"),
    ("files that anybody on the machine may change: a mask of rights", DJ, "CVE-2018-25111",
     "tests/hostile/test_known_faults.py:test_what_is_kept_is_read_by_its_owner_alone"),
    ("a file or field without the rights of its ticket", RT, "5.0.3, without a number", DOORS),
    ("history or transactions of tickets out of sight", RT, "CVE-2011-2084, CVE-2023-45024, CVE-2026-108270", SEALED),
    ("what a search or a list says of what one may not see", RT, "CVE-2011-2084",
     "tests/architecture/test_scope_lists.py:test_lists_and_searches_show_exactly_what_one_may_see"),
    ("a query changed by a parameter", RT, "CVE-2011-4460, 5.0.10", REFLECTED),
    ("a change by following a link: no token asked", RT, "CVE-2012-4732, 5.0.11",
     f"{PAGES}:test_no_address_takes_a_form_without_its_token"),
    ("a vote by GET", DJ, "#1221", "tests/hostile/test_known_faults.py:test_reading_changes_nothing_of_a_case"),
    ("a way onward that leads out of the house", RT, "CVE-2022-25803", ONWARD),
    ("a warning at the door that can be steered", RT, "CVE-2012-4734", ONWARD),
    ("how long a sign-in takes tells whether the name exists", RT, "CVE-2021-38562",
     f"{GUESSING}:test_a_name_that_nobody_has_is_answered_as_a_wrong_password_is"),
    ("a session taken over by the address of a feed", RT, "CVE-2015-1464", FEED),
    ("others' keys of feeds told by a list of users", RT, "CVE-2026-44231", FEED),
    ("what a feed tells", RT, "CVE-2015-1165", "tests/desk/test_feeds.py:test_a_restricted_case_is_in_no_calendar"),
    ("headers of mail or answers written by what was typed", RT, "CVE-2012-4730, CVE-2013-3373",
     f"{PAGES}:test_rubbish_in_every_header_is_answered"),
    ("headers believed that anybody may send", RT, "CVE-2023-41259",
     f"{PAGES}:test_rubbish_in_every_header_is_answered"),
    ("answers to a machine that tell too much", RT, "CVE-2023-41260",
     f"{PAGES}:test_the_page_for_a_fault_of_ours_runs_nothing"),
    ("work without end for a small input", RT, "CVE-2014-9472", REFUSED),
    ("code run from a template that users write", RT, "CVE-2011-4458, CVE-2011-5093", STORED),
    ("a state set past the table of states", RT, "CVE-2012-4733",
     "tests/cases/test_every_step.py:test_a_case_that_moved_on_refuses"),
    ("rights of one place used at another", RT, "CVE-2012-4731", DOORS),
    ("cells of a table that begin a formula", "Primero", "March 2026",
     "tests/kit/test_cells.py:test_what_begins_a_formula_is_kept_a_text"),
    ("a flood of sign-ins that drowns the log", "Primero", "R2-3590",
     f"{GUESSING}:test_a_flood_of_knocks_stays_small_and_hides_nobody"),
    ("secrets in logs", RT, "a class, not one notice", f"{SECRETS}:test_no_secret_is_written_anywhere"),
]  # fmt: skip
UNSAFE = {"pickle", "marshal", "shelve", "yaml", "xml.etree.ElementTree", "xml.sax", "telnetlib"}
CALLS = {"eval", "exec", "compile", "__import__", "mark_safe", "SafeString"}
WE_LOOKED_AT = {
    "fengqiao/web/shared/templatetags/assets.py",
    "fengqiao/web/resident/qr.py",
    "fengqiao/web/console/templatetags/finding.py",  # stretches of a text, each escaped, and marks around some
    "fengqiao/web/shared/templatetags/kept.py",  # a part that a template drew, escaped as ever, kept
    "fengqiao/web/shared/templatetags/words.py",  # moments and spans: times and our own words about them, escaped
    "fengqiao/web/shared/quickening/values.py",  # says so of what Django says it of: filters that keep safe words safe
    "fengqiao/web/shared/quickening/lists.py",  # joins what the nodes drew, as Django's list of nodes does
    "fengqiao/web/shared/quickening/nodes.py",  # the same, and fields that it escaped itself
}


@pytest.mark.parametrize("row", KNOWN, ids=lambda row: row[0])
def test_each_class_has_a_test_that_would_fail(row: tuple[str, str, str, str]) -> None:
    file, _colon, name = row[3].partition(":")
    tree = ast.parse((CHECKOUT / file).read_text(encoding="utf-8"))

    assert name in {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}


def used(file: Path) -> set[str]:
    """Name what a file calls or brings in."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found.add(node.func.id)
    return found


def test_nothing_of_ours_runs_or_believes_what_it_reads() -> None:
    """No pickle, no loading of YAML or XML, no eval, no words declared safe but our own drawings."""
    ours = (CHECKOUT / "fengqiao").rglob("*.py")
    files = [file for file in ours if str(file.relative_to(CHECKOUT)) not in WE_LOOKED_AT]
    assert {str(file): bad for file in files if (bad := used(file) & (UNSAFE | CALLS))} == {}


def test_no_template_declares_words_safe() -> None:
    """A help text that quotes the name of a unit is a text somebody typed."""
    found = [
        (file.name, line.strip())
        for file in (CHECKOUT / "fengqiao").rglob("*.html")
        for line in file.read_text(encoding="utf-8").splitlines()
        if "|safe" in line or "autoescape off" in line
    ]
    assert found == []


def test_what_is_kept_is_read_by_its_owner_alone(qing: QingCounty) -> None:
    file = photos.waiting()

    kept = [keeping.path_of(file.pk), keeping.small_of(file.pk), keeping.path_of(file.pk).parent]
    assert [oct(path.stat().st_mode & 0o022) for path in kept] == ["0o0"] * 3


def test_reading_changes_nothing_of_a_case(qing: QingCounty, leak: Case) -> None:
    """A link that is followed takes no step: each asks to be sent."""
    client = Client()
    client.force_login(qing.chen_dispatches, backend="fengqiao.web.shared.backends.Staff")
    found = {
        client.get(reverse("console:step", args=[leak.number, verb]), {"to": "water"}).status_code for verb in STEPS
    }

    assert found == {405}
    assert Case.objects.get().line_count == leak.line_count
