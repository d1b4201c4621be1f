"""The reports list: what waits for a decision first."""

from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Q
from django.db.models.lookups import Exact
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from fengqiao.cases.scope import Part, held_posts
from fengqiao.insight.narrowing import Day, declined_on
from fengqiao.intake import common
from fengqiao.intake.models import Report
from fengqiao.intake.newest import newest_reports
from fengqiao.intake.scope import ReportQuerySet, report_parts
from fengqiao.intake.searching import MOST, search_reports
from fengqiao.intake.workflow import Status
from fengqiao.kit.bigrams import words_of
from fengqiao.kit.prepared import Prepared, filled
from fengqiao.people.models import User
from fengqiao.places.models import Region
from fengqiao.places.scope import PathPart, within
from fengqiao.web.console.finding import fullest, texts_of
from fengqiao.web.console.forms.filters import ReportFilter
from fengqiao.web.console.paging import (
    Listed,
    Order,
    Page,
    page_of_common,
    page_of_found,
    page_of_newest,
    page_of_parts,
)
from fengqiao.web.shared.access import StaffRequest, staff_view
from fengqiao.web.shared.parts import Way

UNDECIDED = (Status.RECEIVED, Status.IN_REVIEW)
Found: TypeAlias = tuple[ReportQuerySet[Report], Region | None]
BY_DUE = Order("due_at")
NEWEST = Order("received_at", is_descending=True)
COMMON_AMONG = {"q", "status"}  # what else is asked for may be rare


@staff_view
@require_safe
def reports(request: StaffRequest) -> HttpResponse:
    """Show the reports a person can read."""
    at = now()
    form = ReportFilter(request.GET, county=request.user.county, today=localdate(at))
    wanted = form.wanted()
    typed = wanted.get("q", "")
    page = page_asked_for(wanted, request.user, at, request.GET)
    for report in page.rows if typed else []:
        report.found_in = fullest(texts_of(report), words_of(typed))  # type: ignore[attr-defined]
    template = "console/reports/list.html" + ("#rows" if request.htmx else "")
    way = Way(label=pgettext("reports", "All"), href="?status=all")
    context = {"form": form, "page": page, "narrowed": bool(wanted), "searched": typed, "way": way}
    return render(request, template, context)


def page_asked_for(wanted: dict[str, Any], user: User, at: datetime, asked: QueryDict) -> Page[Report]:
    """Cut one page out of what was asked for of the reports this user can read, ground by ground."""
    words, posts, order = wanted.get("q", ""), held_posts(user, at), order_of(wanted)

    def find() -> list[Found]:
        return _found(report_parts(user, posts), asked_for(wanted, user, at))

    newest = newest_reports(user, posts, words) if words and is_plain(wanted) else None
    if newest is not None:
        return page_of_newest(newest, _listed([]), lambda: _walked(find(), words), order, asked)
    found = find()
    if not words:
        return page_of_parts(_listed([reports for reports, _area in found]), order, asked, most=MOST)
    areas, walked = [area for _reports, area in found], _walked(found, words)
    if wanted.keys() <= COMMON_AMONG and common.are_common(words, areas, common.REPORTS):
        return page_of_common(walked, order, asked)
    gathered = _listed([search_reports(reports, words, area) for reports, area in found])
    return page_of_found(gathered, walked, order, asked, most=MOST)


def _found(grounds: list[Part], condition: Q) -> list[Found]:
    return [(Report.objects.filter(ground.which).filter(condition), ground.area) for ground in grounds]


def _walked(found: list[Found], words: str) -> Listed[Report]:
    return _listed([search_reports(reports, words) for reports, _area in found])


def _listed(reports: list[ReportQuerySet[Report]]) -> Listed[Report]:
    return Listed(reports, lambda ids: _ROWS(*filled(ids)))


def _rows(_shape: object, *ids: UUID) -> ReportQuerySet[Report]:
    return Report.objects.filter(pk__in=ids).select_related("region__parent__parent").defer("search")


_ROWS: Prepared[Report] = Prepared(_rows)


def is_plain(wanted: dict[str, Any]) -> bool:
    """Test if nothing but the words narrows a list."""
    return wanted.keys() <= COMMON_AMONG and wanted.get("status", "all") == "all"


def order_of(wanted: dict[str, Any]) -> Order:
    """Put what waits by its due time, and everything else by its age."""
    return BY_DUE if wanted.get("status", "all" if "q" in wanted else Status.RECEIVED) in UNDECIDED else NEWEST


def asked_for(wanted: dict[str, Any], user: User, at: datetime) -> Q:
    """Build the condition on reports from what was asked for, but for the words."""
    status = wanted.get("status") or ("all" if "q" in wanted else "")
    found = Q() if status == "all" else Q(status__in=[status] if status else UNDECIDED)
    if township := wanted.get("township"):
        found &= Q(Exact(PathPart("path", part=4), township))
    found &= _of_the_board(wanted, user, at)
    return found & Q(**{name: wanted[name] for name in ("nature", "channel") if name in wanted})


def _of_the_board(wanted: dict[str, Any], user: User, at: datetime) -> Q:
    """Match what a number of the board counted: received or declined on a day, overdue, in an area."""
    found = Q()
    if day := wanted.get("received_on"):
        found &= Day(day, at, user.county).has("received_at")
    if day := wanted.get("declined_on"):
        found &= declined_on(Day(day, at, user.county))
    if wanted.get("overdue"):
        found &= Q(due_at__lt=at)
    if region := Region.objects.filter(code=wanted["region"]).first() if "region" in wanted else None:
        found &= within("path", region)
    return found
