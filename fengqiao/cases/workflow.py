"""Every state a case can be in and every step between them: read this first."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Status(TextChoices):
    """Where a case stands."""

    OPENED = "opened", _("Waiting for dispatch")
    DISPATCHED = "dispatched", _("Waiting for acceptance")
    OBJECTED = "objected", _("Objection raised")
    HANDLING = "handling", _("In handling")
    MEDIATING = "mediating", _("In mediation")
    CONCLUDED = "concluded", _("Concluded")
    ARCHIVED = "archived", _("Archived")
    REVISITED = "revisited", _("Revisited")


OPEN = (Status.OPENED, Status.DISPATCHED, Status.OBJECTED, Status.HANDLING, Status.MEDIATING)
WITH_A_LEAD = (Status.DISPATCHED, Status.OBJECTED, Status.HANDLING, Status.MEDIATING)
ENDED = (Status.CONCLUDED, Status.ARCHIVED, Status.REVISITED)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is called, the states it leaves, and the state it reaches (none: it stays)."""

    label: "StrPromise | str"
    leaves: frozenset[Status]
    reaches: Status | None


def step(label: "StrPromise | str", *leaves: Status, to: Status | None = None) -> Step:
    """Write one row of the table below."""
    return Step(label, frozenset(leaves), to)


STEPS = {
    "open": step(pgettext_lazy("step", "Open a case"), to=Status.OPENED),
    "join": step(_("Join a report"), *OPEN),
    "name_viewer": step(_("Name a person"), *Status),
    "unname_viewer": step(_("Unname a person"), *Status),
    "correct": step(_("Set right"), *OPEN),
    "dispatch": step(_("Dispatch"), Status.OPENED, to=Status.DISPATCHED),
    "object": step(_("Object"), Status.DISPATCHED, to=Status.OBJECTED),
    "designate": step(_("Designate"), Status.OBJECTED, to=Status.DISPATCHED),
    "accept": step(_("Accept"), Status.DISPATCHED, to=Status.HANDLING),
    "assign": step(_("Give it to one person"), Status.DISPATCHED, Status.HANDLING),
    "accept_assist": step(_("Accept as assisting unit"), *WITH_A_LEAD),
    "finish_assist": step(_("Say our part is done"), *WITH_A_LEAD),
    "add_progress": step(_("Add progress"), Status.DISPATCHED, Status.HANDLING),
    "add_note": step(_("Add an internal note"), *Status),
    "undo_note": step(_("Take a note back"), *Status),
    "supervise": step(_("Send a supervision notice"), *OPEN),
    "ask_assistants": step(_("Ask units to assist"), Status.HANDLING),
    "ask_extension": step(_("Ask for an extension"), Status.HANDLING),
    "ask_pause": step(_("Ask for a pause"), Status.HANDLING),
    "approve_delay": step(_("Approve more time"), Status.HANDLING),
    "refuse_delay": step(_("Refuse more time"), Status.HANDLING),
    "resume": step(_("End the pause"), Status.HANDLING),
    "ask_withdraw": step(_("Ask to withdraw"), *OPEN),
    "raise_up": step(_("Raise to the tier above"), Status.OPENED, Status.HANDLING, to=Status.OPENED),
    "hand_on": step(_("Hand on to another county"), Status.OPENED, Status.HANDLING, to=Status.ARCHIVED),
    # What the people of a mediation do stands in `mediation/workflow.py`; these are the steps of its case.
    "mediate": step(_("Take to mediation"), Status.OPENED, Status.DISPATCHED, Status.HANDLING, to=Status.MEDIATING),
    "mediation": step(pgettext_lazy("step", "Mediation"), *Status),
    "escalate": step(_("Take the mediation to the tier above"), Status.MEDIATING),
    "send_back": step(_("Send the mediation back with help"), Status.MEDIATING),
    "settle": step(_("End the mediation"), Status.MEDIATING, to=Status.CONCLUDED),
    "conclude": step(_("Conclude"), Status.HANDLING, to=Status.CONCLUDED),
    "evaluate": step(_("Evaluate"), Status.CONCLUDED),
    "ask_reopen": step(_("Ask to reopen"), *ENDED),
    "reopen": step(_("Reopen"), *ENDED, to=Status.OPENED),
    "refuse_reopen": step(_("Refuse to reopen"), *ENDED),
    "archive": step(_("Archive"), Status.CONCLUDED, to=Status.ARCHIVED),
    "plan_revisit": step(_("Plan a revisit"), Status.ARCHIVED),
    "repoint": step(_("Go along with its place or unit"), *Status),
    "revisit": step(_("Revisit"), Status.ARCHIVED, to=Status.REVISITED),
}

# What may be taken back by whoever wrote it, as the last line of a case, and for how long.
MAY_BE_TAKEN_BACK = frozenset({"add_progress", "add_note"})
TAKEN_BACK_WITHIN = timedelta(minutes=5)


def open_steps(status: str) -> list[str]:
    """Return the verbs that a case in this status can take next."""
    return [verb for verb, each in STEPS.items() if status in each.leaves]


# The seven steps people know (七步流程) over our states; supervision is a lane beside handling, never a state.
STRIP = {
    "receive": (_("Receive"), frozenset[Status]()),
    "dispatch": (_("Dispatch"), frozenset({Status.OPENED, Status.DISPATCHED, Status.OBJECTED})),
    "handle": (_("Handle"), frozenset({Status.HANDLING, Status.MEDIATING})),
    "supervise": (_("Supervise"), frozenset[Status]()),
    "evaluate": (_("Evaluate"), frozenset({Status.CONCLUDED})),
    "archive": (_("Archive"), frozenset({Status.ARCHIVED})),
    "revisit": (_("Revisit"), frozenset({Status.REVISITED})),
}
