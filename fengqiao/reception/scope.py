"""Which reception days a person sees at the desk, and which ones everybody sees."""

from datetime import date, datetime
from typing import Self, TypeVar

from django.db.models import Model, Q, QuerySet

from fengqiao.cases.scope import NOTHING, held_posts
from fengqiao.people.models import Role, User
from fengqiao.places.scope import within

Row = TypeVar("Row", bound=Model, covariant=True)

AT_THE_CENTRE = {Role.CLERK, Role.DISPATCHER, Role.SUPERVISOR, Role.LEADER}


class DayQuerySet(QuerySet[Row]):
    """The only door to reception days."""

    def visible_to(self, user: User, at: datetime) -> Self:
        """Narrow to the days of the centres in the area of a post at a centre."""
        return self.filter(reach(user, at))

    def announced(self, today: date) -> Self:
        """Narrow to what everybody may see: days to come that were not cancelled, the next first."""
        return self.filter(on__gte=today, cancelled_at=None, closed_at=None).order_by("on", "opens", "pk")

    def serving(self, path: str) -> Self:
        """Narrow to the days at a centre whose area holds this place."""
        parts = path.split(".")
        return self.filter(path__in=[".".join(parts[:depth]) for depth in range(1, len(parts) + 1)])


def reach(user: User, at: datetime, *, through: str = "") -> Q:
    """Build the condition on days, or on what hangs on a day (`through="day__"`)."""
    seen: Q = NOTHING
    for post in held_posts(user, at):
        if post.role in AT_THE_CENTRE:
            seen |= within(f"{through}path", post.region)
    return seen


class BookingQuerySet(QuerySet[Row]):
    """The only door to bookings; what a booking is about is still seen only as its report is."""

    def visible_to(self, user: User, at: datetime) -> Self:
        """Narrow to the bookings of the days this user sees."""
        return self.filter(reach(user, at, through="day__"))

    def standing(self) -> Self:
        """Narrow to the bookings that were not cancelled."""
        return self.filter(cancelled_at=None)

    def waiting(self) -> Self:
        """Narrow to the bookings whose talk is still to come or to be written down."""
        return self.filter(cancelled_at=None, outcome_at=None)
