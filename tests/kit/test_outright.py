"""Settings that are read outright are those that Django reads, and answers that are kept so are those it keeps."""

import sys
from collections.abc import Iterator
from typing import Any, cast

import pytest
from django.conf import LazySettings, settings
from django.http import QueryDict
from django.test import override_settings

from fengqiao.kit.outright import keep_answers_outright, read_settings_outright


@pytest.fixture
def outright() -> Iterator[dict[str, Any]]:
    """Read them so for one test; give what they said before."""
    before = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
    read_settings_outright()
    yield before
    del cast(Any, LazySettings).__getattribute__


def test_they_say_what_they_said(outright: dict[str, Any]) -> None:
    for name in vars(settings).keys() - {"_wrapped"}:
        del vars(settings)[name]  # as if it had not been read

    assert {name: getattr(settings, name) for name in outright} == outright
    assert not hasattr(settings, "NONE_SUCH")


def test_what_changes_is_seen(outright: dict[str, Any]) -> None:
    before = settings.LANGUAGE_CODE
    with override_settings(LANGUAGE_CODE="de"):
        assert settings.LANGUAGE_CODE == "de"
    assert before == settings.LANGUAGE_CODE


def test_nothing_is_asked_for_what_was_read(outright: dict[str, Any]) -> None:
    called: list[str] = []
    assert settings.USE_TZ
    sys.setprofile(lambda frame, event, _arg: called.append(frame.f_code.co_name) if event == "call" else None)
    try:
        settings.USE_TZ  # noqa: B018
    finally:
        sys.setprofile(None)

    assert called == []


ASKED = ["", "a=1", "a=1&b=2&a=3", "a=&b", "a=%E6%B0%B4+1&%E5%90%8D=x", b"a=1&a=2", "a=%FF", b"\xff=1"]


@pytest.mark.parametrize("asked", ASKED, ids=repr)
def test_answers_are_those_django_keeps(asked: str | bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = QueryDict(asked)
    monkeypatch.setattr(QueryDict, "appendlist", QueryDict.appendlist)
    keep_answers_outright()

    answers: Any = QueryDict(asked)
    more: Any = QueryDict(asked, mutable=True)
    more.appendlist("a", "last")
    more.appendlist(b"bytes", 7)

    assert [*answers.lists()] == [*wanted.lists()]
    assert more.getlist("a") == [*wanted.getlist("a"), "last"]
    assert more.getlist("bytes") == [7]
    with pytest.raises(AttributeError, match="immutable"):
        answers.appendlist("a", "1")
