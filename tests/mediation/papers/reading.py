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
    return "".join(FOOT.sub("", bare(page.extract_text())) for page in pages(paper).pages)


def of_word(paper: Paper) -> str:
    """Fill a paper in and read every run of its text."""
    body = Document(BytesIO(word.fill(paper))).element.body
    return bare("".join(run.text or "" for run in body.iter(qn("w:t"))))


def pages(paper: Paper) -> PdfReader:
    """Draw a paper and open it."""
    return PdfReader(BytesIO(pdf.draw(paper)))
