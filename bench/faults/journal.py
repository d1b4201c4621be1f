"""What the load asked for, and what it was told is done: the other side of the account."""

import threading
from dataclasses import dataclass, field
from uuid import UUID


@dataclass
class Act:
    """One thing asked for; it counts once its answer was read to the end."""

    kind: str  # report, open, or the name of a step
    mark: str  # words that stand in what it writes, and nowhere else
    submission: UUID | None = None
    case: str = ""
    code: str = ""
    files: list[str] = field(default_factory=list)  # digests
    is_acknowledged: bool = False
    tries: int = 0


class Journal:
    """All acts of all threads."""

    def __init__(self) -> None:
        self.acts: list[Act] = []
        self.surprises: list[str] = []  # answers that make no sense here, such as a sign-in that was lost
        self._lock = threading.Lock()

    def begin(self, act: Act) -> Act:
        """Write down what will be asked for, before it is asked."""
        with self._lock:
            self.acts.append(act)
        return act

    def wonder(self, what: str) -> None:
        """Write down an answer that makes no sense."""
        with self._lock:
            self.surprises.append(what)

    @property
    def acknowledged(self) -> list[Act]:
        """Those that were told to be done."""
        return [act for act in self.acts if act.is_acknowledged]
