"""Which cases a person can see: the one predicate behind every door."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, Self, TypeVar
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from fengqiao.cases.vocabulary import PUBLIC_THINGS, TOLD_KINDS, TOLD_NATURES
from fengqiao.cases.workflow import OPEN
from fengqiao.kit.prepared import Prepared
from fengqiao.kit.workdays import day_of
from fengqiao.people.models import Post, Role, Unit, User
from fengqiao.places.models import Region
from fengqiao.places.scope import HasPath, inside

Row = TypeVar("Row", bound=Model, covariant=True)
Rows = TypeVar("Rows", bound=QuerySet[Any])

WHOLE_REGION = {Role.CLERK, Role.DISPATCHER, Role.SUPERVISOR, Role.LEADER, Role.GRID_WORKER}
OWN_UNIT = {Role.HANDLER, Role.MEDIATOR}
MAY_BE_NAMED = {Role.CLERK, Role.DISPATCHER, Role.SUPERVISOR, Role.HANDLER, Role.MEDIATOR}
NOTHING = Q(pk__in=[])
OPEN_TO_POSTS = Q(is_restricted=False)


@dataclass(frozen=True, slots=True)
class Named:
    """Someone who may be named on restricted cases, and the units in which they serve."""

    user: UUID
    serving: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Hands:
    """What of someone's posts lets them see cases beside those of an area: units, and being named."""

    units: tuple[UUID, ...]
    named: Named | None


class CaseQuerySet(QuerySet[Row]):
    """The only door to cases from a view: what you cannot see does not exist."""

    def visible_to(self, user: User, at: datetime) -> Self:
        """Narrow to the cases that some post of this user answers for, and the restricted ones that name them."""
        return self.reached_by(user, held_posts(user, at))

    def reached_by(self, user: User, posts: Iterable[Post]) -> Self:
        """Narrow to the cases that this user sees who holds these posts."""
        return self.filter(reach(user, posts))

    def in_region(self, region: Region) -> Self:
        """Narrow to the cases that lie in a region or below it."""
        return self.filter(inside("path", region))

    def told_to_anyone(self) -> Self:
        """Narrow to the open matters of public things: the only ones a stranger may be told of, as bare facts."""
        return self.filter(
            is_restricted=False,
            complained_unit__isnull=True,
            status__in=OPEN,
            kind__in=TOLD_KINDS,
            nature__in=TOLD_NATURES,
            category__code__in=PUBLIC_THINGS,
        )

    def overdue(self, at: datetime) -> Self:
        """Narrow to the cases whose present clock has run out."""
        return self.filter(due_at__lt=at)


def held_posts(user: User, at: datetime) -> list[Post]:
    """Fetch the posts a user holds on the day of this moment, with their region and unit; once for a request."""
    if not user.is_active:
        return []
    on = day_of(at)
    if user.posts_kept is None:
        return HELD(user.pk, on)
    if on not in user.posts_kept:
        user.posts_kept[on] = HELD(user.pk, on)
    return user.posts_kept[on]


def _held(_shape: object, user: UUID, on: date) -> QuerySet[Post]:
    return Post.objects.held_on(on).filter(user=user).select_related("region", "unit").defer("starts_on", "ends_on")


HELD: Prepared[Post] = Prepared(_held)


Shape = tuple[tuple[str, str, str], ...]


def shape_of(posts: Iterable[Post]) -> Shape:
    """Give what of someone's posts decides how a condition looks: role, kind of unit, level; the rest are values."""
    return tuple((post.role, post.unit.kind, post.region.level) for post in posts)


def values_of(user: User, posts: Iterable[Post]) -> list[UUID | str]:
    """Give the values of such a condition: who, and the unit and area of each post."""
    values: list[UUID | str] = [user.pk]
    for post in posts:
        values += [post.unit_id, post.region.path]
    return values


def stand_in(shape: Shape, values: Sequence[UUID | str]) -> tuple[User, list[Post]]:
    """Build someone with posts of this shape out of such values, so that `reach` is written once for all of them."""
    pairs = zip(values[1::2], values[2::2], strict=True)
    posts = [
        Post(role=role, unit=Unit(pk=unit, kind=kind), region=Region(path=str(path), level=level))
        for (role, kind, level), (unit, path) in zip(shape, pairs, strict=True)
    ]
    return User(pk=values[0]), posts


def reach(user: User, posts: Iterable[Post]) -> Q:
    """Build the condition on cases from the posts someone holds; a role not named here reaches nothing."""
    posts = list(posts)
    return seen_from(areas_of(posts), hands_of(user, posts))


def seen_from(areas: Iterable[HasPath], hands: Hands) -> Q:
    """Match the cases that are seen on any ground."""
    return reduce(or_, grounds_of(areas, hands), NOTHING)


def grounds_of(areas: Iterable[HasPath], hands: Hands) -> list[Q]:
    """List the grounds on which someone sees a case: each alone is answered by an index."""
    return [*map(open_in, areas), *beside_areas(hands)]


def hands_of(user: User, posts: list[Post], *, held: list[Post] | None = None) -> Hands:
    """Tell what of someone's posts lets them see cases beside those of an area.

    Where only some of their posts count, `held` gives all: whoever serves in the unit complained of is barred anyway.
    """
    units = dict.fromkeys(post.unit_id for post in posts if post.role in OWN_UNIT)
    serving = dict.fromkeys(post.unit_id for post in (posts if held is None else held))
    is_named = any(post.role in MAY_BE_NAMED for post in posts)
    return Hands(tuple(units), Named(user.pk, tuple(serving)) if is_named else None)


def open_in(area: HasPath) -> Q:
    """Match the cases of an area that whoever answers for it sees."""
    return OPEN_TO_POSTS & inside("path", area)


def beside_areas(hands: Hands) -> list[Q]:
    """List the grounds that are no area: each alone is answered by an index."""
    in_hand = [ground for unit in hands.units for ground in _of_unit(unit)]
    return [*in_hand, *([_named_on(hands.named)] if hands.named else [])]


def ground_by_ground(rows: Rows, grounds: Sequence[Q], where: Q) -> Rows:
    """Narrow rows to those that meet a condition on one of these grounds, each ground looked up by its own index."""
    found = [rows.filter(ground).filter(where) for ground in grounds]
    if len(found) < 2:
        return found[0] if found else rows.none()
    first, *others = (each.order_by().values("pk") for each in found)
    return rows.filter(pk__in=first.union(*others))


def areas_of(posts: list[Post]) -> list[Region]:
    """List the areas these posts answer for, without those that lie in another."""
    found: list[Region] = []
    for area in sorted((post.region for post in posts if post.role in WHOLE_REGION), key=lambda area: len(area.path)):
        if not any(wider.covers(area) for wider in found):
            found.append(area)
    return found


def _of_unit(unit: UUID) -> list[Q]:
    """Match the cases that are in the hands of a unit, that it assists in, or that it raised in this round."""
    in_this_round = {"unit": unit, "round": OuterRef("round")}
    grounds = (Q(lead=unit), _has("Assist", **in_this_round), _has("RaiseUp", **in_this_round))
    return [OPEN_TO_POSTS & ground for ground in grounds]


def _named_on(named: Named) -> Q:
    """Match the restricted cases that name this user, unless they serve in the unit complained of."""
    complained = Q(complained_unit__isnull=False, complained_unit__in=named.serving)
    return Q(is_restricted=True) & _has("NamedViewer", user=named.user) & ~complained


def _has(model: str, **which: object) -> Q:
    """Match the cases that have such a row; a subquery, since a join would count a case twice.

    The model is fetched by name because models stand on this module.
    """
    return Q(Exists(apps.get_model("cases", model).objects.filter(case=OuterRef("pk"), **which)))
