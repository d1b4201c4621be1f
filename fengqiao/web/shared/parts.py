"""What the shared parts of a page show. A page fills these; the templates in templates/parts/ draw them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Step:
    """One of the seven steps; `note` is a word under it (a count of notices beside a lane)."""

    label: str
    state: Literal["done", "here", "next"]
    note: str = ""
    is_lane: bool = False  # runs beside another step and is never where a case "is"


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A stretch of days that was not counted, and why."""

    first: date
    last: date
    why: str


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A due time and how it was reached, so that anyone can count it again."""

    name: str
    started_at: datetime
    due_at: datetime
    budget: str  # in words: "5 working days"
    rule: str = ""  # whose it is and since when, in words
    skipped: tuple[Closed, ...] = ()
    made_up: tuple[date, ...] = ()
    granted: tuple[str, ...] = ()  # extensions and pauses that were approved, in words
    is_provisional: bool = False
    met_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Strip:
    """The head of a case: where it stands, who holds it, since when, and what is due."""

    steps: tuple[Step, ...]
    holder: str = ""
    since: datetime | None = None
    clock: Clock | None = None


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A photo or paper; `small` is the address of its small picture, empty for a paper."""

    id: str
    name: str
    about: str  # what it is and how large
    href: str = ""
    small: str = ""
    note: str = ""
    cover: str = ""  # where parts of it are covered for others; empty where that makes no sense
    waits_at: str = ""  # of one that waits with a form: where it is shown and taken out


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of what happened."""

    at: datetime
    title: str
    who: str = ""
    text: str = ""
    files: tuple[Attached, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way onward: what to press and where it leads."""

    label: str
    href: str
