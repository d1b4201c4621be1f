"""Which notices a person can see: those to a post of theirs, about a matter they may see."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Self, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from fengqiao.cases.models import Case
from fengqiao.cases.scope import NOTHING, held_posts
from fengqiao.intake.models import Report
from fengqiao.people.models import Post, User

Row = TypeVar("Row", bound=Model, covariant=True)

CLOCK_RUNS = Q(case_clock__met_at__isnull=True, case_clock__stopped_at__isnull=True, case_clock__isnull=False) | Q(
    report_clock__met_at__isnull=True, report_clock__stopped_at__isnull=True, report_clock__isnull=False
)


class NoticeQuerySet(QuerySet[Row]):
    """The only door to notices from a view."""

    def visible_to(self, user: User, at: datetime) -> Self:
        """Narrow to the notices that reach this user: by unit and role, once shown, about what they may see."""
        return self.reached_by(user, held_posts(user, at), at)

    def reached_by(self, user: User, posts: Sequence[Post], at: datetime) -> Self:
        """Narrow to the notices that reach this user who holds these posts."""
        # Asked notice by notice: few are unseen, and everything one may see is much.
        case = Case.objects.reached_by(user, posts).filter(pk=OuterRef("case"))
        report = Report.objects.reached_by(user, posts).filter(pk=OuterRef("report"))
        told = self.filter(addressed_to(posts), visible_from__lte=at)
        return told.filter(Exists(case) | Exists(report))

    def unseen(self) -> Self:
        """Narrow to what nobody has looked at yet."""
        return self.filter(seen_at__isnull=True)

    def standing(self) -> Self:
        """Narrow to what still asks for something: a deadline's only while its clock runs, and only the last one."""
        later = self.model._default_manager.filter(level__gt=OuterRef("level"))
        overtaken = Exists(later.filter(case_clock=OuterRef("case_clock"))) | Exists(
            later.filter(report_clock=OuterRef("report_clock"))
        )
        return self.filter(Q(line__isnull=False) | CLOCK_RUNS).exclude(overtaken)


def addressed_to(posts: Iterable[Post]) -> Q:
    """Match the notices to any of these posts."""
    mine = NOTHING
    for post in posts:
        mine |= Q(unit=post.unit_id, role=post.role)
    return mine
