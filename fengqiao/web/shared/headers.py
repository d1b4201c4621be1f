"""What goes with every page and is the same each time: which sources it may use, and that nobody may keep it."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.http import http_date

NEVER = "max-age=0, no-cache, no-store, must-revalidate, private"  # as add_never_cache_headers puts it together


class Sources(CSPMiddleware):
    """Says the usual policy in words that are put together once; any other is put together each time."""

    _said: tuple[Any, str] = (None, "")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Put the policy on an answer."""
        policy = settings.CONTENT_SECURITY_POLICY
        if not _is_usual(policy, request, response):
            return super().process_response(request, response)
        known, words = self._said
        if known is not policy:
            super().process_response(request, response)
            self._said = (policy, response.headers[HEADER])
            return response
        response.headers[HEADER] = words
        request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)  # type: ignore[attr-defined]
        return response


def _is_usual(policy: Any, request: HttpRequest, response: HttpResponseBase) -> bool:
    """Test if neither the page nor the settings ask for anything besides the policy."""
    asks = [name for name in (*vars(request), *vars(response)) if name[:4] == "_csp"]
    also = getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None) or settings.DEBUG
    return not (asks or also or HEADER in response.headers or set(policy or ()) != {"DIRECTIVES"})


def never_kept(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Tell browsers to keep nothing of a page, as Django's `never_cache` does."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if "Cache-Control" in response.headers or "Expires" in response.headers:
            add_never_cache_headers(response)
        else:
            response.headers["Expires"], response.headers["Cache-Control"] = http_date(time.time()), NEVER
        return response

    return told
