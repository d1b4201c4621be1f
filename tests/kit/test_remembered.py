"""What is remembered for a while is read once, anew when it is over or forgotten, and never while there is nothing."""

from collections.abc import Callable
from time import monotonic
from typing import Any

import pytest

from fengqiao.kit import remembered
from fengqiao.kit.remembered import Remembered


class Shelf:
    """What is there to be read, and how often it was."""

    def __init__(self) -> None:
        self.things = {"a": "one", "b": ""}
        self.looks: list[str] = []

    def read(self, key: str) -> str:
        """Look, and note it."""
        self.looks.append(key)
        return self.things[key]


@pytest.fixture
def shelf() -> Shelf:
    """One with something and nothing on it."""
    return Shelf()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let so many seconds pass."""

    def pass_by(seconds: float) -> None:
        then = monotonic() + seconds
        monkeypatch.setattr(remembered, "monotonic", lambda: then)

    return pass_by


def test_it_is_read_once_and_anew_when_the_while_is_over(shelf: Shelf, later: Callable[[float], None]) -> None:
    of = Remembered(shelf.read, seconds=30)
    assert [of("a"), of("a")] == ["one", "one"]
    shelf.things["a"] = "two"
    later(25)
    assert of("a") == "one"
    later(31)
    assert of("a") == "two"
    assert shelf.looks == ["a", "a"]


def test_an_edit_is_seen_where_it_was_made(shelf: Shelf) -> None:
    of = Remembered(shelf.read)
    of("a")
    shelf.things["a"] = "two"
    of.forget()

    assert of("a") == "two"


def test_what_others_read_before_the_edit_was_committed_is_forgotten_with_it(
    shelf: Shelf, db: None, django_capture_on_commit_callbacks: Any
) -> None:
    of = Remembered(shelf.read)
    with django_capture_on_commit_callbacks(execute=True):
        of.forget()
        assert of("a") == "one"
        shelf.things["a"] = "two"

    assert of("a") == "two"


def test_what_was_being_read_while_it_was_forgotten_is_not_kept(shelf: Shelf) -> None:
    def read(key: str) -> str:
        """Read, and before it is told, somebody edits it."""
        said = shelf.read(key)
        shelf.things[key] = "two"
        if len(shelf.looks) == 1:
            of.forget()
        return said

    of = Remembered(read)

    assert [of("a"), of("a"), of("a")] == ["one", "two", "two"]
    assert len(shelf.looks) == 2


def test_what_is_not_there_is_asked_for_again(shelf: Shelf) -> None:
    of = Remembered(shelf.read)
    assert of("b") == ""
    shelf.things["b"] = "here"

    assert of("b") == "here"


def test_no_more_is_kept_than_said(shelf: Shelf) -> None:
    shelf.things |= {str(number): str(number) for number in range(6)}
    of = Remembered(shelf.read, most=3)
    for number in range(6):
        of(str(number))

    assert len(of._kept) == 3
