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
class Rung:
    """One tier of a ladder of mediation: where it is, how long it may take, who helps there."""

    name: str
    level: str
    amount: int
    unit: str
    accept_within: int | None = None
    helpers: str = ""


@dataclass(frozen=True, slots=True)
class Climb:
    """One version of a ladder of mediation; without type and source it is that of all other disputes."""

    code: str
    name: str
    version: str
    valid_from: date
    rungs: tuple[Rung, ...]
    dispute_type: str = ""
    source: str = ""
    basis: str = ""
    is_written_only: bool = False


@dataclass(frozen=True, slots=True)
class Bench:
    """A mediation committee of the county's own level; `tag` stands in the numbers of its papers."""

    code: str
    name: str
    short_name: str
    kind: str
    tag: str
    trade: str = ""


@dataclass(frozen=True, slots=True)
class Benches:
    """The mediation committees: those of the county's level, and how those of townships and villages are named."""

    listed: tuple[Bench, ...] = ()
    township_name: str = ""
    village_name: str = ""


@dataclass(frozen=True, slots=True)
class OnTheSpot:
    """What may be settled on the spot from a day on, and from what on the review asks about records."""

    valid_from: date
    most: int | None
    never: tuple[str, ...]
    late_days: int
    in_an_hour: int
    alike: int
    near: int
    days: int


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
    ladders: tuple[Climb, ...]
    benches: Benches = Benches()
    on_the_spot: OnTheSpot | None = None
    presence: tuple[Takes, ...] = ()
    replies: tuple[Words, ...] = ()
