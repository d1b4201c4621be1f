"""Whose mediation it is: only the party whose own code and secret were given in this browser comes in."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from fengqiao.intake.models import Report
from fengqiao.mediation.models import Party
from fengqiao.web.resident import tickets
from fengqiao.web.resident.views.tracking import of_a_code, report_with
from fengqiao.web.shared import own_side

View = Callable[[HttpRequest, Report, Party], HttpResponse]


def of_a_party(view: View) -> Callable[..., HttpResponse]:
    """Open a page to the party whose own code and secret were given in this browser; others are told to give them."""

    @never_cache
    @of_a_code
    @wraps(view)
    def opened(request: HttpRequest, code: str) -> HttpResponse:
        report = report_with(code)
        if not tickets.is_opened(request, report):
            return prove(request, code)
        return view(request, report, own_party(report))

    return opened


def prove(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the secret first."""
    messages.info(request, _("Please enter the secret first; it keeps others from answering for you."))
    return redirect("resident:track", code)


def own_party(report: Report) -> Party:
    """Find the party of this report; for anybody else there is no such page."""
    found = own_side.party_of(report)
    if found is None:
        raise Http404
    return found
