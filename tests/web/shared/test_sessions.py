"""A session says what Django reads in it, to each request in words of its own, and only under its own signature."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.backends import db
from django.core import signing

from fengqiao.web.shared.sessions import SessionStore, _unsigned

ELSE = signing.dumps({"_auth_user_id": "1"}, salt="something else")
SAID: dict[str, Any] = {"_auth_user_id": "1", "methods": [{"method": "password", "at": 1.5}], "名": None, "empty": []}


@pytest.fixture(autouse=True)
def anew() -> None:
    """Begin without what was read before."""
    _unsigned.cache_clear()


def test_it_says_what_was_stored() -> None:
    store = SessionStore()
    for said in (SAID, {}, {"long": "长" * 5000}):  # the last is compressed
        text = store.encode(said)

        assert store.decode(text) == store.decode(text) == db.SessionStore().decode(text) == said


def test_what_one_request_changes_is_not_told_to_another() -> None:
    text = SessionStore().encode(SAID)
    first = SessionStore().decode(text)
    first["methods"][0]["method"] = "none"
    first["methods"].append("more")
    del first["_auth_user_id"]

    assert SessionStore().decode(text) == SAID


@pytest.mark.parametrize("spoil", [str, str.upper, lambda text: text[:-1], lambda text: "e" + text, lambda _text: ELSE])
def test_what_is_not_rightly_signed_says_nothing(spoil: Callable[[str], str], caplog: pytest.LogCaptureFixture) -> None:
    text = SessionStore().encode(SAID)
    assert SessionStore().decode(text) == SAID

    for _time in range(2):
        assert SessionStore().decode(spoil(text)) == (SAID if spoil is str else {})
    assert [each.message for each in caplog.records] == ["Session data corrupted"] * (0 if spoil is str else 2)
