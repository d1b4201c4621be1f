"""How a text and a word are taken apart for the search."""

import pytest

from fengqiao.kit.bigrams import as_pattern, as_query, flat, pairs, words_of


@pytest.mark.parametrize(
    ("text", "taken_apart"),
    [
        ("水管爆了", ["水管", "管爆", "爆了"]),
        ("停水，两天", ["停水", "两天"]),
        ("Ｇ２４４线", ["g2", "24", "44", "4线"]),
        ("二〇二六", ["二〇", "〇二", "二六"]),
        ("𠮷野家", ["𠮷野", "野家"]),
        ("水水水", ["水水"]),
        ("水", []),
        ("", []),
    ],
)
def test_a_text_is_taken_apart_into_pairs_of_neighbours(text: str, taken_apart: list[str]) -> None:
    assert pairs(text) == taken_apart


def test_full_width_and_capital_letters_are_one() -> None:
    assert flat("ＡＢ　Ｃ１２") == "ab c12"


def test_what_means_something_to_the_database_is_escaped() -> None:
    assert as_pattern("100%_a\\") == "%100\\%\\_a\\\\%"
    assert as_query(pairs("a'b 水管' | '")) == "'水管'"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("水管　爆了", (("水管",), ("爆了",))),
        ("20260302-7K3MQ", (("20260302-7k3mq", "202603027k3mq"),)),
        ("２０２６０３０２–7k3mq", (("20260302–7k3mq", "202603027k3mq"),)),
        ("一-二", (("一-二",),)),
        ("  ", ()),
    ],
)
def test_what_is_typed_is_words_with_their_spellings(typed: str, words: tuple[tuple[str, ...], ...]) -> None:
    assert words_of(typed) == words
