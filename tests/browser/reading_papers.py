"""Open every paper a dossier offers over the links of its page, read it in both formats, and look at its pages."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page
from pypdf import PdfReader
from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

from tests.browser.conftest import SHOTS, forward
from tests.mediation.papers.reading import bare, in_pdf, in_word, marks

SCALE = 1.4  # pixels to a point
DARK, LEAST, MOST = 160, 0.003, 0.25  # below this a pixel is ink; the share of ink on a page that says something
EDGE = 20.0  # points, within which no printer prints for certain


class Papers:
    """The papers of one dossier, opened as whoever mediates it opens them."""

    def __init__(self, page: Page, number: str, story: str) -> None:
        self.page, self.number, self.story = page, number, story

    def open(self, said: Sequence[tuple[str, Iterable[str]]]) -> None:
        """Open each paper that is offered, in both formats; `said` names all of them, each with words it must hold."""
        dossier = f"/console/mediation/{self.number}/"
        self.page.goto(dossier)
        forward(self.page, self.page.locator("a[href$='/papers/']").first)
        keys = [key.partition("&as=")[0].removeprefix("?paper=") for key in self._addresses("pdf")]
        assert [kind_of(key) for key in keys] == [kind for kind, _words in said]
        for place, (key, (kind, words)) in enumerate(zip(keys, said, strict=True), 1):
            read(self._fetch(key, "pdf"), self._fetch(key, "docx"), words, f"paper-{self.story}-{place}-{kind}")
        self.page.goto(dossier)

    def _addresses(self, ending: str) -> list[str]:
        links = self.page.locator(f"a[href$='as={ending}']")
        return [links.nth(index).get_attribute("href") or "" for index in range(links.count())]

    def _fetch(self, key: str, ending: str) -> bytes:
        """Click a link and take the file it gives."""
        return fetch(self.page, f"a[href='?paper={key}&as={ending}']")


def kind_of(key: str) -> str:
    """Name the kind of a paper; its key may hold an id, too."""
    return key.partition("-")[0]


def fetch(page: Page, link: str) -> bytes:
    """Click a link and take the file it gives."""
    with page.expect_download() as coming:
        page.locator(link).click()
    return Path(coming.value.path()).read_bytes()


def read(drawn: bytes, filled: bytes, said: Iterable[str], name: str) -> None:
    """Find in both formats the words that must stand there, and the same signs in both; look at every page."""
    texts = {"pdf": in_pdf(drawn), "docx": in_word(filled)}
    missing = [(name, form, word) for word in said for form, text in texts.items() if bare(word) not in text]
    assert missing == [], missing
    assert Counter(texts["pdf"]) == Counter(texts["docx"].replace("_", "")), name
    look(drawn, name)


def look(drawn: bytes, name: str) -> None:
    """Find a file that can be kept, none of its pages empty or black, and no sign outside of what a printer prints."""
    assert marks(PdfReader(BytesIO(drawn))) == [("part", "2"), ("conformance", "B")]
    with closing(PdfDocument(drawn)) as document:
        for number, page in enumerate(document, 1):
            with closing(page):
                look_at(page, f"{name}-{number}")


def look_at(page: PdfPage, name: str) -> None:
    """Find nothing wrong with a page, and keep its picture where pictures are wanted."""
    with closing(page.get_textpage()) as text:
        beyond = outside(text, *page.get_size())
    picture = page.render(scale=SCALE, grayscale=True).to_pil()
    if os.environ.get("PICTURES"):
        SHOTS.mkdir(parents=True, exist_ok=True)
        picture.save(SHOTS / f"{name}.png")
    assert LEAST < ink(picture) < MOST, (name, ink(picture))
    assert beyond == "", name


def ink(picture: Image.Image) -> float:
    """Measure how much of a page is printed on."""
    shades = picture.convert("L").histogram()
    return sum(shades[:DARK]) / sum(shades)


def outside(text: PdfTextPage, width: float, height: float) -> str:
    """List the signs that lie beyond the edge of what is printed."""
    found = ""
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index)
        if left < EDGE or right > width - EDGE or bottom < EDGE or top > height - EDGE:
            found += text.get_text_range(index, 1).strip()
    return found
