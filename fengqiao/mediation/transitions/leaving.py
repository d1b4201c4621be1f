"""A mediator's post ends with the seat it was held on, in one act, so that nobody writes the same down twice."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from fengqiao.mediation.models import Membership
from fengqiao.mediation.transitions.mediators import close_seat
from fengqiao.people.models import Post, Role, User
from fengqiao.people.transitions import posts


def seats_of(user: User, on: date) -> QuerySet[Membership]:
    """List the seats that the register gives a member of staff on some day from this one on."""
    held = Membership.objects.lasting_beyond(on).filter(mediator__user=user)
    return held.select_related("committee__unit", "mediator").order_by("committee__unit__name")


def seats_behind(post: Post, on: date) -> QuerySet[Membership]:
    """List the seats, the one held and one to come, of whoever mediates by this post; other posts have none."""
    seats = seats_of(post.user, on).filter(committee__unit=post.unit_id)
    return seats if post.role == Role.MEDIATOR else seats.none()


def with_seats(posts: Iterable[Post], user: User, on: date) -> list[tuple[Post, Membership | None]]:
    """Put beside each post of a person the seat behind it, or none; all seats are asked for at once."""
    seats = {seat.committee.unit_id: seat for seat in seats_of(user, on)}
    return [(post, seats.get(post.unit_id) if post.role == Role.MEDIATOR else None) for post in posts]


@transaction.atomic
def end_post_and_seat(post: Post, *, on: date, by: User, at: datetime) -> list[Membership]:
    """End a post and what seats are behind it. Whoever may end the post may end these, and no others."""
    posts.end_post(post, on=on, by=by, at=at)
    behind = seats_behind(post, on)
    return [close_seat(seat, on=max(on, seat.starts_on), by=by, at=at) for seat in behind]
