"""What a playbook says, as plain values: `reading.py` makes one from a file, `setting_up.py` a county from one."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Place:
    """The county itself."""

    code: str
    tag: str
    name: str


@dataclass(frozen=True, slots=True)
class Body:
    """A unit; `county` is its own where it belongs to another level."""

    code: str
    name: str
    short_name: str
    kind: str
    county: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Takes:
    """How a unit takes part in the work of the county's centre."""

    unit: str
    mode: str
    window: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """How long one stage may take."""

    stage: str
    urgency: str
    amount: int
    unit: str
    extendable_by: int | None = None  # none given: by its own span again
    pausable_days: int = 30


@dataclass(frozen=True, slots=True)
class Words:
    """A template to begin a reply with."""

    use: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clock rules of one version."""

    version: str
    valid_from: date
    rules: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Playbook:
    """One governance model as a county to start from."""

    key: str
    name: str
    place: Place
    hours: tuple[tuple[time, time], ...]
    clocks: Clocks
    centre: Body
    parent_centre: Body
    units: tuple[Body, ...]
    office_name: str
    centre_name: str
    committees_of: tuple[str, ...]
    presence: tuple[Takes, ...] = ()
    replies: tuple[Words, ...] = ()
