"""The answer to "may they?" and the refusal that follows a no."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, or no with a reason fit to show the person."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


class Refused(Exception):
    """A step that may not be taken; the message is translated and shown as is."""


def require(verdict: Verdict) -> None:
    """Raise Refused with the verdict's reason unless the answer is yes."""
    if not verdict:
        raise Refused(verdict.reason)
