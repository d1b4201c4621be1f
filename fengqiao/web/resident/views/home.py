"""The first page, what this place is, large type and the language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from fengqiao.cases.models import Stage
from fengqiao.web.resident.counter import counter_for
from fengqiao.web.resident.forms.tracking import Find
from fengqiao.web.resident.promises import promised_here
from fengqiao.web.shared.access import public_view
from fengqiao.web.shared.context import LARGE_TYPE
from fengqiao.web.shared.language import LANGUAGE, other

A_YEAR = 365 * 24 * 3600


@public_view
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the two ways in: report, and follow a report."""
    at, counter = now(), counter_for("", localdate())
    context = {"form": Find(), "counter": counter, "read_within": promised_here(counter, Stage.TRIAGE, at)}
    return render(request, "resident/home.html", context)


@public_view
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what this place is, what becomes of a report, and what is done with what one writes."""
    at, counter = now(), counter_for("", localdate())
    context = {"counter": counter, "reopened_within": promised_here(counter, Stage.REOPEN, at)}
    return render(request, "resident/about.html", context)


@public_view
@require_POST
def switch_type(request: HttpRequest) -> HttpResponse:
    """Switch between plain and large type and come back to the page."""
    return set_type(request, _back(request))


@public_view
@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    """Switch between Chinese and English and come back to the page."""
    return set_language(request, _back(request))


def set_type(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Remember the other size of type in this browser."""
    wanted = "off" if request.COOKIES.get(LARGE_TYPE) == "on" else "on"
    _remember(response, LARGE_TYPE, wanted)
    return response


def set_language(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Remember the other language in this browser."""
    _remember(response, LANGUAGE, other(request))
    return response


def _remember(response: HttpResponse, name: str, value: str) -> None:
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, value, max_age=A_YEAR, samesite="Lax", httponly=True, secure=secure)


def _back(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("back", "/")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, {request.get_host()})
    return HttpResponseRedirect(back if is_ours else "/")  # redirect() would take a bare word for the name of a view
