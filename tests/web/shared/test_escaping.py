"""A text that is escaped in one look is the one that is escaped sign by sign."""

from html import escape

import pytest

from fengqiao.web.shared.escaping import escaped


@pytest.mark.parametrize(
    "text", ["", "路灯坏了", "a & b", "<b>", "b>", 'say "yes"', "it's", "&amp;", "&<>\"'" * 3, "‘“＜"]
)
def test_every_sign_that_means_something_in_a_page_is_escaped(text: str) -> None:
    assert escaped(text) == escape(text)


def test_a_text_with_nothing_to_escape_stays_the_same_one() -> None:
    text = "".join(["镇原县", "综治中心"])
    assert escaped(text) is text
