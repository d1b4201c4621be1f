"""The filters a person keeps: a page to arrange them, and keeping the present one."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengqiao.desk.models import SavedFilter
from fengqiao.desk.transitions import filters
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User
from fengqiao.web.console.forms.filters import CaseFilter
from fengqiao.web.console.saved import kept_as, kept_by, tabs_of
from fengqiao.web.shared.access import StaffRequest, staff_view

Change = Callable[[SavedFilter, QueryDict, User], object]
CHANGES: dict[str, Change] = {
    "rename": lambda saved, sent, user: filters.rename(saved, sent.get("name", ""), by=user),
    "open_first": lambda saved, _sent, user: filters.open_first(saved, by=user),
    "drop": lambda saved, _sent, user: filters.drop(saved, by=user),
}


@staff_view
def kept(request: StaffRequest) -> HttpResponse:
    """Show one's filters; keep the one that was sent."""
    if request.method == "POST":
        return _keep(request)
    form = _form(request.user, "")
    return render(request, "console/filters/filters.html", {"tabs": tabs_of(kept_by(request.user), form, QueryDict())})


@staff_view
@require_POST
def change(request: StaffRequest, saved: UUID) -> HttpResponse:
    """Rename a filter, let it open first, or forget it."""
    found = get_object_or_404(request.user.saved_filters, pk=saved)
    act = CHANGES.get(request.POST.get("do", ""))
    if act is None:
        raise Http404
    try:
        act(found, request.POST, request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("console:filters")


def _keep(request: StaffRequest) -> HttpResponse:
    """Keep what makes sense of the filter that was sent, and go back to the list with it."""
    sent = request.POST.get("query", "")
    query = kept_as(_form(request.user, sent), QueryDict(sent))
    name = request.POST.get("name", "")
    try:
        saved = filters.keep(name, query, by=request.user, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The filter is kept as “%(name)s”.") % {"name": saved.name})
    return redirect(f"{reverse('console:cases')}?{query or 'status=open'}")


def _form(user: User, query: str) -> CaseFilter:
    return CaseFilter(QueryDict(query), county=user.county, today=localdate(now()))
