"""Which reports a person can see: before triage by area, after it as the case says."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self, TypeVar
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from fengqiao.cases.models import Case, CaseLog
from fengqiao.cases.scope import NOTHING, CaseQuerySet, held_posts
from fengqiao.cases.vocabulary import Nature
from fengqiao.files.models import Attachment, CoveredCopy
from fengqiao.files.scope import AttachmentQuerySet, CoveredCopyQuerySet
from fengqiao.files.vocabulary import Parent
from fengqiao.people.models import Post, Role, Unit, User
from fengqiao.places.models import Region
from fengqiao.places.scope import within

Row = TypeVar("Row", bound=Model, covariant=True)

READ_BEFORE_TRIAGE = {Role.CLERK, Role.DISPATCHER, Role.SUPERVISOR, Role.LEADER, Role.GRID_WORKER}
READ_ACCUSATIONS = {Role.CLERK}  # of the county's own centre only


class ReportQuerySet(QuerySet[Row]):
    """The only door to reports from a staff view."""

    def visible_to(self, user: User, at: datetime) -> Self:
        """Narrow to the reports a user may read: those not in a case by area, the others as their case."""
        return self.reached_by(user, held_posts(user, at))

    def reached_by(self, user: User, posts: Iterable[Post]) -> Self:
        """Narrow to the reports that this user reads who holds these posts."""
        cases = Case.objects.reached_by(user, posts)
        loose = Q(case__isnull=True) & _answered_for(posts)
        return self.filter(loose | Q(case__in=cases) | _went_on_from(cases))

    def in_region(self, region: Region) -> Self:
        """Narrow to the reports about a region or a place below it."""
        return self.filter(within("path", region))


def _went_on_from(cases: CaseQuerySet[Case]) -> Q:
    """Match the reports that followed one of these cases to another county: it keeps what was said to it."""
    decided = apps.get_model("intake", "Decision").objects.filter(case__in=cases.filter(continued_by__isnull=False))
    return Q(pk__in=decided.values("report"))


def _answered_for(posts: Iterable[Post]) -> Q:
    """Match the reports in the area of a post; an accusation only for clerks of the county's centre."""
    seen = NOTHING
    for post in posts:
        if post.role in READ_BEFORE_TRIAGE:
            seen |= within("path", post.region) & ~Q(nature=Nature.ACCUSATION)
        if post.role in READ_ACCUSATIONS and post.unit.kind == Unit.Kind.CENTRE and post.region.level == "county":
            seen |= within("path", post.region)
    return seen


def files_visible_to(user: User, at: datetime) -> AttachmentQuerySet[Attachment]:
    """Narrow to the files a user may read: exactly those attached to a report or a case they may read."""
    reports = apps.get_model("intake", "Report").objects.visible_to(user, at)
    lines = CaseLog.objects.standing().filter(case__in=Case.objects.visible_to(user, at))
    of_reports = Q(kind=Parent.REPORT, thing__in=reports.values("pk"))
    return Attachment.objects.filter(of_reports | Q(kind=Parent.LINE, thing__in=lines.values("pk")))


def files_open_to(report: UUID, case: UUID | None) -> AttachmentQuerySet[Attachment]:
    """Narrow to the files the bearer of a report may see: their own, and those meant for them in public replies."""
    lines = CaseLog.objects.public().filter(case=case, case__isnull=False)
    replies = Q(kind=Parent.LINE, is_for_resident=True, thing__in=lines.values("pk"))
    return Attachment.objects.filter(Q(kind=Parent.REPORT, thing=report) | replies).order_by("at", "id")


def copies_open_to(report: UUID, case: UUID | None) -> CoveredCopyQuerySet[CoveredCopy]:
    """Narrow to the covered copies the bearer of a report may see: approved ones of the other reports of the matter."""
    if case is None:
        return CoveredCopy.objects.none()
    others = apps.get_model("intake", "Report").objects.filter(case=case, case__is_restricted=False).exclude(pk=report)
    return CoveredCopy.objects.shown().filter(of__kind=Parent.REPORT, of__thing__in=others.values("pk")).order_by("at")
