"""Which form each step has and which call of the domain it makes; and which step comes first on a page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import (
    assigning,
    assisting,
    closing,
    correcting,
    delaying,
    dispatching,
    handling,
    naming,
    opening,
    raising,
    reopening,
    undoing,
    withdrawing,
)
from fengqiao.cases.workflow import Status
from fengqiao.intake.transitions import handing_on
from fengqiao.web.console.forms import delays, hands, moving
from fengqiao.web.console.forms import mediating as mediating_forms
from fengqiao.web.console.forms import naming as naming_forms
from fengqiao.web.console.forms import steps as forms
from fengqiao.web.console.forms.base import StepForm
from fengqiao.web.console.forms.withdrawing import AskWithdraw


@dataclass(frozen=True, slots=True)
class Act:
    """A step as people take it on a page: what it asks, and the one call it makes."""

    form: type[StepForm]
    take: Callable[..., Case]
    icon: str


ACTS: dict[str, Act] = {
    "dispatch": Act(forms.Dispatch, dispatching.dispatch, "send"),
    "designate": Act(forms.Designate, dispatching.designate, "gavel"),
    "accept": Act(StepForm, handling.accept, "check"),
    "object": Act(forms.Object, dispatching.object_to, "arrow-back-up"),
    "conclude": Act(forms.Conclude, handling.conclude, "circle-check"),
    "accept_assist": Act(StepForm, assisting.accept_assist, "check"),
    "finish_assist": Act(hands.FinishAssist, assisting.finish_assist, "circle-check"),
    "add_progress": Act(forms.Progress, handling.add_progress, "pencil"),
    "ask_assistants": Act(moving.AskAssistants, dispatching.ask_assistants, "users"),
    "mediate": Act(mediating_forms.Mediate, mediating_forms.take_to_mediation, "scale"),
    "raise_up": Act(moving.RaiseUp, raising.raise_up, "arrow-up"),
    "hand_on": Act(moving.HandOn, handing_on.hand_on, "arrows-split"),
    "approve_delay": Act(delays.ApproveDelay, delaying.approve_delay, "check"),
    "refuse_delay": Act(delays.RefuseDelay, delaying.refuse_delay, "x"),
    "ask_extension": Act(delays.AskExtension, delaying.ask_extension, "calendar"),
    "ask_pause": Act(delays.AskPause, delaying.ask_pause, "player-pause"),
    "resume": Act(delays.Resume, delaying.resume, "refresh"),
    "assign": Act(hands.Assign, assigning.assign, "user"),
    "supervise": Act(forms.Supervise, handling.supervise, "bell"),
    "evaluate": Act(forms.Evaluate, closing.evaluate, "phone"),
    "reopen": Act(forms.Reopen, reopening.reopen, "refresh"),
    "refuse_reopen": Act(forms.RefuseReopen, reopening.refuse_reopen, "x"),
    "archive": Act(StepForm, closing.archive, "archive"),
    "revisit": Act(forms.Revisit, closing.revisit, "phone"),
    "ask_reopen": Act(forms.AskReopen, reopening.ask_reopen, "message-circle"),
    "ask_withdraw": Act(AskWithdraw, withdrawing.ask_withdraw, "x"),
    "name_viewer": Act(naming_forms.NameViewer, opening.name_viewer, "user-check"),
    "unname_viewer": Act(naming_forms.UnnameViewer, naming.unname_viewer, "user-x"),
    "correct": Act(moving.Correct, correcting.correct, "edit"),
    "add_note": Act(forms.Note, handling.add_note, "notes"),
    "undo_note": Act(StepForm, undoing.undo_note, "arrow-back-up"),
}
AT_ITS_LINE = frozenset({"undo_note"})  # offered in the record beside the line it is about, not among the others

OF_THE_ASSISTING = ("accept_assist", "finish_assist")

# What moves a case on from each state, the nearest first; everything else is said beside it.
ONWARD: dict[str, tuple[str, ...]] = {
    Status.OPENED: ("dispatch",),
    Status.DISPATCHED: ("accept", *OF_THE_ASSISTING),
    Status.OBJECTED: ("designate", *OF_THE_ASSISTING),
    Status.HANDLING: ("conclude", "approve_delay", *OF_THE_ASSISTING),
    Status.MEDIATING: OF_THE_ASSISTING,
    Status.CONCLUDED: ("reopen", "evaluate", "archive"),
    Status.ARCHIVED: ("reopen", "revisit"),
    Status.REVISITED: ("reopen",),
}


def take(verb: str, case: Case, form: StepForm) -> Case:
    """Take a step with what its form says."""
    setting, facts = form.setting, form.facts()
    act: Any = ACTS[verb].take
    taken: Case = act(case, **facts, by=setting.user, at=setting.at)
    return taken
