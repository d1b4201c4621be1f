"""Words that were searched for, marked where they are shown. `{% load finding %}`"""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fengqiao.kit import excerpts
from fengqiao.kit.bigrams import words_of
from fengqiao.kit.excerpts import Piece

register = template.Library()
LENGTH = 110


@register.filter
def marked(text: str, typed: str) -> SafeString:
    """Show a text whole, with what was searched for marked; what the text itself holds is escaped."""
    return _drawn(excerpts.marked(text, words_of(typed)))


@register.filter
def excerpt(text: str, typed: str) -> SafeString:
    """Show the stretch of a text in which what was searched for stands."""
    return _drawn(excerpts.excerpt(text, words_of(typed), LENGTH))


def _drawn(pieces: Iterable[Piece]) -> SafeString:
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", one.text) if one.is_found else one.text,) for one in pieces)
    )
