"""Every address says who may open it; a view without a word is found here."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# Pages of libraries cannot carry our mark; who may open them is stated here instead.
OF_LIBRARIES = {
    "account_login": "public",
    "account_logout": "public",
    "account_inactive": "public",
    "account_change_password": "staff",
    "account_reauthenticate": "staff",
    "mfa_authenticate": "public",  # between password and code
    **dict.fromkeys(
        [
            "mfa_index",
            "mfa_reauthenticate",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
        ],  # fmt: skip
        "staff",
    ),
}
KINDS = {"public", "staff", "token"}


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, address)
        else:
            yield address, one


def ours_and_theirs() -> list[tuple[str, URLPattern]]:
    return list(addresses(get_resolver().url_patterns))


def test_every_view_of_ours_says_who_may_open_it() -> None:
    silent = [
        address
        for address, one in ours_and_theirs()
        if one.name not in OF_LIBRARIES and getattr(one.callback, "access", None) not in KINDS
    ]
    assert silent == []


def test_the_table_of_library_pages_is_exact() -> None:
    """A page that a library brings is opened by writing it down here, not by accident."""
    theirs = {one.name for _, one in ours_and_theirs() if not one.callback.__module__.startswith("fengqiao.")}
    assert theirs == set(OF_LIBRARIES)
