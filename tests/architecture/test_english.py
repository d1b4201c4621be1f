"""Every page in English: what is left of Chinese on it is what people or reference data wrote."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import chain

import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from django.db.models.functions import Left
from django.test import Client
from django.urls import URLPattern, reverse

from fengqiao.cases.models import Case
from fengqiao.cases.workflow import STEPS
from fengqiao.intake.models import Report
from fengqiao.places.models import Region
from fengqiao.playbooks.redrawing.grid_sheet import HEADS, KINDS, SAMPLE
from fengqiao.playbooks.registering import committees, mediators
from fengqiao.web.console import setup_urls
from fengqiao.web.resident import urls as resident_urls
from tests import acts
from tests.architecture.test_administrators import DUTIES, WHOSE
from tests.architecture.test_administrators import address as setup_address
from tests.architecture.test_scope_matrix import OF_MANY, arguments
from tests.architecture.walking import DECISIONS
from tests.both_ways import drawn_both_ways
from tests.cast import QingCounty

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# The button of the other language; the words of Chinese papers, files and tables that are quoted as examples.
PAPERS = ["中文", "填", "一、元旦", "国务院办公厅关于", "年部分节假日安排的通知", "水务局", "张水清", "白班", "夜班"]
TABLES = [mediators.COLUMNS, committees.COLUMNS]
QUOTED = chain.from_iterable([*each.heads.values(), *chain.from_iterable(each.sample)] for each in TABLES)
OURS = {
    run
    for words in [*PAPERS, *HEADS.values(), *KINDS, *chain.from_iterable(SAMPLE), *QUOTED]
    for run in CHINESE.findall(words)
}
SAID = ("placeholder", "title", "aria-label", "alt", "data-confirm")
DESKS = ("ma_clerks", "chen_dispatches", "liu_handles_water", "wu_supervises", "gao_leads", "bai_audits")


class Words(HTMLParser):
    """Collect what a reader of a page meets: its text, and what is said in attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the attributes that are read out."""
        self.found += [value or "" for name, value in attrs if name in SAID]

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.found.append(data)


SEEN: set[str] = set()  # what stood in the database when it was last read; most pages show nothing newer


def written() -> set[str]:
    """Collect every run of Chinese that stands in the database."""
    found: set[str] = set()
    for model in apps.get_models():
        names = [each.name for each in model._meta.fields if isinstance(each, CharField | TextField)]
        for row in model._default_manager.values_list(*names) if names else ():
            found |= {run for value in row for run in CHINESE.findall(str(value))}
    return (
        found
        | {region.place_name for region in Region.objects.all()}
        | set(Report.objects.values_list(Left("reporter", 1), flat=True))
    )


def left(page: str) -> set[str]:
    """Find the Chinese on a page that nobody wrote into the database: read anew only where something is found."""
    words = Words()
    words.feed(page)
    text = "\n".join(words.found)
    if found := _without(text, SEEN):
        SEEN.clear()
        SEEN.update(written())
        found = _without(text, SEEN)
    return found


def _without(text: str, said: set[str]) -> set[str]:
    for run in sorted(said | OURS, key=len, reverse=True):
        text = text.replace(run, " ")
    return set(CHINESE.findall(text))


def read(client: Client, address: str) -> set[str]:
    answer = client.get(address)
    is_page = "html" in answer.headers.get("Content-Type", "") and answer.status_code == 200
    return left(answer.content.decode()) if is_page else set()


@pytest.fixture(autouse=True)
def _nothing_seen_yet() -> None:
    """Let no test go by what stood in the database of another."""
    SEEN.clear()


@pytest.fixture(autouse=True)
def _drawn_both_ways() -> Iterator[None]:
    """Let every page be drawn Django's own way as well, and be the same."""
    with drawn_both_ways():
        yield


@pytest.fixture
def reader(client: Client) -> Client:
    """A browser that was told to show English."""
    client.cookies["language"] = "en"
    return client


@pytest.mark.parametrize("who", DESKS)
def test_the_lists_of_the_desk(qing: QingCounty, reader: Client, who: str) -> None:
    acts.dispatch(qing, acts.open_leak(qing))
    acts.receive(qing)
    reader.force_login(getattr(qing, who))

    assert {one.name: found for one in OF_MANY if (found := read(reader, reverse(f"console:{one.name}")))} == {}


def states(qing: QingCounty) -> Iterator[Case]:
    """Give a case at four places of its way."""
    yield acts.open_leak(qing)
    yield acts.dispatch(qing, acts.open_leak(qing))
    concluded = acts.conclude(qing, acts.dispatch(qing, acts.open_leak(qing)))
    yield concluded
    acts.evaluate(concluded)
    yield acts.archive(qing, concluded)


def test_a_case_at_every_step(qing: QingCounty, reader: Client) -> None:
    found: dict[str, set[str]] = {}
    for case in states(qing):
        for who in DESKS[:4]:
            reader.force_login(getattr(qing, who))
            pages = [reverse("console:print", args=[case.number])]
            pages += [f"{reverse('console:case', args=[case.number])}?step={verb}" for verb in STEPS]
            found |= {page: words for page in pages if (words := read(reader, page))}

    assert found == {}


def test_a_report_at_every_decision(qing: QingCounty, reader: Client) -> None:
    code = acts.receive(qing).report.code
    reader.force_login(qing.ma_clerks)
    pages = [f"{reverse('console:report', args=[code])}?step={verb}" for verb in DECISIONS]

    assert {page: words for page in pages if (words := read(reader, page))} == {}


@pytest.mark.parametrize("one", setup_urls.patterns, ids=lambda one: one.name)
def test_the_administrators_pages(qing: QingCounty, reader: Client, one: URLPattern) -> None:
    reader.force_login(getattr(qing, WHOSE[DUTIES[one.name]]))

    assert read(reader, setup_address(one, qing)) == set()


def test_the_residents_pages(qing: QingCounty, reader: Client) -> None:
    case = acts.dispatch(qing, acts.open_leak(qing))
    code = case.reports.get().code
    plain = [reverse(f"resident:{one.name}") for one in resident_urls.urlpatterns if not arguments(one)]
    pages = [*plain, f"/track/{code}/", f"/place/{qing.willow.code}/", f"/place/{qing.willow.code}/qr/"]

    assert {page: words for page in pages if (words := read(reader, page))} == {}


def test_the_walk_would_find_a_word_that_was_forgotten(qing: QingCounty) -> None:
    assert left('<p title="忘了">Hello</p>') == {"忘了"}
