"""Which reports a person can see: before triage by area, after it as the case says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Self, TypeVar
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from fengqiao.cases.models import Case, CaseLog
from fengqiao.cases.scope import (
    CaseQuerySet,
    Hands,
    areas_of,
    beside_areas,
    hands_of,
    held_posts,
    seen_from,
)
from fengqiao.cases.vocabulary import Nature
from fengqiao.files.models import Attachment, CoveredCopy
from fengqiao.files.scope import AttachmentQuerySet, CoveredCopyQuerySet
from fengqiao.files.vocabulary import Parent
from fengqiao.people.models import Post, Role, Unit, User
from fengqiao.places.models import Region
from fengqiao.places.models.region import Level
from fengqiao.places.scope import HasPath, Place, inside, place_of, within

Row = TypeVar("Row", bound=Model, covariant=True)

READ_BY_AREA = ~Q(case__isnull=True, nature=Nature.ACCUSATION)
READ_ACCUSATIONS = {Role.CLERK}  # of the county's own centre only


class ReportQuerySet(QuerySet[Row]):
    """The only door to reports from a staff view."""

    def visible_to(self, user: User, at: datetime) -> Self:
        """Narrow to the reports a user may read: those not in a case by area, the others as their case."""
        return self.reached_by(user, held_posts(user, at))

    def reached_by(self, user: User, posts: Iterable[Post]) -> Self:
        """Narrow to the reports that this user reads who holds these posts."""
        return self.filter(reduce(or_, reading_of(user, list(posts)).grounds()))

    def in_region(self, region: Region) -> Self:
        """Narrow to the reports about a region or a place below it."""
        return self.filter(within("path", region))


@dataclass(frozen=True, slots=True)
class Reading:
    """What of someone's posts lets them read reports: areas, counties whose accusations wait, and what is no area."""

    areas: tuple[Place, ...]
    accused: tuple[Place, ...]
    hands: Hands

    def grounds(self) -> list[Q]:
        """List the grounds on which they read a report: each alone is answered by an index.

        The database keeps in `read_path` where a report lies that is read by area: it follows the case and its
        restriction.
        """
        return [*map(read_in, self.areas), *map(accused_in, self.accused), *beside_read(self.areas, self.hands)]


def reading_of(user: User, posts: list[Post]) -> Reading:
    """Tell what of these posts lets someone read reports."""
    areas, accused = areas_of(posts), accusing(posts)
    return Reading(tuple(map(place_of, areas)), tuple(map(place_of, accused)), hands_of(user, posts))


def read_in(area: HasPath) -> Q:
    """Match the reports that are read by area in this one."""
    return inside("read_path", area) & READ_BY_AREA


def beside_read(areas: Sequence[HasPath], hands: Hands) -> list[Q]:
    """List the grounds that are no area: as a case that is seen, and what went on from one to another county."""
    cases = apps.get_model("cases", "Case").objects
    seen = seen_from(areas, hands)
    return [*(Q(case__in=cases.filter(each)) for each in beside_areas(hands)), _went_on_from(cases.filter(seen))]


def accusing(posts: list[Post]) -> list[Region]:
    """List the counties whose waiting accusations these posts let someone read: as a clerk of its own centre."""
    areas = [post.region for post in posts if post.role in READ_ACCUSATIONS and post.unit.kind == Unit.Kind.CENTRE]
    return [area for area in areas if area.level == Level.COUNTY]


def accused_in(area: HasPath) -> Q:
    """Match the accusations that wait in a county."""
    return Q(case__isnull=True, nature=Nature.ACCUSATION) & inside("read_path", area)


def _went_on_from(cases: CaseQuerySet[Case]) -> Q:
    """Match the reports that followed one of these cases to another county: it keeps what was said to it.

    Asked from the legs that go on, which are few: from the cases or the decisions, all there are would be read.
    """
    went_on = Case.objects.filter(continues__isnull=False, continues__in=cases).values("continues")
    decided = apps.get_model("intake", "Decision").objects.filter(case__in=went_on)
    return Q(pk__in=decided.values("report"))


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
