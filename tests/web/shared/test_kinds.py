"""What a template asks about a thing is known by its kind, as if the thing itself were asked."""

from datetime import date
from typing import Any

import pytest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy

from fengqiao.web.shared.quickening import values
from fengqiao.web.shared.quickening.values import IS_CALLED, Kinds


class Called:
    """Something that can be called."""

    def __call__(self) -> str:
        return "called"


class CalledToo(Called):
    """Another such."""


THINGS: list[Any] = [
    *(Called, Called(), CalledToo, CalledToo(), Called().__call__, CalledToo.__call__),
    *(len, "".join, type, lambda: "called", print, SimpleLazyObject(Called), gettext_lazy("Cases")),
    *("", 7, 1.5, b"", None, True, (), [], {}, date.min, object(), NotImplemented),
]


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: type(thing).__name__)
def test_what_can_be_called_is_known_by_its_kind(thing: Any) -> None:
    assert [IS_CALLED[type(thing)] for _ in range(2)] == [callable(thing)] * 2


def test_what_is_known_of_kinds_is_kept_for_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "KINDS_KEPT", 2)
    asked: list[str] = []
    known = Kinds(lambda kind: asked.append(kind) or kind.upper())  # type: ignore[func-returns-value]

    assert [known[kind] for kind in "abcabc"] == list("ABCABC")
    assert (asked, len(known)) == (list("abcc"), 2)
