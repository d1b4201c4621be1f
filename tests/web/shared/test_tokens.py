"""Masks of form tokens that are drawn at one go are as random as Django's, and fit into its tokens."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.middleware import csrf as djangos

from fengqiao.web.shared import tokens

TIMES = 4000
csrf: Any = djangos


@pytest.fixture
def at_one_go(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Draw so for one test."""
    for name in ("_get_new_csrf_string", "_mask_cipher_secret", "_unmask_cipher_token"):
        monkeypatch.setattr(csrf, name, getattr(csrf, name))
    tokens.draw_at_one_go()
    yield


def test_a_token_keeps_its_secret(at_one_go: None) -> None:
    secret = csrf._get_new_csrf_string()
    masked = {csrf._mask_cipher_secret(secret) for _ in range(100)}

    assert len(secret) == csrf.CSRF_SECRET_LENGTH
    assert len(masked) == 100
    assert {csrf._unmask_cipher_token(token) for token in masked} == {secret}
    assert all(csrf._does_token_match(token, secret) for token in masked)


def test_masks_go_on_and_off_as_djangos_do() -> None:
    """A page drawn by one is answered to the other: the worker masks as Django does."""
    signs = csrf.CSRF_ALLOWED_CHARS
    secrets = [tokens.drawn() for _ in range(200)] + [signs[:1] * 32, signs[-1:] * 32, signs[30:62]]
    for secret in secrets:
        assert csrf._unmask_cipher_token(tokens.masked(secret)) == secret
        assert tokens.unmasked(csrf._mask_cipher_secret(secret)) == secret
    assert len(tokens.masked(secret)) == csrf.CSRF_TOKEN_LENGTH


def test_each_sign_is_as_likely_at_each_place() -> None:
    texts = [tokens.drawn() for _ in range(TIMES)]
    whole = Counter("".join(texts))
    mean = TIMES * csrf.CSRF_SECRET_LENGTH / len(tokens.SIGNS)

    assert set(whole) == set(csrf.CSRF_ALLOWED_CHARS)
    assert all(abs(count - mean) < 8 * mean**0.5 for count in whole.values())
    for place in (0, csrf.CSRF_SECRET_LENGTH - 1):
        there = Counter(text[place] for text in texts)
        assert max(there.values()) < 3 * TIMES / len(tokens.SIGNS)


def test_signs_are_drawn_on_when_too_few_were_fair(monkeypatch: pytest.MonkeyPatch) -> None:
    given = iter([b"\xff" * 40 + b"\x00" * 8, b"\x01" * 48])
    monkeypatch.setattr("secrets.token_bytes", lambda _length: next(given))

    assert tokens.drawn() == "a" * 8 + "b" * 24


def test_only_bytes_that_would_favour_a_sign_are_left_out() -> None:
    fair = bytes(range(256)).translate(tokens.SIGN_OF, tokens.UNFAIR)

    assert set(Counter(fair).values()) == {4}
