"""Read a made paper back: all its words, without the spaces and line ends that setting puts between them."""

import re
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from fengqiao.mediation.papers import pdf, word
from fengqiao.mediation.papers.contents import Paper

FOOT = re.compile(r"第\d+页共\d+页$")


def bare(text: str) -> str:
    """Take every space out of a text."""
    return re.sub(r"\s+", "", text)


def of_pdf(paper: Paper) -> str:
    """Draw a paper and read what stands on its pages, the line at each foot aside."""
    return in_pdf(pdf.draw(paper))


def of_word(paper: Paper) -> str:
    """Fill a paper in and read every run of its text."""
    return in_word(word.fill(paper))


def pages(paper: Paper) -> PdfReader:
    """Draw a paper and open it."""
    return PdfReader(BytesIO(pdf.draw(paper)))


def in_pdf(made: bytes) -> str:
    """Read what stands on the pages of a file."""
    return "".join(FOOT.sub("", bare(page.extract_text())) for page in PdfReader(BytesIO(made)).pages)


def in_word(made: bytes) -> str:
    """Read every run of text of a file."""
    body = Document(BytesIO(made)).element.body
    return bare("".join(run.text or "" for run in body.iter(qn("w:t"))))


def marks(made: PdfReader) -> list[tuple[str, str]]:
    """Read what a file says of itself about being kept for good."""
    told = made.root_object["/Metadata"].get_object().get_data().decode()  # type: ignore[union-attr]
    return re.findall(r"<pdfaid:(part|conformance)>(\w+)<", told)
