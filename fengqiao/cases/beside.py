"""What stands beside a case in its present round, asked together with it: most cases have none of it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from fengqiao.cases.models import Assist, Case, Delay, Evaluation, ReopenRequest
from fengqiao.kit.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Beside:
    """What was asked and answered in this round, and whether others help."""

    is_asked: bool  # that it be reopened; undecided
    is_evaluated: bool
    is_delayed: bool  # more time was asked for; undecided
    is_assisted: bool


def with_beside(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Let each case say what stands beside it."""
    here = {"case": OuterRef("pk"), "round": OuterRef("round")}
    return cases.annotate(
        is_asked=Exists(ReopenRequest.objects.filter(case=OuterRef("pk"), decided_at__isnull=True)),
        is_evaluated=Exists(Evaluation.objects.filter(**here)),
        is_delayed=Exists(Delay.objects.filter(**here, decided_at__isnull=True)),
        is_assisted=Exists(Assist.objects.filter(**here)),
    )


def beside_of(case: Case) -> Beside:
    """Tell what stands beside a case, from memory if it was fetched with it."""
    told = case if hasattr(case, "is_asked") else _BESIDE(case.pk)[0]
    return Beside(**{name: getattr(told, name) for name in Beside.__slots__})


def _beside(_shape: object, case: UUID) -> QuerySet[Case]:
    return with_beside(Case.objects.filter(pk=case).only("pk"))


_BESIDE: Prepared[Case] = Prepared(_beside)
