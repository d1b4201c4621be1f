"""A paper as PDF/A-2b, drawn by typst with our own font; words reach it as data and are never read as code."""

import json
import threading
from functools import cache
from pathlib import Path
from typing import Literal

import typst
from django.conf import settings
from fontTools.ttLib import TTFont

from fengqiao.mediation.papers.contents import Paper
from fengqiao.mediation.papers.fields import Words, tree
from fengqiao.mediation.papers.forms import OURS, form_of

ARCHIVAL: Literal["a-2b"] = "a-2b"
REGULAR = "NotoSerifSC_400Regular.ttf"
_one_at_a_time = threading.Lock()  # a compiler keeps its last input; two threads would draw one another's words


def draw(paper: Paper) -> bytes:
    """Draw a paper as PDF/A."""
    data = json.dumps(shown(tree(paper)), ensure_ascii=False)
    with _one_at_a_time:
        drawn = _compiler(form_of(paper).typst).compile(format="pdf", sys_inputs={"data": data}, pdf_standards=ARCHIVAL)
    if not isinstance(drawn, bytes):
        raise TypeError(f"{type(drawn)} is not one file.")
    return drawn


def shown(words: Words) -> Words:
    """Put the code of a sign in the place of one that our font cannot draw: a clerk sees it and writes it by hand."""
    if isinstance(words, dict):
        return {name: shown(word) for name, word in words.items()}
    if isinstance(words, list):
        return [shown(word) for word in words]
    if isinstance(words, str):
        return "".join(sign if _can_draw(sign) else f"〔U+{ord(sign):04X}〕" for sign in words)
    return words


@cache
def _compiler(name: str) -> typst.Compiler:
    """Read a template once in a process; a cold one costs sixty milliseconds, a warm one two."""
    return typst.Compiler(OURS / name, root=OURS, font_paths=_fonts(), ignore_system_fonts=True)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[settings.FONTS_DIR])


def _can_draw(sign: str) -> bool:
    return sign == "\n" or ord(sign) in _drawable()


@cache
def _drawable() -> frozenset[int]:
    """Read once which signs the font holds, variation marks besides: those are taken in without being drawn."""
    with TTFont(Path(settings.FONTS_DIR) / REGULAR, lazy=True) as font:
        return frozenset(font.getBestCmap()) | {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
