"""A mediator's post ends with the seat it was held on, in one act, so that nobody writes the same down twice."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from fengqiao.mediation.models import Membership
from fengqiao.mediation.transitions.mediators import close_seat
from fengqiao.people.models import Post, Role, User
from fengqiao.people.transitions import posts


def seats_of(user: User) -> QuerySet[Membership]:
    """List the seats that the register gives a member of staff, with no end to them yet."""
    held = Membership.objects.filter(mediator__user=user, ends_on=None)
    return held.select_related("committee__unit", "mediator").order_by("committee__unit__name")


def seat_behind(post: Post) -> Membership | None:
    """Find the seat of whoever mediates by this post; other posts have none."""
    if post.role != Role.MEDIATOR:
        return None
    return seats_of(post.user).filter(committee__unit=post.unit_id).first()


@transaction.atomic
def end_post_and_seat(post: Post, *, on: date, by: User, at: datetime) -> Membership | None:
    """End a post and the seat behind it. Whoever may end the post may end this seat, and no other."""
    posts.end_post(post, on=on, by=by, at=at)
    seat = seat_behind(post)
    return seat and close_seat(seat, on=max(on, seat.starts_on), by=by, at=at)
