"""What needs me now: everything that waits for this person, counted and begun."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fengqiao.cases.assistance import add_assists
from fengqiao.cases.models import Case
from fengqiao.cases.queries import for_row, waiting_for
from fengqiao.cases.scope import Shape, held_posts, shape_of, stand_in, values_of
from fengqiao.desk.watched import watched, watched_by
from fengqiao.intake import queries as intake
from fengqiao.intake.models import Report
from fengqiao.intake.policy import AT_THE_COUNTER
from fengqiao.intake.policy import TAKES as TAKES_REPORTS
from fengqiao.intake.queries import with_first_words
from fengqiao.kit.prepared import Prepared
from fengqiao.mediation.onspot import areas_reviewed_by
from fengqiao.mediation.quality import disputed_in
from fengqiao.people import duty
from fengqiao.people.models import ADMINISTRATORS, DutyTurn, Post, Role, User
from fengqiao.people.policy import duties_of
from fengqiao.people.queries import unfilled
from fengqiao.places import calendar as calendars
from fengqiao.web.console.notices import notices_of
from fengqiao.web.console.waits import tallied
from fengqiao.web.shared.access import StaffRequest, staff_view
from fengqiao.web.shared.parts import Way

FIRST_WATCHED = 5
OVERSEEN = "overdue"  # what is late in an area waits for the units that have it, not for whoever looks on


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one sort that wait: how many, the first of them, and where to find them all."""

    key: str
    label: str
    count: int
    href: str
    cases: tuple[Case, ...] = ()
    reports: tuple[Report, ...] = ()


@staff_view
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """Show what waits for this person."""
    at = now()
    posts = held_posts(request.user, at)
    groups = [*_of_reports(posts, request.user, at), *_of_cases(request.user, at)]
    context = {
        "notices": notices_of(request.user, at),
        "groups": [group for group in groups if group.count],
        "idle": [group for group in groups if not group.count],
        "total": sum(group.count for group in groups if group.key != OVERSEEN),
        "has_posts": bool(posts),
        "on_duty": _on_duty(posts, request.user, at),
        **_watched(request.user, at),
        "mediations": tallied(request.user, at),
        "disputed": _disputed(posts, request.user, at),
        "way": Way(label=_("See the cases"), href=reverse("console:cases")),
        "also": _way_to_the_counter(posts),
        "unfilled": _unfilled(posts, request.user, at),
    }
    return render(request, "console/home.html", context)


def _way_to_the_counter(posts: list[Post]) -> Way | None:
    """Offer to take in a report, to whoever does that."""
    if not any(post.role in AT_THE_COUNTER for post in posts):
        return None
    return Way(label=_("Take in a report"), href=reverse("console:receive"))


def _unfilled(posts: list[Post], user: User, at: datetime) -> str:
    """Name the roles nobody holds yet, to whoever gives posts: an installation begins with three administrators."""
    if "people" not in duties_of(post.role for post in posts):
        return ""
    return _(", ").join(str(role.label) for role in unfilled(user.county, localdate(at)))


def _disputed(posts: list[Post], user: User, at: datetime) -> int:
    """Count the on-the-spot records that a party disputes, for whoever looks at records."""
    if not any(post.role in (Role.SUPERVISOR, Role.MEDIATOR) for post in posts):
        return 0
    areas = areas_reviewed_by(user, at)
    return disputed_in(areas, at) if areas else 0


def _on_duty(posts: list[Post], user: User, at: datetime) -> list[DutyTurn]:
    """Say who answers now at the centres of this person's areas; no administrator and no unknown role needs to know."""
    places = {post.region_id for post in posts if post.role in Role.values and post.role not in ADMINISTRATORS}
    return duty.answering_in(places, at, calendars.of(user.county))


def _watched(user: User, at: datetime) -> dict[str, object]:
    """Fetch the first of the cases this person watches, and how many there are."""
    posts = held_posts(user, at)
    first = _WATCHED(*values_of(user, posts), shape=shape_of(posts))
    add_assists(first)
    return {"watched": first, "watched_count": watched(user, at).count() if len(first) == FIRST_WATCHED else len(first)}


def _first_watched(shape: Shape, *held: UUID | str) -> QuerySet[Case]:
    user, posts = stand_in(shape, held)
    found = Case.objects.reached_by(user, posts).filter(watched_by(user.pk))
    return with_first_words(for_row(found)).order_by("-opened_at", "id")[:FIRST_WATCHED]


_WATCHED: Prepared[Case] = Prepared(_first_watched, spares_values=True)


def _of_reports(posts: list[Post], user: User, at: datetime) -> list[Group]:
    if not any(post.role in TAKES_REPORTS["triage"] for post in posts):
        return []
    address = reverse("console:reports")
    received, reviewed = intake.waiting(intake.to_triage(user, at), intake.to_review(user, at))
    return [
        Group(
            "triage", _("Reports to triage"), received.count, f"{address}?status=received", reports=tuple(received.rows)
        ),
        Group(
            "review",
            _("Declined reports to review"),
            reviewed.count,
            f"{address}?status=in_review",
            reports=tuple(reviewed.rows),
        ),
    ]


def _of_cases(user: User, at: datetime) -> list[Group]:
    address = reverse("console:cases")
    found = waiting_for(user, at)
    rows = [case for each in found for case in each.rows]
    intake.add_first_words(rows)
    add_assists(rows)
    return [
        Group(each.key, each.label, each.count, f"{address}?waiting={each.key}", cases=tuple(each.rows))
        for each in found
    ]
