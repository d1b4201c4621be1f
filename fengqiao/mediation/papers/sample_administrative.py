"""The same invented dispute before a department, on every paper of administrative mediation."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from fengqiao.mediation.papers import contents
from fengqiao.mediation.papers.administrative import KINDS

DEPARTMENT: dict[str, Any] = {"committee": "青山市农业农村局", "number": "(2026)青农调字第3号"}


def before_a_department(papers: Iterable[contents.Paper]) -> Iterator[contents.Paper]:
    """Write the papers out anew as those of a department, where it has such papers of its own."""
    for paper in papers:
        kind = KINDS.get(type(paper), type(paper))
        if kind is not type(paper):
            yield kind(**({each.name: getattr(paper, each.name) for each in fields(paper)} | DEPARTMENT))
