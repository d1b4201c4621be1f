"""One's due times in one's own calendar: the page that makes and revokes the address, and the address itself."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from fengqiao.cases.models import Case
from fengqiao.desk.models import CalendarFeed
from fengqiao.desk.queries import dates_owed
from fengqiao.desk.transitions import feeds
from fengqiao.kit.sealing import digest
from fengqiao.web.console.feeding import calendar_of
from fengqiao.web.shared.access import StaffRequest, staff_view, token_view

MOST_IN_AN_HOUR = 30
HOUR = timedelta(hours=1)


@staff_view
@sensitive_variables("token")
def calendar(request: StaffRequest) -> HttpResponse:
    """Show whether one's dates can be fetched; make the address, which is told once, or revoke it."""
    token = ""
    if request.method == "POST":
        if request.POST.get("do") != "make":
            feeds.revoke(by=request.user)
            messages.success(request, _("The address no longer works."))
            return redirect("console:dates")
        token = feeds.make(by=request.user, at=now())
    address = request.build_absolute_uri(reverse("feed", args=[token])) if token else ""
    feed = CalendarFeed.objects.filter(user=request.user).first()
    return render(request, "console/calendar/calendar.html", {"feed": feed, "address": address})


@token_view
@require_safe
@sensitive_variables("token")
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the due times of whoever made this address, as their posts are at this moment."""
    at = now()
    if not _is_within(token, at):
        return HttpResponse(status=429, headers={"Retry-After": str(int(HOUR.total_seconds()))})
    user = feeds.fetch(token, at=at)
    if user is None:
        raise Http404

    def page_of(case: Case) -> str:
        return request.build_absolute_uri(reverse("console:case", args=[case.number]))

    body = calendar_of(dates_owed(user, at), page_of, at)
    headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _is_within(token: str, at: datetime) -> bool:
    """Count one look at an address; calendars look a few times an hour, a program gone wild does not."""
    key = f"feed:{digest(token)[:32]}:{int(at.timestamp() // HOUR.total_seconds())}"
    cache.add(key, 0, timeout=int(HOUR.total_seconds()))
    try:
        return cache.incr(key) <= MOST_IN_AN_HOUR
    except ValueError:  # dropped in between: the first look of a new count
        return True
