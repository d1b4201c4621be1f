"""Words that were searched for, marked where they are shown. `{% load finding %}`"""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from fengqiao.kit import excerpts
from fengqiao.kit.bigrams import words_of
from fengqiao.kit.excerpts import Piece
from fengqiao.web.shared.escaping import escaped

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


def _drawn(pieces: Sequence[Piece]) -> SafeString:
    """Put the pieces together again, each escaped; by hand, since a list draws a hundred of them."""
    return SafeString("".join(map(_escaped, pieces)))


def _escaped(piece: Piece) -> str:
    return f"<mark>{escaped(piece.text)}</mark>" if piece.is_found else escaped(piece.text)
