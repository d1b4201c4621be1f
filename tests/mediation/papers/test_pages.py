"""However long the words are, no seal and no first signature stands on a page of its own."""

from contextlib import closing
from dataclasses import replace

import pytest
from pypdfium2 import PdfDocument

from fengqiao.mediation.papers import contents, pdf
from fengqiao.mediation.papers.forms import form_of
from fengqiao.mediation.papers.sample import PAPERS

GROWS = {
    "agreement": "facts",
    "admin_agreement": "facts",
    "minutes": "account",
    "oral": "facts",
    "followup": "findings",
}
LINES = range(0, 40, 2)  # a page holds fewer


def pages(paper: contents.Paper) -> list[str]:
    """Draw a paper and read each of its pages."""
    with closing(PdfDocument(pdf.draw(paper))) as document:
        read = []
        for page in document:
            with closing(page), closing(page.get_textpage()) as text:
                read.append(text.get_text_range())
        return read


@pytest.mark.parametrize("kind", GROWS)
def test_the_seal_stays_with_whoever_signs(kind: str) -> None:
    paper = next(paper for paper in PAPERS if form_of(paper).kind == kind)
    alone = []
    for lines in LINES:
        longer = replace(paper, **{GROWS[kind]: "\n".join(["又说了一句。"] * (lines + 1))})  # type: ignore[arg-type]
        *_before, last = pages(longer)
        if "（印章）" not in last or "（签名）" not in last:
            alone.append(lines)
    assert alone == []


@pytest.mark.parametrize("kind", GROWS)
def test_the_first_place_to_sign_stays_with_the_last_words(kind: str) -> None:
    paper = next(paper for paper in PAPERS if form_of(paper).kind == kind)
    begins = "当事人（签名、盖章或者按指印）：" if kind not in ("oral", "followup") else "（签名）"
    alone = []
    for lines in LINES:
        longer = replace(paper, **{GROWS[kind]: "\n".join(["又说了一句。"] * (lines + 1))})  # type: ignore[arg-type]
        page = next(page for page in pages(longer) if begins in page)
        if begins in page.strip().splitlines()[0]:
            alone.append(lines)
    assert alone == []
