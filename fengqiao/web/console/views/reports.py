"""The reports list: what waits for a decision first."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from fengqiao.insight.narrowing import Day, declined_on
from fengqiao.intake.models import Report
from fengqiao.intake.queries import for_row
from fengqiao.intake.scope import ReportQuerySet
from fengqiao.intake.searching import MOST, search_reports
from fengqiao.intake.workflow import Status
from fengqiao.kit.bigrams import words_of
from fengqiao.people.models import User
from fengqiao.places.models import Region
from fengqiao.web.console.finding import fullest, texts_of
from fengqiao.web.console.forms.filters import ReportFilter
from fengqiao.web.console.paging import Order, page_of
from fengqiao.web.shared.access import StaffRequest, staff_view
from fengqiao.web.shared.parts import Way

UNDECIDED = (Status.RECEIVED, Status.IN_REVIEW)
BY_DUE = Order("due_at")
NEWEST = Order("received_at", is_descending=True)


@staff_view
@require_safe
def reports(request: StaffRequest) -> HttpResponse:
    """Show the reports a person can read."""
    at = now()
    form = ReportFilter(request.GET, county=request.user.county, today=localdate(at))
    wanted = form.wanted()
    order = NEWEST if wanted.get("status", "all" if "q" in wanted else Status.RECEIVED) not in UNDECIDED else BY_DUE
    typed = wanted.get("q", "")
    page = page_of(for_row(narrowed(wanted, request.user, at)), order, request.GET, most=MOST if typed else None)
    for report in page.rows if typed else []:
        report.found_in = fullest(texts_of(report), words_of(typed))  # type: ignore[attr-defined]
    template = "console/reports/list.html" + ("#rows" if request.htmx else "")
    way = Way(label=pgettext("reports", "All"), href="?status=all")
    context = {"form": form, "page": page, "narrowed": bool(wanted), "searched": typed, "way": way}
    return render(request, template, context)


def narrowed(wanted: dict[str, Any], user: User, at: datetime) -> ReportQuerySet[Report]:
    """Narrow the reports this user can read to what was asked for."""
    found = Report.objects.visible_to(user, at)
    status = wanted.get("status") or ("all" if "q" in wanted else "")
    if status != "all":
        found = found.filter(status__in=[status] if status else UNDECIDED)
    if township := wanted.get("township"):
        found = found.filter(region__path__contains=f".{township}")
    if words := wanted.get("q"):
        found = search_reports(found, words)
    found = _of_the_board(found, wanted, user, at)
    return found.filter(**{name: wanted[name] for name in ("nature", "channel") if name in wanted})


def _of_the_board(
    found: ReportQuerySet[Report], wanted: dict[str, Any], user: User, at: datetime
) -> ReportQuerySet[Report]:
    """Narrow to what a number of the board counted: received or declined on a day, overdue, in an area."""
    if day := wanted.get("received_on"):
        found = found.filter(Day(day, at, user.county).has("received_at"))
    if day := wanted.get("declined_on"):
        found = found.filter(declined_on(Day(day, at, user.county)))
    if wanted.get("overdue"):
        found = found.filter(due_at__lt=at)
    if region := Region.objects.filter(code=wanted["region"]).first() if "region" in wanted else None:
        found = found.in_region(region)
    return found
