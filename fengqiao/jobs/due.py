"""What happens by rule when a time is over; where a step came first, nothing happens and nothing is wrong."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from fengqiao.cases.models import Assist, Case, CaseClock, ReopenRequest, Stage
from fengqiao.cases.transitions import assisting, closing, handling, reopening
from fengqiao.cases.workflow import WITH_A_LEAD, Status
from fengqiao.kit.verdict import Refused
from fengqiao.oversight import rules
from fengqiao.people.actors import Machine
from fengqiao.places.models import County

logger = logging.getLogger(__name__)


def accept(case: Case, at: datetime) -> object:
    """Accept for a unit that said nothing."""
    return handling.accept(case, by=Machine(rules.SILENCE_ACCEPTS), at=at)


def reopen(case: Case, at: datetime) -> object:
    """Reopen what nobody decided about: the delay was ours, not the resident's."""
    return reopening.reopen(case, by=Machine(rules.UNDECIDED_REOPENS), at=at)


BY_RULE: dict[str, Callable[[Case, datetime], object]] = {Stage.ACCEPT: accept, Stage.DECIDE: reopen}


def act(clock: CaseClock, at: datetime) -> bool:
    """Do what the rule says for a clock whose time is over; say whether it was done."""
    return _unless_refused(lambda: BY_RULE[clock.stage](clock.case, at), clock.case)


def archive(case: Case, at: datetime) -> bool:
    """File a case whose evaluation window is over; say whether it was done."""
    return _unless_refused(lambda: closing.archive(case, by=Machine(rules.WINDOW_OVER_ARCHIVES), at=at), case)


def accept_assist(asked: Assist, at: datetime) -> bool:
    """Accept for an assisting unit that said nothing; say whether it was done."""
    by = Machine(rules.SILENCE_ACCEPTS)
    return _unless_refused(lambda: assisting.accept_assist(asked.case, unit=asked.unit, by=by, at=at), asked.case)


def assists_unanswered(at: datetime) -> Iterator[Assist]:
    """Walk the requests to assist in open cases whose time to accept is over."""
    silent = Assist.objects.filter(accepted_at__isnull=True, done_at__isnull=True, accept_by__lte=at)
    asked = silent.filter(round=F("case__round"), case__status__in=WITH_A_LEAD).select_related("case", "unit")
    yield from asked.order_by("accept_by")


def windows_over(at: datetime) -> Iterator[Case]:
    """Walk the concluded cases whose evaluation window is over and that nobody asks to reopen, county by county.

    An evaluated case has no running clock and so no due time; its window is still the one it was given.
    """
    over = CaseClock.objects.filter(case=OuterRef("pk"), round=OuterRef("round"), stage=Stage.EVALUATE, due_at__lte=at)
    asked = ReopenRequest.objects.filter(case=OuterRef("pk"), decided_at__isnull=True)
    for county in County.objects.order_by("code").values_list("code", flat=True):
        concluded = Case.objects.filter(county=county, status=Status.CONCLUDED)
        waiting = concluded.filter(Q(due_at__lte=at) | Q(due_at__isnull=True))
        yield from waiting.filter(Exists(over), ~Exists(asked)).order_by("concluded_at")


def _unless_refused(step: Callable[[], object], case: Case) -> bool:
    try:
        step()
    except Refused as refusal:
        logger.info("%s: nothing done by rule: %s", case.number, refusal)
        return False
    return True
