"""Who a page is for. Every view carries one of these marks; a test walks the addresses and finds those without."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import now
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from fengqiao.people import policy
from fengqiao.people.models import User
from fengqiao.web.shared import factors
from fengqiao.web.shared.headers import never_kept


class StaffRequest(HttpRequest):
    """A request that a signed-in colleague makes."""

    user: User
    htmx: HtmxDetails


def public_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a page that anybody may open."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def token_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a page that opens to whoever holds the secret in its address; the view itself judges that."""
    view.access = "token"  # type: ignore[attr-defined]
    return view


def staff_view(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open a page to signed-in staff only; anyone else is sent to sign in and then brought back."""

    @never_kept
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        request.user = _outright(request.user)
        request.user.posts_kept = request.user.posts_at_hand or {}  # one request, one answer to who this is
        if first := comes_first(request.user):
            return _go(request, first)
        return view(request, *args, **kwargs)

    guarded.access = "staff"  # type: ignore[attr-defined]
    return guarded


def account_view(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open a page about one's own account: only a password that was told comes before it."""

    @never_kept
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if request.user.must_change_password:
            return _go(request, "account_change_password")
        return view(request, *args, **kwargs)

    guarded.access = "staff"  # type: ignore[attr-defined]
    return guarded


def duty_view(duty: policy.Duty) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Open a page to the administrator whose duty it is; others read whose it is."""

    def mark(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @staff_view
        @wraps(view)
        def judged(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            verdict = policy.may(request.user, duty, now())
            if not verdict:
                raise PermissionDenied(verdict.reason)
            return view(request, *args, **kwargs)

        return judged

    return mark


def comes_first(user: User) -> str:
    """Name the page this person must go to before any other; empty when nothing is owed."""
    if user.must_change_password:
        return "account_change_password"
    return "mfa_activate_totp" if factors.must_join(user, now()) else ""


def _outright(user: Any) -> User:
    """Give the account itself, not what stands for it until it is asked for: a page asks hundreds of times."""
    account: User = user._wrapped if isinstance(user, SimpleLazyObject) else user
    return account


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    if not htmx:
        return redirect_to_login(request.get_full_path())
    # A swapped-in sign-in form would sit inside the page; the whole page goes there instead.
    return HttpResponseClientRedirect(redirect_to_login(htmx.current_url_abs_path or "/").url)


def _go(request: HttpRequest, page: str) -> HttpResponse:
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    return HttpResponseClientRedirect(resolve_url(page)) if htmx else redirect(page)
