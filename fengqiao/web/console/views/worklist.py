"""The work list: the cases a person can see, narrowed by what stands in the address."""

from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Q
from django.db.models.lookups import Exact
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fengqiao.cases import queries
from fengqiao.cases.assistance import add_assists
from fengqiao.cases.models import Case
from fengqiao.cases.queries import NEEDS, Cases
from fengqiao.cases.scope import Part, held_posts, parts
from fengqiao.cases.workflow import OPEN
from fengqiao.desk.watched import watched
from fengqiao.insight import narrowing
from fengqiao.insight.narrowing import COUNTED, Day
from fengqiao.intake import common
from fengqiao.intake.newest import newest_cases
from fengqiao.intake.queries import with_first_words
from fengqiao.intake.searching import MOST, search_cases
from fengqiao.kit.prepared import Prepared, filled
from fengqiao.people.models import Post, User
from fengqiao.places.models import Region
from fengqiao.places.scope import PathPart, inside
from fengqiao.web.console.counting import title_of
from fengqiao.web.console.finding import add_where_found
from fengqiao.web.console.forms.filters import IS_OPEN, CaseFilter
from fengqiao.web.console.paging import (
    Listed,
    Order,
    Page,
    page_of_common,
    page_of_found,
    page_of_newest,
    page_of_parts,
)
from fengqiao.web.console.saved import kept_by, start_of, tabs_of
from fengqiao.web.shared.access import StaffRequest, staff_view
from fengqiao.web.shared.parts import Way

Found: TypeAlias = tuple[Cases, Region | None]
BY_DUE = Order("due_at")
NEWEST = Order("opened_at", is_descending=True)
COMMON_AMONG = {"q", "status"}  # what else is asked for may be rare
PLACES = ("region", "region__parent", "region__parent__parent")
SHOWN = (  # in a row, or searched, or what the list goes by
    *("number", "title", "status", "urgency", "round", "is_restricted", "line_count", "public_reply"),
    *("due_at", "due_stage", "opened_at", "lead__name", "centre__name", "assigned_to__name", "assigned_to__username"),
    *(f"{place}__{name}" for place in PLACES for name in ("name", "level", "kind", "parent")),
)


@staff_view
@require_safe
def cases(request: StaffRequest) -> HttpResponse:
    """Show the work list."""
    at, kept = now(), kept_by(request.user)
    if not request.GET and not request.htmx and (start := start_of(kept)):
        return redirect(start)
    form = CaseFilter(request.GET, county=request.user.county, today=localdate(at))
    wanted = form.wanted()
    typed = wanted.get("q", "")
    page = page_asked_for(wanted, request.user, at, request.GET)
    add_where_found(page.rows, typed)
    add_assists(page.rows)
    template = "console/cases/list.html" + ("#rows" if request.htmx else "")
    title = title_of(wanted, localdate(at))
    context = {"form": form, "page": page, "title": title, "narrowed": bool(wanted), "at": at, "searched": typed}
    context |= {"tabs": tabs_of(kept, form, request.GET), "way": Way(label=_("All cases"), href="?status=all")}
    return render(request, template, context)


def page_asked_for(wanted: dict[str, Any], user: User, at: datetime, asked: QueryDict) -> Page[Case]:
    """Cut one page out of what was asked for of the cases this user can see, ground by ground."""
    held, words, order = held_posts(user, at), wanted.get("q", ""), order_of(wanted)
    waiting = wanted.get("waiting")
    posts = queries.owing(waiting, held) if waiting else held

    def find() -> list[Found]:
        return _found(parts(user, posts, held=held), asked_for(wanted, user, posts, at))

    newest = newest_cases(user, held, words) if words and is_plain(wanted) else None
    if newest is not None:
        return page_of_newest(newest, _listed([]), lambda: _walked(find(), words), order, asked)
    found = find()
    if not words:
        return page_of_parts(_listed([cases for cases, _area in found]), order, asked, most=MOST)
    areas, walked = [area for _cases, area in found], _walked(found, words)
    if wanted.keys() <= COMMON_AMONG and common.are_common(words, areas, common.CASES):
        return page_of_common(walked, order, asked)
    gathered = _listed([search_cases(cases, words, area) for cases, area in found])
    return page_of_found(gathered, walked, order, asked, most=MOST)


def _found(grounds: list[Part], condition: Q) -> list[Found]:
    return [(Case.objects.filter(ground.which).filter(condition), ground.area) for ground in grounds]


def _walked(found: list[Found], words: str) -> Listed[Case]:
    return _listed([search_cases(cases, words) for cases, _area in found])


def _listed(cases: list[Cases]) -> Listed[Case]:
    return Listed(cases or [Case.objects.none()], lambda ids: _ROWS(*filled(ids)))


def _rows(_shape: object, *ids: UUID) -> Cases:
    return with_first_words(queries.for_row(Case.objects.filter(pk__in=ids))).only(*SHOWN)


_ROWS: Prepared[Case] = Prepared(_rows)


def asked_for(wanted: dict[str, Any], user: User, posts: list[Post], at: datetime) -> Q:
    """Build the condition on cases from what was asked for, but for the words."""
    if waiting := wanted.get("waiting"):
        found = NEEDS[waiting].where(posts, at)
    elif counted := wanted.get("counted"):
        found = _counted(counted, wanted, user, at)
    else:
        found = _status(_status_asked(wanted))
    if wanted.get("overdue"):
        found &= Q(status__in=OPEN, due_at__lt=at)
    if mine := wanted.get("mine"):
        found &= _mine(mine, user, at)
    return found & _where(wanted) & Q(**_columns(wanted))


def is_plain(wanted: dict[str, Any]) -> bool:
    """Test if nothing but the words narrows a list."""
    return wanted.keys() <= COMMON_AMONG and wanted.get("status", "all") == "all"


def _mine(which: str, user: User, at: datetime) -> Q:
    """Match what the user's unit has, what was given to the user alone, or what the user watches."""
    if which == "watched":
        return Q(pk__in=watched(user, at).values("pk"))
    return Q(assigned_to=user) if which == "me" else queries.in_hands_of(held_posts(user, at))


def order_of(wanted: dict[str, Any]) -> Order:
    """Put what is still owed by its due time, and what is done by its age."""
    if "counted" in wanted:
        return BY_DUE if wanted["counted"] in ("late", "stuck") else NEWEST
    if "waiting" in wanted:
        return NEWEST if wanted["waiting"] == "archive" else BY_DUE
    return BY_DUE if wanted.get("overdue") or _status_asked(wanted) in IS_OPEN else NEWEST


def _status_asked(wanted: dict[str, Any]) -> str:
    """Give the status asked for; whoever searches and names none looks for what is done, too."""
    status: str = wanted.get("status") or ("all" if "q" in wanted else "open")
    return status


def _status(status: str) -> Q:
    if status == "all":
        return Q()
    return Q(status__in=OPEN) if status == "open" else Q(status=status)


def _counted(key: str, wanted: dict[str, Any], user: User, at: datetime) -> Q:
    """Match what a number of the board counted."""
    return COUNTED[key](Day(wanted.get("on") or localdate(at), at, user.county))


def _where(wanted: dict[str, Any]) -> Q:
    """Match an area and whose hands; a code that is none narrows nothing."""
    found = Q()
    if holder := wanted.get("holder"):
        found &= narrowing.held_by(holder)
    if region := Region.objects.filter(code=wanted["region"]).first() if "region" in wanted else None:
        found &= inside("path", region)
    if township := wanted.get("township"):
        found &= Q(Exact(PathPart("path", part=4), township))
    return found


def _columns(wanted: dict[str, Any]) -> dict[str, Any]:
    names = {"unit": "lead", "kind": "kind"}
    return {column: wanted[name] for name, column in names.items() if name in wanted}
