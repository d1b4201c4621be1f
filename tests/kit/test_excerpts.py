"""Where searched words stand in a text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fengqiao.kit.bigrams import flat, words_of
from fengqiao.kit.excerpts import count_found, excerpt, marked

LONG = "东镇柳树村的自来水管爆了，水漫到路上，家里停水两天了，请尽快派人来修，村里老人多，取水要走很远的路。"


def shown(pieces: object) -> str:
    return "".join(f"[{piece.text}]" if piece.is_found else piece.text for piece in pieces)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "typed", "seen"),
    [
        ("水管爆了，停水", "停水", "水管爆了，[停水]"),
        ("水管爆了，停水", "停水 水管", "[水管]爆了，[停水]"),
        ("水水水", "水水", "[水水水]"),
        ("Ｇ２４４线", "g244", "[Ｇ２４４]线"),
        ("面积20㎡多", "m2", "面积20[㎡]多"),
        ("路灯坏了", "停水", "路灯坏了"),
        ("<b>停水</b>", "停水", "<b>[停水]</b>"),
        ("", "停水", ""),
    ],
)
def test_the_words_are_marked_where_they_stand(text: str, typed: str, seen: str) -> None:
    assert shown(marked(text, words_of(typed))) == seen


def test_an_excerpt_begins_shortly_before_the_first_word() -> None:
    assert shown(excerpt(LONG, words_of("停水"), 24)) == "…的自来水管爆了，水漫到路上，家里[停水]两天了，请尽…"
    assert shown(excerpt(LONG, words_of("东镇"), 10)) == "[东镇]柳树村的自来水管…"
    assert shown(excerpt("停水", words_of("停水"), 10)) == "[停水]"


def test_words_that_stand_in_a_text_are_counted_once_each() -> None:
    assert count_found("停水，又停水", words_of("停水 水管")) == 1


@given(text=st.text("停水㎡２2eE\u0301\u0323", max_size=8), typed=st.text("停水m2eE ", max_size=4))
@example(text="e\u0301", typed="e")  # é, in which nobody looks for an e
def test_counting_reads_a_text_as_the_database_does(text: str, typed: str) -> None:
    words, whole = words_of(typed), flat(text)

    assert count_found(text, words) == sum(any(each in whole for each in spellings) for spellings in words)


@given(text=st.text(max_size=40), typed=st.text(max_size=6))
def test_nothing_of_a_text_is_lost_by_marking(text: str, typed: str) -> None:
    assert "".join(piece.text for piece in marked(text, words_of(typed))) == text


def test_texts_stay_marked_when_no_more_signs_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fengqiao.kit.excerpts.SIGNS_KEPT", 0)

    assert shown(marked("面积20㎡多㎏", words_of("多k"))) == "面积20㎡[多㎏]"
