"""The mediator's day, and the list of dossiers behind it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from fengqiao.cases.scope import held_posts
from fengqiao.intake.policy import TAKES
from fengqiao.mediation.models import Dossier, TierRound
from fengqiao.people.models import Role, User
from fengqiao.web.console.mediation.daily import daily, rows_of
from fengqiao.web.console.mediation.forms.filters import DossierFilter
from fengqiao.web.console.notices import notices_of
from fengqiao.web.console.paging import Listed, Order, page_of_parts
from fengqiao.web.console.waits import WAITS, Moment, Own
from fengqiao.web.shared.access import StaffRequest, staff_view

NEWEST = Order("opened_at", is_descending=True)


@staff_view
@require_safe
def day(request: StaffRequest) -> HttpResponse:
    """Show what the day brings: meetings, what is due, and what waits for whom."""
    at = now()
    found = daily(request.user, at)
    context = {
        "meetings": found.meetings,
        "groups": [group for group in found.groups if group.count],
        "idle": [group for group in found.groups if not group.count],
        "newest": found.newest,
        "notices": notices_of(request.user, at),
        "may_take_in": _may_take_in(request.user, at),
        "at": at,
    }
    return render(request, "console/mediation/day.html", context)


@staff_view
@require_safe
def dossiers(request: StaffRequest) -> HttpResponse:
    """Show the list of dossiers; its filters stand in the address."""
    at = now()
    form = DossierFilter(request.GET)
    wanted = form.wanted()
    rows = Own.of(request.user, at).dossiers().filter(_asked(form, wanted, request.user, Moment.of(at)))
    page = page_of_parts(Listed([rows], _rows), NEWEST, request.GET)
    waiting = WAITS.get(wanted.get("waiting", ""))
    context = {
        "form": form,
        "page": page,
        "title": waiting.label if waiting else "",
        "narrowed": bool(wanted),
        "at": at,
    }
    template = "console/mediation/list.html" + ("#rows" if request.htmx else "")
    return render(request, template, context)


def _rows(ids: list[UUID]) -> Iterable[Dossier]:
    """Fetch the rows of one page, once its keys are found by the index."""
    return rows_of(ids).values()


def _asked(form: DossierFilter, wanted: dict[str, Any], user: User, when: Moment) -> Q:
    """Build the condition from what was asked for; a sort of waiting says itself where they stand."""
    if "waiting" in wanted:
        found = WAITS[wanted["waiting"]].where(when)
    else:
        stands = form.stands()
        found = Q(stand__in=stands) if stands else Q()
    if "type" in wanted:
        found &= Q(type=wanted["type"])
    if "tier" in wanted:
        found &= Q(Exists(_last_rounds(wanted["tier"])))
    if "overdue" in wanted:
        found &= WAITS["overdue"].where(when)
    return found & Q(mediator__user=user) if "mine" in wanted else found


def _last_rounds(level: str) -> QuerySet[TierRound]:
    """Match the rounds at a level that run, or with which the mediation ended."""
    last = Q(ended_at__isnull=True) | Q(result__in=[TierRound.Result.AGREED, TierRound.Result.ENDED])
    return TierRound.objects.filter(last, dossier=OuterRef("pk"), tier__level=level)


def _may_take_in(user: User, at: datetime) -> bool:
    """Test if this person takes in disputes for a committee."""
    return any(post.role == Role.MEDIATOR and post.role in TAKES["receive"] for post in held_posts(user, at))
