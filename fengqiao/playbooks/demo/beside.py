"""The words of a script about those beside the lead, and about taking something back: one real transition each."""

from datetime import datetime

from fengqiao.cases.transitions import assigning, assisting, naming, undoing, withdrawing
from fengqiao.playbooks.demo.scene import Said, Scene


def assign(scene: Scene, said: Said, at: datetime) -> None:
    """Give the case to one person of the lead unit."""
    person, note = scene.stage.users[said["person"]], said.get("note", "")
    assigning.assign(scene.case, to=person, by=scene.handler(said), at=at, note=note)


def accept_assist(scene: Scene, said: Said, at: datetime) -> None:
    """Acknowledge that a unit was asked to assist."""
    assisting.accept_assist(scene.case, by=scene.handler(said), at=at)


def finish_assist(scene: Scene, said: Said, at: datetime) -> None:
    """Say that the assisting unit's part is done."""
    assisting.finish_assist(scene.case, by=scene.handler(said), at=at, note=said["note"])


def undo(scene: Scene, said: Said, at: datetime) -> None:
    """Take back the note that was just written."""
    undoing.undo_note(scene.case, by=scene.handler(said), at=at)


def unname(scene: Scene, said: Said, at: datetime) -> None:
    """Name a person on a restricted case no longer."""
    person, by = scene.stage.users[said["person"]], scene.who(said, "chen.clerk")
    naming.unname_viewer(scene.case, person, reason=said["reason"], by=by, at=at)


def ask_withdraw(scene: Scene, said: Said, at: datetime) -> None:
    """Ask that the matter be ended, as the resident."""
    report = scene.report.code
    withdrawing.ask_withdraw(scene.case, report=report, words=said["words"], by=scene.resident, at=at)
