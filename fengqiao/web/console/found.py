"""A case as its page needs it, fetched in one question: with what surrounds it, and what this person has not read."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.timezone import now

from fengqiao.cases.beside import with_beside
from fengqiao.cases.models import Case
from fengqiao.cases.scope import Shape, held_posts, shape_of, stand_in, values_of
from fengqiao.desk.models import Watch
from fengqiao.kit.prepared import Prepared
from fengqiao.oversight.models import Notice
from fengqiao.people.models import User

SHOWN_WITH = ("region__parent__parent", "category__parent", "centre", "lead", "assigned_to")


@dataclass(frozen=True, slots=True)
class Unread:
    """What this person has not read of a case."""

    is_told: bool  # somebody was told of it and has not looked
    watched_to: int | None  # the line up to which they have read it, if they watch it


def seen_by(user: User, number: str) -> Case | None:
    """Fetch the case with this number if this user can see it."""
    posts = held_posts(user, now())
    return next(iter(_FOUND(number, *values_of(user, posts), shape=shape_of(posts))), None)


def grasped_by(user: User, number: str) -> Case | None:
    """Fetch the case to take a step on it: with its centre, and nothing else that a page shows."""
    posts = held_posts(user, now())
    return next(iter(_GRASPED(number, *values_of(user, posts), shape=shape_of(posts))), None)


def unread_of(case: Case) -> Unread:
    """Tell what the person for whom this case was found has not read of it."""
    return Unread(**{name: getattr(case, name) for name in Unread.__slots__})


def _found(shape: Shape, number: str, *held: UUID | str) -> QuerySet[Case]:
    user, posts = stand_in(shape, held)
    unseen = Notice.objects.unseen().filter(case=OuterRef("pk"))
    watched = Watch.objects.filter(case=OuterRef("pk"), user=user.pk).values("seen_line")[:1]
    found = with_beside(Case.objects.reached_by(user, posts).filter(number=number))
    return found.select_related(*SHOWN_WITH).annotate(is_told=Exists(unseen), watched_to=Subquery(watched))


def _grasped(shape: Shape, number: str, *held: UUID | str) -> QuerySet[Case]:
    return Case.objects.reached_by(*stand_in(shape, held)).filter(number=number).select_related("centre")


_GRASPED: Prepared[Case] = Prepared(_grasped, spares_values=True)
_FOUND: Prepared[Case] = Prepared(_found, spares_values=True)
