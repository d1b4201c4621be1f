"""Choices of select boxes that are made when they are asked for, and no sooner."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.choices import BaseChoiceIterator
from django.utils.functional import cached_property

Choice = tuple[Any, Any]


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
