"""Reminds the mediators of what falls due under an agreement, and of the end of the time to ask the court."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fengqiao.jobs.faults import Careful
from fengqiao.kit.verdict import Refused
from fengqiao.mediation import reminders
from fengqiao.mediation.transitions.reminding import remind_of_confirmation, remind_of_item
from fengqiao.oversight import rules
from fengqiao.oversight.models import Fault
from fengqiao.people.actors import Machine

ITEM, CONFIRM = "agreement item", "confirmation"  # what a fault is about


@dataclass(frozen=True, slots=True)
class Reminded:
    """What one pass did."""

    done: int
    failed: int


def sweep(at: datetime) -> Reminded:
    """Remind once of everything that is owed at this moment."""
    items, confirmations = Careful(ITEM, at), Careful(CONFIRM, at)
    for item in reminders.items_owed(at):
        if not items.waits(item.pk):
            act = _unless_refused(lambda item=item: remind_of_item(item, by=Machine(rules.ITEM_DUE), at=at))  # type: ignore[misc]
            items.attempt(item, act, put_aside=lambda: None)
    for agreement in reminders.confirmations_owed(at):
        if not confirmations.waits(agreement.pk):
            by = Machine(rules.CONFIRMATION_ENDS)
            act = _unless_refused(lambda of=agreement, by=by: remind_of_confirmation(of, by=by, at=at))  # type: ignore[misc]
            confirmations.attempt(agreement, act, put_aside=lambda: None)
    _forget_settled(at)
    return Reminded(items.done + confirmations.done, items.failed + confirmations.failed)


def _unless_refused(step: Callable[[], object]) -> Callable[[], bool]:
    """Let a step say whether it was done; one that is no longer needed is not wrong."""

    def act() -> bool:
        try:
            step()
        except Refused:
            return False
        return True

    return act


def _forget_settled(at: datetime) -> None:
    """Let go of faults about reminders that nobody needs any more."""
    Fault.objects.filter(kind=ITEM).exclude(subject__in=reminders.items_owed(at).values("pk")).delete()
    Fault.objects.filter(kind=CONFIRM).exclude(subject__in=reminders.confirmations_owed(at).values("pk")).delete()
