"""Select boxes that offer many the same: their choices are made when they are asked for, and drawn once."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django import forms
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from fengqiao.web.shared.widgets import draw_attrs

Choice = tuple[Any, Any]
MOST_DRAWN = 100

_DRAWN: dict[tuple[Any, ...], tuple[SafeString, tuple[Choice, ...]]] = {}


class Select(forms.Select):
    """A select box, drawn once for all who are offered the same and chose the same, in each language.

    Words that are translated when they are read, and groups, are known by which object they are, so that nobody reads
    them: groups that are made anew for each form, and lists, which may change, are drawn anew each time. What is drawn
    is kept with its choices, else others could come by their numbers.
    """

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw the box, or give what was drawn of the same before."""
        choices = tuple(self.choices) if type(self.choices) in (list, Offered) else ()  # others ask each time
        if not choices or not all(type(each) is str and type(words) is not list for each, words in choices):
            return self.draw(name, value, attrs, renderer)
        offered = [(each, words if type(words) is str else id(words)) for each, words in choices]
        said, chosen = draw_attrs({"attrs": self.build_attrs(self.attrs, attrs)}), tuple(self.format_value(value))
        known = (type(self), type(renderer), name, said, chosen, get_language(), *offered)
        kept = _DRAWN.get(known)
        if kept is None:
            if len(_DRAWN) >= MOST_DRAWN:
                _DRAWN.clear()
            kept = _DRAWN[known] = self.draw(name, value, attrs, renderer), choices
        return kept[0]

    def draw(self, name: str, value: Any, attrs: Any, renderer: Any) -> SafeString:
        """Draw the box as Django does."""
        return super().render(name, value, attrs, renderer)


class Offered(BaseChoiceIterator):
    """Choices fetched once, when they are first drawn or something chosen is first looked for among them.

    They come as pairs, groups among them: Django, which would bring anything into that shape, leaves them as they are.
    """

    def __init__(self, offer: Callable[[], Iterable[Choice]]) -> None:
        self._offer = offer

    @cached_property
    def _choices(self) -> tuple[Choice, ...]:
        return tuple(self._offer())

    def __iter__(self) -> Iterator[Choice]:
        return iter(self._choices)
