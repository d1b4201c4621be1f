"""The headers that are put together once are those that are put together each time."""

from collections.abc import Callable
from typing import Any

import pytest
from csp.constants import HEADER, HEADER_REPORT_ONLY, NONCE, NONE, SELF
from csp.decorators import csp, csp_exempt, csp_update
from csp.exceptions import CSPNonceError
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.utils.cache import add_never_cache_headers

from fengqiao.web.shared.headers import Sources, never_kept

OTHER = {"DIRECTIVES": {"default-src": [NONE], "img-src": [SELF]}}
View = Callable[[HttpRequest], Any]


def plain(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("!")


def with_nonce(request: HttpRequest) -> HttpResponse:
    request._csp_nonce = "abc"  # type: ignore[attr-defined]
    return HttpResponse("!")


def already(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("!", headers={HEADER: "default-src 'none'"})


VIEWS = [
    plain,
    with_nonce,
    already,
    csp_exempt()(plain),
    csp({"default-src": [NONE]})(plain),
    csp_update({"img-src": "https://example.cn"})(plain),
]
WAYS: list[dict[str, Any]] = [
    {},
    {"CONTENT_SECURITY_POLICY": OTHER},
    {"CONTENT_SECURITY_POLICY": OTHER | {"EXCLUDE_URL_PREFIXES": ["/console/"]}},
    {"CONTENT_SECURITY_POLICY": None},
    {"CONTENT_SECURITY_POLICY_REPORT_ONLY": OTHER},
    {"DEBUG": True},
]


def parts(answer: Any) -> list[set[str]]:
    """Take a policy apart: its parts come in any order."""
    return [set(answer.headers.get(name, "").split("; ")) for name in (HEADER, HEADER_REPORT_ONLY)]


@pytest.mark.parametrize("asked", WAYS, ids=str)
def test_the_policy_is_the_one_of_the_middleware(asked: dict[str, Any]) -> None:
    ours = {view: Sources(view) for view in VIEWS}  # the first answer of each puts the words together
    for path in ("/console/", "/"):
        for view in VIEWS:
            assert parts(ours[view](RequestFactory().get(path))) == parts(
                CSPMiddleware(view)(RequestFactory().get(path))
            )
            with override_settings(**asked):
                wanted = CSPMiddleware(view)(RequestFactory().get(path))
                assert [parts(ours[view](RequestFactory().get(path))) for _ in range(2)] == [parts(wanted)] * 2


@override_settings(CONTENT_SECURITY_POLICY={"DIRECTIVES": {"default-src": [SELF], "script-src": [SELF, NONCE]}})
def test_one_middleware_serves_all_views() -> None:
    turn = iter([plain, *VIEWS, plain])
    ours = Sources(lambda request: next(turn)(request))
    for view in [plain, *VIEWS, plain]:
        assert parts(ours(RequestFactory().get("/"))) == parts(CSPMiddleware(view)(RequestFactory().get("/")))


def test_a_nonce_asked_for_too_late_is_refused_as_ever() -> None:
    ours = Sources(plain)
    for _ in range(2):
        ours(request := RequestFactory().get("/"))
        with pytest.raises(CSPNonceError):
            str(request.csp_nonce)  # type: ignore[attr-defined]


def test_it_stands_in_the_place_of_the_other() -> None:
    assert "fengqiao.web.shared.headers.Sources" in settings.MIDDLEWARE
    assert "csp.middleware.CSPMiddleware" not in settings.MIDDLEWARE


@pytest.mark.parametrize(
    "headers", [{}, {"Cache-Control": "no-transform, max-age=60"}, {"Expires": "0"}, {"Vary": "Cookie"}]
)
def test_nobody_is_to_keep_a_page(monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]) -> None:
    monkeypatch.setattr("time.time", lambda: 1.5)
    wanted = HttpResponse("!", headers=headers)
    add_never_cache_headers(wanted)
    told = never_kept(lambda _request: HttpResponse("!", headers=headers))(RequestFactory().get("/"))

    assert dict(told.headers) == dict(wanted.headers)
