"""The documents say what the code does: names, links, the printed flow, dependencies, the version, the Chinese twin."""

import re
import tomllib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Model, TextChoices
from django.utils.translation import override

from fengqiao.cases.models import Stage
from fengqiao.cases.vocabulary import Kind, Nature, Outcome, Urgency
from fengqiao.cases.workflow import STEPS, Status
from fengqiao.intake.workflow import Status as ReportStatus
from fengqiao.jobs.launch.where import CHECKOUT
from fengqiao.mediation.workflow import ACTS
from fengqiao.people.models import Role
from fengqiao.playbooks.demo.reading import people
from fengqiao.playbooks.demo.stage import PASSWORD
from tests.architecture.files import ours, short

DOCS = CHECKOUT / "docs"
PAGES = sorted(ours(".md"))
LINK = re.compile(r"(?:\]\(|src=\")([^)\"#\s]+)")
QUOTED = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"[\w./*-]*\w\.(?:py|md|html|ts|css|toml|txt|in|csv|gz|po|json)|[\w-]+(?:/[\w-]+)*/")
EACH_ONE = (Status, ReportStatus, Role, Stage, Nature, Kind, Urgency, Outcome)


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Read the rows of the glossary: term, 中文, sentence, where in the code."""
    for line in (DOCS / "glossary.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 4 and cells[0] != "term":
            term, chinese, sentence, where = cells
            yield term, chinese, sentence, where.strip("`")


def place_of(thing: type, name: str = "") -> str:
    """Name a class, or one of its members, as the glossary does."""
    file = thing.__module__.removeprefix("fengqiao.").replace(".", "/")
    return f"{file}.py:{thing.__qualname__}{f'.{name}' if name else ''}"


def our_models() -> list[type[Model]]:
    """List the tables of our own packages."""
    return [model for model in apps.get_models() if model.__module__.startswith("fengqiao.")]


def our_lists(of: type[TextChoices] = TextChoices) -> Iterator[type[TextChoices]]:
    """List the closed lists of words in our own packages."""
    for each in of.__subclasses__():
        if each.__module__.startswith("fengqiao."):
            yield each
        yield from our_lists(each)


def shown_words() -> dict[str, str]:
    """Give the Chinese words that pages show for what the glossary must explain one by one."""
    with override("zh-hans"):
        words = {f'cases/workflow.py:STEPS["{verb}"]': str(step.label) for verb, step in STEPS.items()}
        words |= {place_of(each, member.name): str(member.label) for each in EACH_ONE for member in each}
        return words | {place_of(model): str(model._meta.verbose_name) for model in our_models() if _is_named(model)}


def _is_named(model: type[Model]) -> bool:
    """Test if a model has a name of its own for people; one that is never shown has none."""
    return "verbose_name" in model._meta.original_attrs


def test_the_glossary_explains_every_noun_and_every_step() -> None:
    needed = {place_of(model) for model in our_models()} | {place_of(each) for each in our_lists()} | {*shown_words()}
    assert sorted(needed - {where for *_words, where in rows()}) == []


def test_the_glossary_uses_the_words_that_pages_show() -> None:
    shown = shown_words()
    assert {where: chinese for _term, chinese, _said, where in rows() if shown.get(where, chinese) != chinese} == {}


def test_a_term_stands_in_the_glossary_once_and_in_one_sentence() -> None:
    terms = [term for term, *_rest in rows()]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []
    assert [term for term, _chinese, sentence, _where in rows() if not sentence.endswith(".")] == []


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_links_lead_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.is_relative_to(DOCS)], ids=short)
def test_pages_name_files_and_functions_that_exist(page: Path) -> None:
    named = QUOTED.findall(page.read_text(encoding="utf-8"))
    assert sorted({each for each in named if not _stands(each)}) == []


def _stands(quoted: str) -> bool:
    """Test if a quoted path or `file:name` is there; anything else, and a name without a folder, is let be."""
    file, _colon, name = quoted.partition(":")
    if not FILE.fullmatch(file) or "/" not in file.rstrip("/"):
        return True
    found = next((path for start in (CHECKOUT, CHECKOUT / "fengqiao") for path in start.glob(file)), None)
    return found is not None and (not name or _has(found.read_text(encoding="utf-8"), name))


def _has(code: str, name: str) -> bool:
    """Test if code defines a name; of `Case.status` and `STEPS["open"]` each part must be there."""
    parts = re.findall(r"\w+", name)
    first = rf"^(?:class|def) {parts[0]}\b|^{parts[0]}(?:: .+)? = "
    return bool(re.search(first, code, re.MULTILINE)) and all(re.search(rf"\b{part}\b", code) for part in parts)


@pytest.mark.parametrize("flow", ["case", "mediation"])
def test_the_printed_flow_is_the_one_in_the_code(flow: str) -> None:
    printed = StringIO()
    call_command("print_flows", flow, stdout=printed)
    assert (DOCS / "flows" / f"{flow}.md").read_text(encoding="utf-8") == printed.getvalue()


def test_every_act_of_a_dossier_is_found_in_the_code() -> None:
    rows = (DOCS / "flows" / "mediation.md").read_text(encoding="utf-8").splitlines()
    acts = {row.split("`")[1]: row.split("|")[-2].strip() for row in rows if row.startswith("| `")}
    assert {verb for verb in ACTS if not acts[verb].startswith("`")} == set()


def test_every_direct_dependency_has_its_reason() -> None:
    reasoned = set(
        re.findall(r"^\| `([^`]+)` \|", (DOCS / "dependencies.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert reasoned == direct_dependencies()


def direct_dependencies() -> set[str]:
    """Name what requirements/*.in and package.json ask for."""
    asked = [line for path in (CHECKOUT / "requirements").glob("*.in") for line in path.read_text().splitlines()]
    python = {re.split(r"[\[=<>~ ;]", line)[0] for line in asked if line and not line.startswith(("#", "-"))}
    package = (CHECKOUT / "frontend" / "package.json").read_text()
    return python | set(re.findall(r'^    "((?:@[\w.-]+/)?[\w.-]+)": "[\^~]?\d', package, re.MULTILINE))


def test_every_decision_is_in_the_index() -> None:
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (DOCS / "adr" / "README.md").read_text(encoding="utf-8"))
    assert listed == sorted(path.name for path in (DOCS / "adr").glob("[0-9]*.md"))


@pytest.mark.parametrize("page", sorted((DOCS / "adr").glob("[0-9]*.md")), ids=short)
def test_a_decision_has_its_three_parts(page: Path) -> None:
    headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequence"]


def test_the_changelog_begins_with_the_version() -> None:
    newest = re.search(r"^## (\d+\.\d+\.\d+)", (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert newest and newest[1] == project["version"]


def test_the_chinese_readme_is_in_step() -> None:
    english, chinese = ((CHECKOUT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
    for same in (r"^(#+) ", r"^```.*?^```", r"(?:\]\(|src=\")(?!README)([^)\"]+)", r"^\| `([^`]+)`"):
        found = [re.findall(same, text, re.MULTILINE | re.DOTALL) for text in (english, chinese)]
        assert found[0] == found[1]


def test_the_readme_names_people_who_can_sign_in() -> None:
    text = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z]+\.[a-z]+)`", text, re.MULTILINE)) <= {person.username for person in people()}
    assert f"`{PASSWORD}`" in text
