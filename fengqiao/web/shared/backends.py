"""Who a session belongs to: mostly read together with it, else asked for by a prepared query."""

from contextvars import ContextVar
from functools import partial
from uuid import UUID

from django.contrib.auth import middleware
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from fengqiao.people.models import User
from fengqiao.web.shared.sessions import ACCOUNT

_REQUEST: ContextVar[HttpRequest | None] = ContextVar("request whose user is asked for", default=None)


class Staff(ModelBackend):
    """Django's own way of signing in with a password; the person is found faster afterwards."""

    def get_user(self, user_id: object) -> User | None:
        """Find an account that may still sign in."""
        wanted = UUID(str(user_id))
        found = _read_with_the_session(wanted) or next(iter(ACCOUNT(wanted)), None)
        return found if found is not None and self.user_can_authenticate(found) else None


class Recognition(middleware.AuthenticationMiddleware):
    """Django's own, which lets the backend see what was read with the session."""

    def process_request(self, request: HttpRequest) -> None:
        """Say who asks, once somebody wants to know."""
        super().process_request(request)
        request.user = SimpleLazyObject(partial(_who_asks, request))  # type: ignore[assignment]


def _who_asks(request: HttpRequest) -> User | AnonymousUser:
    token = _REQUEST.set(request)
    try:
        return middleware.get_user(request)
    finally:
        _REQUEST.reset(token)


def _read_with_the_session(wanted: UUID) -> User | None:
    """Take the account that was read in the statement that read the session of this very request, if it is theirs."""
    request = _REQUEST.get()
    account = getattr(request.session, "account", None) if request else None
    return account if isinstance(account, User) and account.pk == wanted else None
