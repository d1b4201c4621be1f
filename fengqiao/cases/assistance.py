"""Who assists: which cases a unit helps with, and how far each helper of a case has come."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from fengqiao.cases.models import Assist, Case, CaseLog
from fengqiao.cases.workflow import WITH_A_LEAD
from fengqiao.kit.prepared import Prepared, filled


def assisted_by(units: Iterable[UUID], **which: object) -> Q:
    """Match the cases that these units were asked to help with and are not done with."""
    asked = Assist.objects.filter(case=OuterRef("pk"), round=OuterRef("round"), unit__in=list(units), **which)
    return Q(Exists(asked.filter(done_at__isnull=True)), status__in=WITH_A_LEAD)


def assists_of(cases: Iterable[Case]) -> dict[UUID, list[Assist]]:
    """Fetch who assists in the present round of these cases, with the moment of each unit's last progress."""
    ids = [case.pk for case in cases]
    found: dict[UUID, list[Assist]] = {}
    for each in _ASSISTS(*filled(ids)) if ids else ():
        found.setdefault(each.case_id, []).append(each)
    return found


def _assists(_shape: object, *cases: UUID) -> QuerySet[Assist]:
    progress = CaseLog.objects.standing().filter(
        case=OuterRef("case"), round=OuterRef("round"), unit=OuterRef("unit"), verb="add_progress"
    )
    last = Subquery(progress.order_by("-line").values("at")[:1])
    asked = Assist.objects.filter(case__in=cases, round=F("case__round")).select_related("unit")
    return asked.annotate(progress_at=last).order_by("asked_at", "unit__code")


_ASSISTS: Prepared[Assist] = Prepared(_assists)


def add_assists(cases: Sequence[Case]) -> None:
    """Give each case who assists in it, as `assisting`."""
    found = assists_of(cases)
    for case in cases:
        case.assisting = found.get(case.pk, [])  # type: ignore[attr-defined]
