"""The pages for what went wrong: each says so plainly and shows a way onward."""

import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from fengqiao.web.shared import hindered
from fengqiao.web.shared.access import public_view

NOT_WORDS = frozenset({"submission", "basket"})  # numbers that the page itself gave
WORTH_KEEPING = 10  # characters; shorter answers are quickly typed again


@public_view
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that makes no sense."""
    return render(request, "errors/400.html", status=400)


@public_view
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that this person may not make, with the reason if there is one to show."""
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


@public_view
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for a page that is not there, or not there for this reader."""
    return render(request, "errors/404.html", status=404)


@public_view
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that lost its token, giving back what was typed so that it can be copied."""
    return render(request, "errors/csrf.html", {"kept": typed(request)}, status=403)


@public_view
def too_many(request: HttpRequest, *, wait: str) -> HttpResponse:
    """Answer someone who is asked to wait; the form can be sent again from here, but no secret stands in the page."""
    context = {"wait": wait, "is_form": request.method == "POST", "typed": hindered.typed(request)}
    return render(request, "errors/429.html", context, status=429)


@public_view
def too_often(request: HttpRequest) -> HttpResponse:
    """Answer someone who knocked too often at the door of the desk."""
    return too_many(request, wait=_("Many passkeys were shown from your network within a minute."))


@public_view
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for a fault of ours without touching the database, the session or anything else that may be broken."""
    try:
        if what := hindered.hindrance(sys.exc_info()[1]):
            return hindered.answer(request, what)
        page = loader.get_template("errors/500.html").render({})
    except Exception:  # the page that must always come
        page = _("Something went wrong on our side. Please try again in a few minutes.")
    return HttpResponse(page, status=500)


def typed(request: HttpRequest) -> list[str]:
    """List the longer answers of a form that could not be taken; passwords and codes are not among them."""
    answers = [value for name, value in hindered.typed(request).fields if name not in NOT_WORDS]
    return [value for value in answers if len(value) >= WORTH_KEEPING]


def explain_methods(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Say in words what an address does not take: a form's own address that was opened, or a page that was sent to."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not hindered.is_part(request):
            response.content = render(request, "errors/405.html").content
            response.headers["Content-Type"] = "text/html; charset=utf-8"
        return response

    return middleware
