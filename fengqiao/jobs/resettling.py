"""Cases and reports at a place that is no more, or has moved, go along; a day that nobody watched is caught up."""

from datetime import datetime

from fengqiao.cases.models import Case
from fengqiao.cases.transitions.repointing import AlreadyThere
from fengqiao.intake.transitions import resettling
from fengqiao.jobs.faults import Careful
from fengqiao.places.models import Region

RESETTLING = "resettling"  # what a fault is about


def carry_on(at: datetime) -> int:
    """Move what was left behind at this moment; say how much went."""
    careful = Careful(RESETTLING, at)
    for case, to in list(resettling.cases_left_behind(at)):
        if not careful.waits(case.pk):
            careful.attempt(case, lambda c=case, r=to: _follow(c, r, at), put_aside=lambda: None)  # type: ignore[misc]
    return careful.done + resettling.resettle_reports(at)


def _follow(case: Case, to: Region, at: datetime) -> bool:
    """Say whether it went; another worker may have been quicker."""
    try:
        resettling.follow(case, to, at=at)
    except AlreadyThere:
        return False
    return True
