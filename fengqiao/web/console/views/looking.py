"""A restricted case: giving the reason for a look, and who may look and who did."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from fengqiao.cases.models import Case, CaseLog, NamedViewer
from fengqiao.cases.policy import may
from fengqiao.cases.scope import held_posts
from fengqiao.people.models import Post
from fengqiao.rights.models import AccessLog
from fengqiao.web.console.forms.looking import Why
from fengqiao.web.console.looking import keep_reason
from fengqiao.web.console.paging import Order, page_of
from fengqiao.web.console.views.cases import find
from fengqiao.web.shared.access import StaffRequest, staff_view

NEWEST = Order("at", is_descending=True)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody named on a case: by which posts, since when, by whom and why, and when they last looked."""

    row: NamedViewer
    posts: list[Post]
    last: datetime | None


@staff_view
@require_POST
def look(request: StaffRequest, number: str) -> HttpResponse:
    """Take the reason for a look, and lead on to what was to be looked at."""
    case, form = find(request.user, number), Why(request.POST)
    onward = _onward(request, case)
    if not form.is_valid():
        context = {"case": case, "form": form, "next": onward}
        return render(request, "console/cases/why.html", context, status=422)
    keep_reason(request, case, form.said(), now())
    return redirect(onward)


@staff_view
@require_safe
def viewers(request: StaffRequest, number: str) -> HttpResponse:
    """Show who may look at a restricted case, who no longer may, and every look."""
    case, at = find(request.user, number), now()
    looks = page_of(_looks(case), NEWEST, request.GET)
    context = {
        "case": case,
        "viewers": _viewers(case, at) if case.is_restricted else [],
        "former": _former(case) if case.is_restricted else [],
        "looks": looks,
        "may_unname": may(request.user, "unname_viewer", case, at),
    }
    return render(request, "console/cases/viewers.html", context)


def _onward(request: StaffRequest, case: Case) -> str:
    """Read where this person was going; never another site."""
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_ours and asked.startswith("/console/") else reverse("console:case", args=[case.number])


def _looks(case: Case) -> QuerySet[AccessLog]:
    """Find every look at the case, and at the reports in it."""
    things = Q(thing=case.pk) | Q(thing__in=case.reports.values("pk"))
    return AccessLog.objects.filter(things, county=case.county).select_related("user")


def _viewers(case: Case, at: datetime) -> list[Viewer]:
    """Collect those who are named, the longest first."""
    rows = list(case.named.select_related("user", "named_by").order_by("named_at", "pk"))
    looks = AccessLog.objects.filter(county=case.county, thing=case.pk, look=AccessLog.Look.RESTRICTED)
    last = {user: at for user, at in looks.order_by("at").values_list("user", "at")}
    return [Viewer(row, held_posts(row.user, at), last.get(row.user_id)) for row in rows]


def _former(case: Case) -> list[CaseLog]:
    """Find the lines by which somebody's name was taken off."""
    return list(case.log.filter(verb="unname_viewer").select_related("by").order_by("-line"))
