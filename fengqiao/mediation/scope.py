"""Which dossiers and on-the-spot records a person can see."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Self, TypeVar

from django.apps import apps
from django.db.models import F, Model, Q, QuerySet

from fengqiao.cases.scope import NOTHING, held_posts
from fengqiao.people.models import Post, Role, Unit, User
from fengqiao.places.scope import within

Row = TypeVar("Row", bound=Model, covariant=True)


class DossierQuerySet(QuerySet[Row]):
    """The only door to dossiers from a view: a dossier is seen by whoever sees its case."""

    def visible_to(self, user: User, at: datetime) -> Self:
        """Narrow to the dossiers of the cases that some post of this user answers for."""
        cases = apps.get_model("cases", "Case").objects.visible_to(user, at)
        return self.filter(case__in=cases)


class MembershipQuerySet(QuerySet[Row]):
    """Where one looks for seats."""

    def lasting_beyond(self, on: date) -> Self:
        """Narrow to the seats that are held on some day from this one on."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=on) & Q(ends_on__gt=F("starts_on")))


class SpotRecordQuerySet(QuerySet[Row]):
    """The only door to on-the-spot records from a view; parties have a door of their own, by their code."""

    def visible_to(self, user: User, at: datetime) -> Self:
        """Narrow to the records of the own committee, to the own ones, and to those of an area one supervises."""
        return self.filter(records_of(user, held_posts(user, at)))


def records_of(user: User, posts: Iterable[Post]) -> Q:
    """Build the condition on records from the posts someone holds; leaders and others read counts alone."""
    return reduce(or_, [_by_post(user, post) for post in posts], NOTHING)


def _by_post(user: User, post: Post) -> Q:
    if post.role == Role.MEDIATOR and post.unit.kind == Unit.Kind.MEDIATION:
        return Q(unit=post.unit_id)
    if post.role == Role.GRID_WORKER:
        return Q(by=user.pk) & within("path", post.region)
    if post.role == Role.SUPERVISOR:
        return within("path", post.region)
    return NOTHING
