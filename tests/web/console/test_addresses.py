"""The addresses of the desk that are asked for most are found without trying many others first."""

import pytest
from django.urls import resolve, reverse

MOST_TRIED = 20
NUMBER = "20260302-7K3MQ"


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("home", []),
        ("receive", []),
        ("received", ["QXA0000001B"]),
        ("cases", []),
        ("case", [NUMBER]),
        ("step", [NUMBER, "conclude"]),
    ],
)
def test_what_is_asked_for_most_comes_first(name: str, args: list[str]) -> None:
    found = resolve(reverse(f"console:{name}", args=args))

    assert found.view_name == f"console:{name}"
    assert len(found.tried or []) <= MOST_TRIED
