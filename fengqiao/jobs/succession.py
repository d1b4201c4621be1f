"""Cases of a unit that is no more go to the unit that takes over; a day that nobody watched is caught up."""

from datetime import datetime

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import succeeding
from fengqiao.cases.transitions.repointing import AlreadyThere
from fengqiao.jobs.faults import Careful
from fengqiao.mediation.transitions import succession
from fengqiao.people.models import Unit

SUCCESSION = "succession"  # what a fault is about


def carry_on(at: datetime) -> int:
    """Move what waits for a successor at this moment; say how many cases went."""
    careful = Careful(SUCCESSION, at)
    for case, gone in list(succeeding.waiting_for_heir(at)):
        if not careful.waits(case.pk):
            careful.attempt(case, lambda c=case, u=gone: _pass_on(c, u, at), put_aside=lambda: None)  # type: ignore[misc]
    return careful.done


def _pass_on(case: Case, gone: Unit, at: datetime) -> bool:
    """Say whether it went; another worker may have been quicker."""
    try:
        succession.pass_on(case, gone, at=at)
    except AlreadyThere:
        return False
    return True
