"""Who a page is for. Every view carries one of these marks; a test walks the addresses and finds those without."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from fengqiao.people.models import User


class StaffRequest(HttpRequest):
    """A request that a signed-in colleague makes."""

    user: User
    htmx: HtmxDetails


def public_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a page that anybody may open."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def staff_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a page to signed-in staff only; anyone else is sent to sign in and then brought back."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return _to_sign_in(request)

    guarded.access = "staff"  # type: ignore[attr-defined]
    return guarded


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    if not htmx:
        return redirect_to_login(request.get_full_path())
    # A swapped-in sign-in form would sit inside the page; the whole page goes there instead.
    return HttpResponseClientRedirect(redirect_to_login(htmx.current_url_abs_path or "/").url)
