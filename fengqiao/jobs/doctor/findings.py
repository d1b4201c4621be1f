"""What an examination finds: good, to be watched, or a fault, each with what to do about it."""

from dataclasses import dataclass
from enum import Enum


class Mark(Enum):
    """How a finding is shown."""

    GOOD = "✓"
    WATCH = "!"
    FAULT = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one thing, and the remedy if it is not as it should be."""

    mark: Mark
    text: str
    remedy: str = ""


def good(text: str) -> Finding:
    """Say that something is as it should be."""
    return Finding(Mark.GOOD, text)


def watch(text: str, remedy: str = "") -> Finding:
    """Say that something should be kept an eye on."""
    return Finding(Mark.WATCH, text, remedy)


def fault(text: str, remedy: str) -> Finding:
    """Say that something is wrong and what to do."""
    return Finding(Mark.FAULT, text, remedy)
