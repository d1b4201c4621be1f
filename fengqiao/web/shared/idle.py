"""Signs out who has gone away: a session ends after SESSION_COOKIE_AGE without a request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from fengqiao.people.transitions import sessions
from fengqiao.web.shared.addresses import address_of, neighbourhood

RENEW_AFTER = 60  # seconds; one write a minute is enough to know that someone is still there


def renew_session(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Move the end of a signed-in person's session on while they work, without a write at every click."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_let_in = hasattr(request, "user")  # a request for another host is turned away before anybody looks who it is
        if is_let_in and response.status_code < 500 and "_auth_user_id" in request.session:
            here, key = int(now().timestamp()), request.session.session_key
            is_new = request.session.get("seen_in") != key  # signed in, or the password changed
            # Either way: after the clock was set back, a session would otherwise end on somebody at work.
            if is_new or abs(here - request.session.get("seen_at", 0)) >= RENEW_AFTER:
                request.session["seen_at"], request.session["seen_in"] = here, key
                _note(request)
        return response

    return middleware


def _note(request: HttpRequest) -> None:
    """Note in which browser this person is at work; a session without a key or a user is over already."""
    key = request.session.session_key
    if key and request.user.is_authenticated:
        browser = sessions.Browser(key, request.headers.get("User-Agent", ""), neighbourhood(address_of(request)))
        sessions.see(request.user, browser, at=now())
