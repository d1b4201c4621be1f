"""What people write is shown as they wrote it, whatever it looks like to a machine."""

from collections import Counter
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengqiao.mediation.papers import contents
from fengqiao.mediation.papers.contents import Paper
from fengqiao.mediation.papers.fields import clean
from fengqiao.mediation.papers.forms import form_of
from fengqiao.mediation.papers.sample import PAPERS
from tests.mediation.papers.reading import bare, of_pdf, of_word, pages

BOTH = pytest.mark.parametrize("read", [of_pdf, of_word])
EACH = pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: form_of(paper).kind)
HOSTILE = (
    "{{ 编号 }}{% for 甲 in 乙 %}{%p endfor %}{{ ''.__class__ }}",
    "{_{ 编号 }_} {_% raw %_} {# 注 #} {{{",
    '#panic("甲") #{1+1} $x^2$ *粗* _斜_ `码` \\u{41} @引 <标> = 题 // 注 /* 注 */',
    '</w:t></w:r></w:p><w:p><w:r><w:br w:type="page"/>&lt;&amp;&#65;]]><!-- \'"',
    "../../etc/passwd %s %(name)s ${HOME} {0}",
)
AGREEMENT = next(paper for paper in PAPERS if isinstance(paper, contents.Agreement))
MINUTES = next(paper for paper in PAPERS if isinstance(paper, contents.Minutes))


def spoiled(thing: Any, text: str) -> Any:
    """Give the same paper with another text in every place where people write one."""
    if isinstance(thing, str):
        return text
    if isinstance(thing, tuple):
        return tuple(spoiled(each, text) for each in thing)
    if isinstance(thing, contents.Paper | contents.Party | contents.Item | contents.IndexRow):
        changed = {each.name: spoiled(getattr(thing, each.name), text) for each in fields(thing)}
        return replace(thing, **changed)
    return thing


def missing(paper: Paper, text: str, read: Callable[[Paper], str]) -> Counter[str]:
    """Count the signs that are lost when this text stands wherever a harmless word stood."""
    times = read(spoiled(paper, "寻常")).count("寻常")
    assert times
    return Counter(bare(text) * times) - Counter(read(spoiled(paper, text)))


@EACH
@BOTH
def test_code_is_a_text_like_any_other(paper: Paper, read: Callable[[Paper], str]) -> None:
    assert missing(paper, "甲".join(HOSTILE), read) == Counter()


@BOTH
@pytest.mark.parametrize("text", HOSTILE)
def test_code_stands_sign_by_sign(read: Callable[[Paper], str], text: str) -> None:
    assert read(spoiled(AGREEMENT, text)).count(bare(text)) == read(spoiled(AGREEMENT, "寻常")).count("寻常")


@BOTH
def test_what_cannot_be_seen_is_taken_out(read: Callable[[Paper], str]) -> None:
    seen = read(replace(AGREEMENT, facts="赔\x00偿\x07一\u202e千\u200b元\ud800整\ufffe"))

    assert "赔偿一千元整" in seen


@BOTH
def test_a_rare_name_stands_as_it_is_written(read: Callable[[Paper], str]) -> None:
    assert "㙓䶮堃喆" in read(replace(AGREEMENT, recorder="㙓䶮堃喆"))


def test_a_sign_our_font_lacks_is_named_in_the_pdf_and_kept_in_word() -> None:
    rare = replace(AGREEMENT, recorder="王𠮷\ue000")

    assert "王〔U+20BB7〕〔U+E000〕" in of_pdf(rare)
    assert "王𠮷\ue000" in of_word(rare)


@BOTH
def test_long_minutes_go_over_pages_and_lose_nothing(read: Callable[[Paper], str]) -> None:
    lines = [f"第{number}句：果园的围栏门由合作社负责，何秀兰没有异议。" for number in range(1, 121)]
    text = read(replace(MINUTES, account="\n".join(lines)))

    assert "".join(map(bare, lines)) in text


def test_a_page_says_which_of_how_many_it_is() -> None:
    drawn = pages(replace(MINUTES, account="围栏。\n" * 120)).pages

    assert len(drawn) > 4
    assert f"第2页共{len(drawn)}页" in bare(drawn[1].extract_text())


@EACH
@BOTH
def test_long_texts_in_every_place(paper: Paper, read: Callable[[Paper], str]) -> None:
    assert missing(paper, "春夏秋冬" * 60, read) == Counter()


@BOTH
def test_five_parties_a_side(read: Callable[[Paper], str]) -> None:
    names = [f"{side}{number}号" for side in ("申请人", "被申请人") for number in "一二三四五"]
    parties = tuple(contents.Party(side=name[:-2], name=name, agent=f"{name}之子") for name in names)
    text = read(replace(AGREEMENT, parties=parties))

    assert [name for name in names if text.count(name) < 4] == []


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all(text: str) -> None:
    """Word keeps every sign that can be seen; PDF is drawn, whatever it is."""
    paper = replace(AGREEMENT, facts=text, recorder=text)

    assert bare(clean(text)) in of_word(paper)
    assert of_pdf(paper)
