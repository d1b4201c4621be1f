"""Signs out who has gone away: a session ends after SESSION_COOKIE_AGE without a request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

RENEW_AFTER = 60  # seconds; one write a minute is enough to know that someone is still there


def renew_session(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Move the end of a signed-in person's session on while they work, without a write at every click."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code < 500 and "_auth_user_id" in request.session:
            here = int(now().timestamp())
            if here - request.session.get("seen_at", 0) >= RENEW_AFTER:
                request.session["seen_at"] = here
        return response

    return middleware
