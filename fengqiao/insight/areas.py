"""Whose board someone may read: that of the areas their posts at a centre answer for, and of all below them."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from fengqiao.cases.scope import held_posts
from fengqiao.kit.prepared import Prepared
from fengqiao.people.models import Post, Role, Unit, User
from fengqiao.places.models import Region
from fengqiao.places.scope import within

READ_THE_BOARD = {Role.CLERK, Role.DISPATCHER, Role.SUPERVISOR, Role.LEADER}


def reads_board(post: Post) -> bool:
    """Test if a post is one at a centre that reads its board."""
    return post.role in READ_THE_BOARD and post.unit.kind == Unit.Kind.CENTRE


def own_areas(user: User, at: datetime) -> list[Region]:
    """List the areas that this user's posts at a centre answer for, the widest first."""
    found = {post.region_id: post.region for post in held_posts(user, at) if reads_board(post)}
    return sorted(found.values(), key=lambda region: (len(region.path), region.path))


def areas(own: list[Region], at: datetime) -> list[Region]:
    """List the areas to choose from: one's own, and those directly below them, in official order."""
    return _AREAS(localdate(at), *[region.pk for region in own]) if own else []


def _areas(_shape: object, on: date, *own: UUID) -> QuerySet[Region]:
    ours = Q(pk__in=own) | Q(parent__in=own)
    return Region.objects.current(on).filter(ours).order_by("path")


def area(own: list[Region], code: str) -> Region | None:
    """Find an area by its code, within what one answers for; any other does not exist."""
    if not code.isprintable():  # a null, which no code holds and the database takes in no text
        return None
    reach = Q(pk__in=[])
    for region in own:
        reach |= within("path", region)
    return Region.objects.filter(reach, code=code).order_by("path").first()


def centre_of(region: Region, at: datetime) -> Unit | None:
    """Find the centre that stands for an area, if it has one of its own."""
    found = _CENTRE(localdate(at), region.pk)
    return found[0] if found else None


def _centre(_shape: object, on: date, region: UUID) -> QuerySet[Unit]:
    return Unit.objects.current(on).filter(kind=Unit.Kind.CENTRE, region=region).order_by("code")[:1]


_AREAS: Prepared[Region] = Prepared(_areas)
_CENTRE: Prepared[Unit] = Prepared(_centre)
