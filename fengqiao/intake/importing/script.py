"""When the scripted clerks do what: drawn from the message's own number, so that a second run says the same."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from fengqiao.kit.workdays import Calendar

LATE_SHARE = 0.15

# Open hours from one step to the next; the county's clocks allow 2, 2 and 4, and handling 35 from dispatch.
TRIAGE, DISPATCH, ACCEPT = (0.1, 1.9), (0.1, 1.9), (0.2, 3.8)
IN_TIME, LATE = (4.0, 33.0), (36.0, 90.0)


@dataclass(frozen=True, slots=True)
class Script:
    """The moments at which one message is carried on."""

    opened_at: datetime
    dispatched_at: datetime
    accepted_at: datetime
    concluded_at: datetime


def write(message_id: str, received_at: datetime, calendar: Calendar) -> Script:
    """Draw the moments for one message, all within office hours."""
    drawn = random.Random(message_id)

    def later(start: datetime, hours: tuple[float, float]) -> datetime:
        return calendar.after(start, timedelta(hours=drawn.uniform(*hours))).replace(microsecond=0)

    opened = later(received_at, TRIAGE)
    dispatched = later(opened, DISPATCH)
    accepted = later(dispatched, ACCEPT)
    concluded = later(dispatched, LATE if drawn.random() < LATE_SHARE else IN_TIME)
    return Script(opened, dispatched, accepted, max(accepted, concluded))


def pick(message_id: str, count: int) -> int:
    """Pick one of so many units by the message's number."""
    return int.from_bytes(sha256(message_id.encode()).digest()[:8], "big") % count
