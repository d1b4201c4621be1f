"""When a line of a script is taken: so much open time before now, so that it is always in office hours."""

import random
from datetime import datetime, timedelta

from fengqiao.kit.workdays import Calendar

STRAY = timedelta(minutes=7)  # people do not act at round distances from one another
A_SECOND = timedelta(seconds=1)


def before(calendar: Calendar, now: datetime, open_time: timedelta) -> datetime:
    """Find the last second from which this much open time passes until now."""
    early = now - timedelta(days=30 + open_time / timedelta(hours=1))  # an hour a day would be ample
    late = now
    while late - early > A_SECOND:
        middle = early + (late - early) / 2
        if calendar.open_between(middle, now) >= open_time:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)


def stray(seed: str) -> timedelta:
    """Draw a few minutes, the same for the same line every time."""
    return STRAY * random.Random(seed).random()
