"""The mediator's day, and the list of dossiers behind it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from fengqiao.cases.scope import held_posts
from fengqiao.intake.policy import TAKES
from fengqiao.mediation.models import Dossier, Meeting, TierRound
from fengqiao.people.models import Role, User
from fengqiao.web.console.mediation.forms.filters import DossierFilter
from fengqiao.web.console.mediation.waiting import WAITS
from fengqiao.web.console.notices import notices_of
from fengqiao.web.console.paging import Listed, Order, page_of_parts
from fengqiao.web.shared.access import StaffRequest, staff_view

FIRST = 5
NEWEST = Order("opened_at", is_descending=True)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Dossiers that wait in the same way: how many, and the first of them."""

    key: str
    label: str
    icon: str
    count: int
    dossiers: tuple[Dossier, ...]


@staff_view
@require_safe
def day(request: StaffRequest) -> HttpResponse:
    """Show what the day brings: meetings, what is due, and what waits for whom."""
    at = now()
    seen = own(request.user, at)
    groups = groups_of(seen, at)
    context = {
        "meetings": meetings_of(seen, at),
        "groups": [group for group in groups if group.count],
        "idle": [group for group in groups if not group.count],
        "newest": list(for_row(seen).order_by("-opened_at", "-id")[:FIRST]),
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
    rows = own(request.user, at).filter(_asked(form, wanted, request.user, at))
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


def own(user: User, at: datetime) -> QuerySet[Dossier]:
    """Narrow to the dossiers this person sees; whoever mediates begins with those of the own committee."""
    seen = Dossier.objects.visible_to(user, at)
    units = [post.unit_id for post in held_posts(user, at) if post.role == Role.MEDIATOR]
    return seen.filter(case__lead__in=units) if units else seen


def groups_of(seen: QuerySet[Dossier], at: datetime) -> list[Waiting]:
    """Count each sort of waiting in one question, and fetch the first rows of those that have any."""
    counts: dict[str, Any] = {key: Count("pk", filter=wait.where(at)) for key, wait in WAITS.items()}
    counted = seen.aggregate(**counts)
    return [
        Waiting(
            key,
            str(wait.label),
            wait.icon,
            counted[key],
            tuple(for_row(seen.filter(wait.where(at))).order_by("case__due_at", "id")[:FIRST]) if counted[key] else (),
        )
        for key, wait in WAITS.items()
    ]


def meetings_of(seen: QuerySet[Dossier], at: datetime) -> list[Meeting]:
    """List the meetings of today, in their order."""
    today = Meeting.objects.filter(dossier__in=seen, starts_at__date=localdate(at), called_off_at__isnull=True)
    return list(today.select_related("dossier__case", "mediator").order_by("starts_at", "id"))


def _rows(ids: list[UUID]) -> QuerySet[Dossier]:
    """Fetch the rows of one page, once its keys are found by the index."""
    return for_row(Dossier.objects.filter(pk__in=ids))


def for_row(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Fetch with each dossier what its row shows."""
    return rows.select_related("case__region__parent__parent", "case__lead", "mediator")


def _asked(form: DossierFilter, wanted: dict[str, Any], user: User, at: datetime) -> Q:
    """Build the condition from what was asked for; a sort of waiting says itself where they stand."""
    if "waiting" in wanted:
        found = WAITS[wanted["waiting"]].where(at)
    else:
        stands = form.stands()
        found = Q(stand__in=stands) if stands else Q()
    if "type" in wanted:
        found &= Q(type=wanted["type"])
    if "tier" in wanted:
        found &= Q(Exists(_last_rounds(wanted["tier"])))
    if "overdue" in wanted:
        found &= WAITS["overdue"].where(at)
    return found & Q(mediator__user=user) if "mine" in wanted else found


def _last_rounds(level: str) -> QuerySet[TierRound]:
    """Match the rounds at a level that run, or with which the mediation ended."""
    last = Q(ended_at__isnull=True) | Q(result__in=[TierRound.Result.AGREED, TierRound.Result.ENDED])
    return TierRound.objects.filter(last, dossier=OuterRef("pk"), tier__level=level)


def _may_take_in(user: User, at: datetime) -> bool:
    """Test if this person takes in disputes for a committee."""
    return any(post.role == Role.MEDIATOR and post.role in TAKES["receive"] for post in held_posts(user, at))
