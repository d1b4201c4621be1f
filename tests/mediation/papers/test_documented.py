"""docs/papers.md names every word a template may ask for, and no other."""

import re
from collections.abc import Iterator

from fengqiao.jobs.launch.where import CHECKOUT
from fengqiao.mediation.papers.fields import Tree, Words, tree
from fengqiao.mediation.papers.forms import FORMS, form_of
from fengqiao.mediation.papers.sample import PAPERS

COMMON = {"调委会", "编号", "日期", "当事人", "当事人姓名", "签名处"}
PAGE = (CHECKOUT / "docs" / "papers.md").read_text(encoding="utf-8")


def written(first: str) -> list[set[str]]:
    """Give the quoted names in the last cell of each row that begins with this quoted name."""
    rows = re.findall(rf"^\| (?:`[^`|]+` )*`{first}`(?: `[^`|]+`)* \|(.*)\|$", PAGE, re.MULTILINE)
    return [set(re.findall(r"`([^`]+)`", row.split("|")[-1])) for row in rows]


def parts(words: Words) -> Iterator[tuple[str, Tree]]:
    """List the entries of every list in a tree, with the name of the list."""
    for name, word in words.items() if isinstance(words, dict) else ():
        for entry in word if isinstance(word, list) else ():
            if isinstance(entry, dict):
                yield name, entry


def test_each_paper() -> None:
    told = {kind: written(kind) for kind in FORMS}
    known = {form_of(paper).kind: [{*tree(paper)} - COMMON] for paper in PAPERS}

    assert told == known


def test_each_entry_of_a_list() -> None:
    known = {name: {*entry} for paper in PAPERS for name, entry in parts(tree(paper))}

    assert {name: written(name)[-1] for name in known} == known
