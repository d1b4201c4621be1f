"""Which archived cases are revisited: one in five, drawn by the case's own id, and every one that went badly."""

from django.db.models import F, Q

from fengqiao.cases.models import Case
from fengqiao.cases.vocabulary import Outcome, Satisfied, Solved
from fengqiao.kit.sealing import digest
from fengqiao.oversight import rules

ONE_IN = 5
UNSETTLED = {Outcome.CANNOT_NOW, Outcome.NOT_SETTLED}


def why_revisit(case: Case) -> str:
    """Name the rule by which this case is revisited; empty if none asks for it."""
    if is_risky(case):
        return rules.RISKY
    return rules.SAMPLED if is_drawn(case) else ""


def is_drawn(case: Case) -> bool:
    """Test if the draw falls on this case; nobody can steer it and it falls the same way every time."""
    return int(digest(str(case.pk))[:8], 16) % ONE_IN == 0


def is_risky(case: Case) -> bool:
    """Test if it went badly: late, a further round, unsettled, or a resident who is not content."""
    return case.round > 1 or case.outcome in UNSETTLED or _was_late(case) or _is_not_content(case)


def _was_late(case: Case) -> bool:
    late = Q(met_at__gt=F("due_at")) | Q(stopped_at__gt=F("due_at"))
    return case.clocks.filter(late).exclude(stage__in=["evaluate", "reopen"]).exists()


def _is_not_content(case: Case) -> bool:
    unhappy = Q(solved__in=[Solved.PARTLY, Solved.NO]) | Q(satisfied=Satisfied.NOT)
    return case.evaluations.filter(unhappy, round=case.round).exists()
