"""Read models for pages: what waits for whom, and narrowing a list of cases."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import Count, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from fengqiao.cases.assistance import assisted_by
from fengqiao.cases.models import RUNNING, Assist, Case, CaseClock, Delay, RaiseUp, ReopenRequest, Stage
from fengqiao.cases.scope import (
    NOTHING,
    CaseQuerySet,
    Hands,
    areas_of,
    ground_by_ground,
    grounds_of,
    hands_of,
    held_posts,
)
from fengqiao.cases.tiers import paths_above
from fengqiao.cases.workflow import ENDED, OPEN, WITH_A_LEAD, Status
from fengqiao.kit.keys import Keys, Where, all_of
from fengqiao.kit.prepared import Prepared, filled
from fengqiao.people.models import Post, Role, Unit, User
from fengqiao.places.scope import Place, inside, place_of, within

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Cases: TypeAlias = CaseQuerySet[Case]
SOON = timedelta(hours=24)
LONG_AGO = Value(datetime(1970, 1, 1, tzinfo=UTC), output_field=DateTimeField())  # before any clock
ASKED_TO_REOPEN = Exists(ReopenRequest.objects.filter(case=OuterRef("pk"), decided_at__isnull=True))
DELAY_ASKED = Exists(Delay.objects.filter(case=OuterRef("pk"), round=OuterRef("round"), decided_at__isnull=True))


@dataclass(frozen=True, slots=True)
class Owing:
    """What of a post decides which cases wait for it."""

    unit: UUID
    is_centre: bool
    region: UUID
    path: str
    place: Place  # the same, for tables with an index of it
    above: tuple[str, ...] = ()  # the seat of who dispatches


@dataclass(frozen=True, slots=True)
class Moment:
    """When is asked, and until when something is due soon."""

    at: datetime
    soon: datetime


@dataclass(frozen=True, slots=True)
class Need:
    """Something that cases wait for: in words, who owes it, and which cases."""

    label: "StrPromise | str"
    roles: frozenset[Role]
    where: Callable[[Sequence[Owing], Moment], Q]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The first of what waits for someone: on which grounds they see it, what it meets, and whose comes first."""

    areas: tuple[Place, ...]
    hands: Hands
    where: Where
    user: UUID
    first: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many cases wait for one thing, and the first of them."""

    key: str
    label: str
    count: int
    rows: Sequence[Case]


def _units(posts: Sequence[Owing]) -> list[UUID]:
    return [post.unit for post in posts]


def _ours(posts: Sequence[Owing]) -> Q:
    return Q(lead__in=_units(posts))


def _running(stage: Stage) -> QuerySet[CaseClock]:
    return CaseClock.objects.filter(RUNNING, county=OuterRef("county"), case=OuterRef("pk"), stage=stage)


def _window_ends() -> Subquery:
    """Tell until when the result of a case can be evaluated; nothing when no such window runs.

    A value is asked of each concluded case of an area; whether there is one, of all windows of the country.
    """
    return Subquery(_running(Stage.EVALUATE).values("due_at"))


def _to_dispatch(posts: Sequence[Owing], when: Moment) -> Q:
    """Match the cases without a lead, but not those raised over the head of the post's centre."""
    raised = Q(Exists(RaiseUp.objects.filter(case=OuterRef("pk"), round=OuterRef("round"))))
    found = NOTHING
    for post in posts:
        above = Q(centre__region__path__in=post.above)
        found |= inside("path", post.place) & ~(raised & above)
    return Q(status=Status.OPENED) & found


def _to_designate(posts: Sequence[Owing], when: Moment) -> Q:
    """Match the objections that these arbiters answer: of their own centre, and of the centres below theirs."""
    found = NOTHING
    for post in posts:
        found |= Q(centre=post.unit)
        if post.is_centre:
            found |= within("centre__region__path", post) & ~Q(centre__region=post.region)
    return Q(status=Status.OBJECTED) & found


def _to_evaluate(posts: Sequence[Owing], when: Moment) -> Q:
    open_window = Q(GreaterThanOrEqual(_window_ends(), when.at))
    return Q(status=Status.CONCLUDED) & open_window & ~Q(ASKED_TO_REOPEN) & ~_ours(posts)


def _to_archive(posts: Sequence[Owing], when: Moment) -> Q:
    closed_window = Q(LessThanOrEqual(Coalesce(_window_ends(), LONG_AGO), when.at))
    return Q(status=Status.CONCLUDED) & closed_window & ~Q(ASKED_TO_REOPEN)


# In the order in which they should be looked at: what is late, what was decided against someone, then the day's work.
NEEDS: dict[str, Need] = {
    "late": Need(
        _("Overdue in our hands"),
        frozenset({Role.HANDLER}),
        lambda posts, when: Q(status__in=WITH_A_LEAD, due_at__lt=when.at) & _ours(posts),
    ),
    "accept": Need(
        _("To accept or to object to"),
        frozenset({Role.HANDLER}),
        lambda posts, when: Q(status=Status.DISPATCHED) & _ours(posts),
    ),
    "soon": Need(
        _("Due within a day"),
        frozenset({Role.HANDLER}),
        lambda posts, when: Q(status=Status.HANDLING, due_at__gte=when.at, due_at__lte=when.soon) & _ours(posts),
    ),
    "handle": Need(
        _("In handling with us"),
        frozenset({Role.HANDLER}),
        lambda posts, when: Q(status=Status.HANDLING, due_at__gt=when.soon) & _ours(posts),
    ),
    "accept_assist": Need(
        _("To accept as assisting unit"),
        frozenset({Role.HANDLER}),
        lambda posts, when: assisted_by(_units(posts), accepted_at__isnull=True),
    ),
    "assist": Need(
        _("We assist"),
        frozenset({Role.HANDLER}),
        lambda posts, when: assisted_by(_units(posts), accepted_at__isnull=False),
    ),
    "dispatch": Need(_("To dispatch"), frozenset({Role.DISPATCHER}), _to_dispatch),
    "designate": Need(_("Objections to answer"), frozenset({Role.SUPERVISOR}), _to_designate),
    "decide": Need(
        _("Reopening to decide"),
        frozenset({Role.DISPATCHER}),
        lambda posts, when: Q(status__in=ENDED) & Q(ASKED_TO_REOPEN) & ~_ours(posts),
    ),
    "delay": Need(
        _("Extensions and pauses to decide"),
        frozenset({Role.SUPERVISOR}),
        lambda posts, when: Q(status=Status.HANDLING) & Q(DELAY_ASKED) & ~_ours(posts),
    ),
    "overdue": Need(
        _("Overdue in your area"),
        frozenset({Role.SUPERVISOR, Role.LEADER}),
        lambda posts, when: Q(status__in=OPEN, due_at__lt=when.at),
    ),
    "evaluate": Need(_("To call about the result"), frozenset({Role.CLERK}), _to_evaluate),
    "archive": Need(_("Ready to archive"), frozenset({Role.DISPATCHER}), _to_archive),
    "revisit": Need(
        _("To revisit"),
        frozenset({Role.CLERK}),
        lambda posts, when: Q(status=Status.ARCHIVED) & Q(Exists(_running(Stage.REVISIT))) & ~_ours(posts),
    ),
}


def waiting_for(user: User, at: datetime, *, first: int = 5) -> list[Waiting]:
    """Count what waits for this user, thing by thing, with the first cases of each; one query a thing, one for all."""
    posts = held_posts(user, at)
    held = {post.role for post in posts}
    found = {key: _first(key, user, posts, at, first) for key, need in NEEDS.items() if need.roles & held}
    ids = [pk for _count, ids in found.values() for pk in ids]
    rows = {case.pk: case for case in _ROWS(*filled(ids))} if ids else {}
    return [Waiting(key, str(NEEDS[key].label), n, [rows[pk] for pk in ids]) for key, (n, ids) in found.items()]


def _first(key: str, user: User, posts: list[Post], at: datetime, first: int) -> tuple[int, list[UUID]]:
    """Count the cases that wait for one thing, and find the first of them."""
    theirs = owing(key, posts)
    areas, hands = tuple(map(place_of, areas_of(theirs))), hands_of(user, theirs, held=posts)
    rows = _FIRST(Wanted(areas, hands, waits(key, theirs, at), user.pk, first))
    return rows[0][1] if rows else 0, [pk for pk, _total in rows]


def _wanted(wanted: Wanted) -> QuerySet[Any, Any]:
    grounds = grounds_of(wanted.areas, wanted.hands)
    cases = ground_by_ground(Case.objects.all(), grounds, all_of([wanted.where]))
    counted = cases.annotate(total=Window(Count("pk"))).order_by(_own_first(wanted.user), "due_at", "id")
    return counted.values_list("pk", "total")[: wanted.first]


def _own_first(user: UUID) -> Choose:
    """Put what was given to this person first, and what was given to a colleague last."""
    return Choose(When(assigned_to=user, then=0), When(assigned_to__isnull=True, then=1), default=2)


def owing(key: str, posts: list[Post]) -> list[Post]:
    """Narrow to the posts that owe a thing."""
    return [post for post in posts if post.role in NEEDS[key].roles]


def waits(key: str, posts: Sequence[Post], at: datetime) -> Where:
    """Tell the condition on what waits for a thing from the posts that owe it."""
    return Where(NEEDS[key].where, (tuple(map(_owing, posts)), Moment(at, at + SOON)))


def _owing(post: Post) -> Owing:
    region, is_centre = post.region, post.unit.kind == Unit.Kind.CENTRE
    above = tuple(paths_above(post.seat.path)) if post.role == Role.DISPATCHER else ()
    return Owing(post.unit_id, is_centre, region.pk, region.path, place_of(region), above)


def for_row(cases: Cases) -> Cases:
    """Fetch with each case what a row of a list shows of it."""
    return cases.select_related("region__parent__parent", "lead", "assigned_to", "centre").defer("search")


def _rows(_shape: object, *ids: UUID) -> Cases:
    return for_row(Case.objects.filter(pk__in=ids))


_ROWS: Prepared[Case] = Prepared(_rows)
_FIRST: Keys[Wanted] = Keys(_wanted, spares_values=True)


def in_hands_of(units: Sequence[UUID]) -> Q:
    """Match the cases that these units have: to handle, to assist, or still to dispatch."""
    assisting = Exists(Assist.objects.filter(case=OuterRef("pk"), unit__in=units, round=OuterRef("round")))
    return Q(lead__in=units) | Q(assisting) | Q(lead__isnull=True, centre__in=units)
