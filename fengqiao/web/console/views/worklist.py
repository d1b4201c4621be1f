"""The work list: the cases a person can see, narrowed by what stands in the address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fengqiao.cases import queries
from fengqiao.cases.assistance import add_assists
from fengqiao.cases.models import Case
from fengqiao.cases.queries import Cases
from fengqiao.cases.scope import Hands, areas_of, grounds_of, hands_of, held_posts
from fengqiao.cases.workflow import OPEN
from fengqiao.desk.watched import watched_by
from fengqiao.insight import narrowing
from fengqiao.insight.narrowing import COUNTED, Day
from fengqiao.intake import common
from fengqiao.intake.newest import newest_cases
from fengqiao.intake.queries import with_first_words
from fengqiao.intake.searching import MOST, search_cases
from fengqiao.kit.keys import Where, all_of, same
from fengqiao.kit.prepared import Prepared, filled
from fengqiao.people.models import Post, User
from fengqiao.places.models import Region
from fengqiao.places.scope import Place, in_township, inside, place_of
from fengqiao.web.console.counting import title_of
from fengqiao.web.console.finding import add_where_found
from fengqiao.web.console.forms.filters import COMMON_AMONG, IS_OPEN, CaseFilter, is_plain
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
from fengqiao.web.console.saved import kept_by, start_of, tabs_of
from fengqiao.web.shared.access import StaffRequest, staff_view
from fengqiao.web.shared.parts import Way

BY_DUE = Order("due_at")
NEWEST = Order("opened_at", is_descending=True)
PLACES = ("region", "region__parent", "region__parent__parent")
SHOWN = (  # in a row, or searched, or what the list goes by
    *("number", "title", "status", "urgency", "round", "is_restricted", "line_count", "public_reply"),
    *("due_at", "due_stage", "opened_at", "lead__name", "centre__name", "assigned_to__name", "assigned_to__username"),
    *(f"{place}__{name}" for place in PLACES for name in ("name", "level", "kind", "parent")),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """Which cases a list shows, but for the words: on which grounds, and what they meet."""

    areas: tuple[Place, ...]
    hands: Hands
    where: tuple[Where, ...]

    def parts(self) -> list[Cases]:
        """Ask each ground by its own index."""
        grounds = grounds_of(self.areas, self.hands)
        return [Case.objects.filter(which).filter(all_of(self.where)) for which in grounds] or [Case.objects.none()]


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
    areas, where = areas_of(posts), asked_for(wanted, user, posts, at)
    shown = Shown(tuple(map(place_of, areas)), hands_of(user, posts, held=held), where)
    if not words:
        return page_of_parts(Known(_KEYS, shown, _fetched), order, asked, most=MOST)
    newest = newest_cases(user, held, words) if is_plain(wanted) else None
    if newest is not None:
        return page_of_newest(newest, _listed([]), lambda: _walked(shown, words), order, asked)
    walked = _walked(shown, words)
    if wanted.keys() <= COMMON_AMONG and common.are_common(words, areas, common.CASES):
        return page_of_common(walked, order, asked)
    gathered = _listed([search_cases(part, words, area) for part, area in zip_longest(shown.parts(), areas)])
    return page_of_found(gathered, walked, order, asked, most=MOST)


def _walked(shown: Shown, words: str) -> Listed[Case]:
    return _listed([search_cases(part, words) for part in shown.parts()])


def _listed(parts: list[Cases]) -> Listed[Case]:
    return Listed(parts, _fetched)


def _fetched(ids: list[UUID]) -> list[Case]:
    return _ROWS(*filled(ids))


def _rows(_shape: object, *ids: UUID) -> Cases:
    return with_first_words(queries.for_row(Case.objects.filter(pk__in=ids))).only(*SHOWN)


_ROWS: Prepared[Case] = Prepared(_rows)
_KEYS = keys_of(Shown.parts)


def asked_for(wanted: dict[str, Any], user: User, posts: list[Post], at: datetime) -> tuple[Where, ...]:
    """List the conditions on cases that were asked for, but for the words."""
    if waiting := wanted.get("waiting"):
        found = [queries.waits(waiting, posts, at)]
    elif counted := wanted.get("counted"):
        found = [Where(COUNTED[counted], (Day.of(wanted.get("on") or localdate(at), at, user.county),))]
    else:
        found = _status(_status_asked(wanted))
    if wanted.get("overdue"):
        found.append(Where(_is_overdue, (at,)))
    if mine := wanted.get("mine"):
        found.append(_mine(mine, user, at))
    return (*found, *_where(wanted))


def _mine(which: str, user: User, at: datetime) -> Where:
    """Match what the user's unit has, what was given to the user alone, or what the user watches."""
    if which == "unit":
        return Where(queries.in_hands_of, (tuple(post.unit_id for post in held_posts(user, at)),))
    return Where(watched_by if which == "watched" else same("assigned_to"), (user.pk,))


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


def _status(status: str) -> list[Where]:
    if status == "all":
        return []
    return [Where(_is_open) if status == "open" else Where(same("status"), (status,))]


def _where(wanted: dict[str, Any]) -> list[Where]:
    """Match an area and whose hands; a code that is none narrows nothing."""
    found = [Where(write, (wanted[name],)) for name, write in _BY.items() if name in wanted]
    if "unit" in wanted:
        found.append(Where(same("lead"), (UUID(wanted["unit"]),)))
    if region := Region.objects.filter(code=wanted["region"]).first() if "region" in wanted else None:
        found.append(Where(_lies_in, (place_of(region),)))
    return found


def _is_open() -> Q:
    return Q(status__in=OPEN)


def _is_overdue(at: datetime) -> Q:
    return Q(status__in=OPEN, due_at__lt=at)


def _lies_in(place: Place) -> Q:
    return inside("path", place)


_BY: dict[str, Callable[..., Q]] = {"holder": narrowing.held_by, "township": in_township, "kind": same("kind")}
