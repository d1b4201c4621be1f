"""Times, spans and numbers as people say them. Pure: `now` is given."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

SOON = timedelta(hours=24)
CLOCK = "\x00"  # in a date that is kept, the place of the time
DAYS_KEPT = 2000
SPANS_KEPT = 5000


def moment(at: datetime, now: datetime) -> str:
    """Say a moment: today 14:05, yesterday 14:05, 21 November 14:05, with the year when it is another one."""
    return moment_on(at, localtime(now).date())


def moment_on(at: datetime, today: date) -> str:
    """Say a moment as it is said on a day."""
    there = localtime(at)
    words = {"day": day(there.date(), today), "time": f"{there:%H:%M}"}
    return pgettext("day and time", "%(day)s %(time)s") % words


def dated_moment(at: datetime, about: datetime) -> str:
    """Say a moment by its date, never as today; the end of a day is its 24:00. `about` tells which year is plain."""
    there, plain = localtime(at), localtime(about).date()
    words = {"day": date_of(there.date(), plain), "time": date_format(there, "H:i")}
    if not there.hour and not there.minute:
        words = {"day": date_of(there.date() - timedelta(days=1), plain), "time": "24:00"}
    return pgettext("day and time", "%(day)s %(time)s") % words


def day(on: date, today: date) -> str:
    """Say a day: today, yesterday, tomorrow, or its date."""
    return _day(on, today, get_language())


@lru_cache(DAYS_KEPT)
def _day(on: date, today: date, _language: str | None) -> str:
    near = {0: _("Today"), -1: _("Yesterday"), 1: _("Tomorrow")}.get((on - today).days)
    return near or date_of(on, today)


def date_of(on: date, today: date) -> str:
    """Say a date, with the year when it is another one."""
    if on.year == today.year:
        return date_format(on, pgettext("date format, this year", "j M"))
    return date_format(on, pgettext("date format, another year", "j M Y"))


def clock_time(at: datetime) -> str:
    """Say a moment of a known day by the clock: 09:30."""
    return date_format(localtime(at), "H:i")


def full_moment(at: datetime) -> str:
    """Say a moment in full, with year and weekday."""
    there = localtime(at)
    return _full_day(there.date(), get_language()).replace(CLOCK, f"{there:%H:%M}")


@lru_cache(DAYS_KEPT)
def _full_day(on: date, _language: str | None) -> str:
    return date_format(on, pgettext("date format, in full", "l, j F Y, H:i").replace("H:i", CLOCK))


def span(length: timedelta) -> str:
    """Say how long: at most two neighbouring units, never "0"."""
    return _span(_in_minutes(length), get_language())


def _in_minutes(length: timedelta) -> int:
    return max(1, round(length.total_seconds() / 60))


@lru_cache(SPANS_KEPT)
def _span(minutes: int, _language: str | None) -> str:
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return _joined(_days(days), _hours(hours) if hours else "")
    if hours:
        return _joined(_hours(hours), _minutes(rest) if rest else "")
    return _minutes(minutes)


def left(due: datetime, now: datetime) -> str:
    """Say what is left until a due time, or by how much it is overdue."""
    return _left(now > due, _in_minutes(abs(due - now)), get_language())


@lru_cache(SPANS_KEPT)
def _left(is_over: bool, minutes: int, language: str | None) -> str:
    said = _("overdue by %(span)s") if is_over else _("%(span)s left")
    return said % {"span": _span(minutes, language)}


def urgency(due: datetime, now: datetime) -> str:
    """Tell late, soon or plain: how loudly a due time must speak."""
    if now > due:
        return "late"
    return "soon" if due - now <= SOON else "plain"


def masked_phone(number: str) -> str:
    """Show the ends of a number, enough to recognise one's own and too little to call another's."""
    if len(number) < 7:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def _joined(first: str, second: str) -> str:
    if not second:
        return first
    return pgettext("two parts of a span", "%(first)s %(second)s") % {"first": first, "second": second}


def _days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def _hours(count: int) -> str:
    return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}


def _minutes(count: int) -> str:
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}
