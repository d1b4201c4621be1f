"""Every paper, as Word and as PDF, says all that is known and nothing that is not."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fengqiao.mediation.papers.contents import Paper
from fengqiao.mediation.papers.forms import FORMS, OURS, form_of
from fengqiao.mediation.papers.sample import PAPERS
from tests.mediation.papers.reading import bare, marks, of_pdf, of_word, pages

EACH = pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: form_of(paper).kind)
BOTH = pytest.mark.parametrize("read", [of_pdf, of_word])
# What a paper does not need it does not say: who a party is beyond the name stands on three of them.
WHO = {"gender", "age", "occupation", "identity"}
NOT_SHOWN = {
    "application": set[str](),
    "agreement": set[str](),
    "oral": set[str](),
    "rights": WHO | {"phone", "address"},
    "termination": WHO | {"phone", "address"},
    "slip": WHO | {"address"},
    "admin_application": set[str](),
    "admin_acceptance": WHO | {"phone", "address"},
    "admin_agreement": set[str](),
    "admin_rights": WHO | {"phone", "address"},
    "admin_termination": WHO | {"phone", "address"},
}
COVERS = ("cover", "admin_cover", "index")


WHERE = {"52岁": "age", "青山县": "address", "13800000001": "phone", "620000197401010000": "identity"}


def said(thing: Any, hidden: set[str]) -> Iterator[str]:
    """List what a paper was given, as a reader must find it."""
    if is_dataclass(thing):
        for each in fields(thing):
            yield from said(() if each.name in hidden else getattr(thing, each.name), hidden)
    elif isinstance(thing, tuple):
        for each in thing:
            yield from said(each, hidden)
    elif not isinstance(thing, bool | None):
        yield in_words(thing)


def in_words(thing: date | Decimal | str | int) -> str:
    """Write a day, a sum or a text as papers do."""
    if isinstance(thing, date):
        return f"{thing.year}年{thing.month}月{thing.day}日"
    return f"{thing:,.2f}元" if isinstance(thing, Decimal) else bare(str(thing))


@EACH
@BOTH
def test_everything_known_stands_on_it(paper: Paper, read: Callable[[Paper], str]) -> None:
    text = read(paper)
    assert [one for one in said(paper, NOT_SHOWN.get(form_of(paper).kind, WHO)) if one not in text] == []


@pytest.mark.parametrize("paper", [paper for paper in PAPERS if form_of(paper).kind not in COVERS])
@BOTH
def test_what_a_paper_does_not_need_it_does_not_say(paper: Paper, read: Callable[[Paper], str]) -> None:
    text, hidden = read(paper), NOT_SHOWN.get(form_of(paper).kind, WHO)
    assert [word for word in WHERE if (word in text) == (WHERE[word] in hidden)] == []


@EACH
@BOTH
def test_no_placeholder_and_no_sign_that_could_not_be_drawn_is_left(paper: Paper, read: Callable[[Paper], str]) -> None:
    assert re.findall(r"\{\{|\{%|%\}|\}\}|None|Undefined|[?？]{2}|\ufffd|U\+", read(paper)) == []


@EACH
def test_word_and_pdf_say_the_same(paper: Paper) -> None:
    """Sign for sign; a cell beside several rows is drawn after them, so the order is not compared."""
    assert Counter(of_pdf(paper)) == Counter(of_word(paper).replace("_", ""))  # drawn as lines in the other


@EACH
def test_a_pdf_can_be_kept_for_good(paper: Paper) -> None:
    """PDF/A-2b says so of itself, brings every font along, and names itself."""
    drawn = pages(paper)

    assert marks(drawn) == [("part", "2"), ("conformance", "B")]
    assert [name for name, is_inside in fonts(paper) if not is_inside] == []
    assert drawn.metadata and drawn.metadata.title and drawn.metadata.title in of_pdf(paper)
    assert "/OutputIntents" in drawn.root_object


def fonts(paper: Paper) -> list[tuple[str, bool]]:
    """List the fonts of a drawn paper, and whether each is inside the file."""
    found = []
    for page in pages(paper).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            described = descendant["/FontDescriptor"].get_object()
            found.append((str(descendant["/BaseFont"]), bool({"/FontFile2", "/FontFile3"} & {*described})))
    assert found
    return found


def test_every_form_has_its_templates_and_a_sample() -> None:
    drawn = {path.name for path in OURS.iterdir()} - {"base.typ"}
    assert drawn == {f"{kind}.{ending}" for kind in FORMS for ending in ("docx", "typ")}
    assert {form_of(paper).kind for paper in PAPERS} == {*FORMS}
