"""When the counter is open, in words: the hours, and today."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from fengqiao.kit.workdays import WEEKEND, Calendar
from fengqiao.web.shared.words import moment

A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """The office hours of a county, and how it stands at one moment."""

    usual: str
    is_open: bool
    today: str


def hours_of(calendar: Calendar, at: datetime) -> Hours:
    """Say the hours, and whether it is open; when it is not, why and from when it is again."""
    stretches = [f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in calendar.hours]
    is_open = calendar.open_between(at, at + A_MINUTE) == A_MINUTE
    return Hours(_(", ").join(stretches), is_open, _("Open now") if is_open else _closed(calendar, at))


def _closed(calendar: Calendar, at: datetime) -> str:
    why = calendar.why_closed(localtime(at).date())
    again = moment(calendar.after(at, A_MINUTE) - A_MINUTE, at)
    if not why:
        return _("Closed at this hour; open again: %(again)s.") % {"again": again}
    named = _("weekend") if why == WEEKEND else why
    return _("Closed today (%(why)s); open again: %(again)s.") % {"why": named, "again": again}
