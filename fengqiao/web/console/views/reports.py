"""The reports list: what waits for a decision first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from fengqiao.cases.scope import areas_of, held_posts
from fengqiao.insight.narrowing import Day, declined_on, received_on
from fengqiao.intake import common
from fengqiao.intake.models import Report
from fengqiao.intake.newest import newest_reports
from fengqiao.intake.scope import Reading, ReportQuerySet, accusing, reading_of
from fengqiao.intake.searching import MOST, search_reports
from fengqiao.intake.workflow import Status
from fengqiao.kit.bigrams import words_of
from fengqiao.kit.keys import Where, all_of, same
from fengqiao.kit.prepared import Prepared, filled
from fengqiao.people.models import User
from fengqiao.places.models import Region
from fengqiao.places.scope import Place, in_township, within
from fengqiao.web.console.finding import fullest, texts_of
from fengqiao.web.console.forms.filters import COMMON_AMONG, ReportFilter, is_plain
from fengqiao.web.console.paging import (
    Known,
    Listed,
    Order,
    Page,
    keys_of,
    page_of_common,
    page_of_found,
    page_of_newest,
    page_of_parts,
)
from fengqiao.web.shared.access import StaffRequest, staff_view
from fengqiao.web.shared.parts import Way

UNDECIDED = (Status.RECEIVED, Status.IN_REVIEW)
BY_DUE = Order("due_at")
NEWEST = Order("received_at", is_descending=True)


@dataclass(frozen=True, slots=True)
class Shown:
    """Which reports a list shows, but for the words: on which grounds, and what they meet."""

    reading: Reading
    where: tuple[Where, ...]

    def parts(self) -> list[ReportQuerySet[Report]]:
        """Ask each ground by its own index."""
        return [Report.objects.filter(which).filter(all_of(self.where)) for which in self.reading.grounds()]


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
    shown = Shown(reading_of(user, posts), asked_for(wanted, user, at))
    areas = [*areas_of(posts), *accusing(posts)]
    if not words:
        return page_of_parts(Known(_KEYS, shown, _fetched), order, asked, most=MOST)
    newest = newest_reports(user, posts, words) if is_plain(wanted) else None
    if newest is not None:
        return page_of_newest(newest, _listed([]), lambda: _walked(shown, words), order, asked)
    walked = _walked(shown, words)
    if wanted.keys() <= COMMON_AMONG and common.are_common(words, areas, common.REPORTS):
        return page_of_common(walked, order, asked)
    gathered = _listed([search_reports(part, words, area) for part, area in zip_longest(shown.parts(), areas)])
    return page_of_found(gathered, walked, order, asked, most=MOST)


def _walked(shown: Shown, words: str) -> Listed[Report]:
    return _listed([search_reports(part, words) for part in shown.parts()])


def _listed(parts: list[ReportQuerySet[Report]]) -> Listed[Report]:
    return Listed(parts, _fetched)


def _fetched(ids: list[UUID]) -> list[Report]:
    return _ROWS(*filled(ids))


def _rows(_shape: object, *ids: UUID) -> ReportQuerySet[Report]:
    return Report.objects.filter(pk__in=ids).select_related("region__parent__parent").defer("search")


_ROWS: Prepared[Report] = Prepared(_rows)
_KEYS = keys_of(Shown.parts)


def order_of(wanted: dict[str, Any]) -> Order:
    """Put what waits by its due time, and everything else by its age."""
    return BY_DUE if wanted.get("status", "all" if "q" in wanted else Status.RECEIVED) in UNDECIDED else NEWEST


def asked_for(wanted: dict[str, Any], user: User, at: datetime) -> tuple[Where, ...]:
    """List the conditions on reports that were asked for, but for the words."""
    status = wanted.get("status") or ("all" if "q" in wanted else "")
    found = [Where(write, (wanted[name],)) for name, write in _BY.items() if name in wanted]
    if status != "all":
        found.append(Where(same("status"), (status,)) if status else Where(_is_undecided))
    return (*found, *_of_the_board(wanted, user, at))


def _of_the_board(wanted: dict[str, Any], user: User, at: datetime) -> list[Where]:
    """List what a number of the board counted: received or declined on a day, overdue, in an area."""
    days = {received_on: wanted.get("received_on"), declined_on: wanted.get("declined_on")}
    found = [Where(write, (Day.of(day, at, user.county),)) for write, day in days.items() if day]
    if wanted.get("overdue"):
        found.append(Where(_is_overdue, (at,)))
    if region := Region.objects.filter(code=wanted["region"]).first() if "region" in wanted else None:
        found.append(Where(_lies_in, (region.path,)))
    return found


def _is_undecided() -> Q:
    return Q(status__in=UNDECIDED)


def _is_overdue(at: datetime) -> Q:
    return Q(due_at__lt=at)


def _lies_in(path: str) -> Q:
    return within("path", Place(1, path))


_BY: dict[str, Callable[..., Q]] = {"township": in_township, "nature": same("nature"), "channel": same("channel")}
