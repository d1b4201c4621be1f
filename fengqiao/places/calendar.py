import hashlib
from datetime import date, time

from fengqiao.kit.remembered import Remembered
from fengqiao.kit.workdays import Calendar, Day
from fengqiao.places.models import CalendarYear, WorkDay, WorkHours

# What offices keep where a county has not said otherwise.
USUAL_HOURS = ((time(8, 30), time(12)), (time(14, 30), time(18)))


def of(county: str) -> Calendar:
    """Give the calendar by which a county's clocks run, from memory while it is fresh."""
    return _CALENDARS(county)


def forget() -> None:
    """Drop what is remembered: whoever edits days or hours calls this."""
    _CALENDARS.forget()


def _read(county: str) -> Calendar:
    days = {on: Day(working, name) for on, working, name in WorkDay.objects.values_list("on", "working", "name")}
    hours = tuple(WorkHours.objects.filter(county=county).order_by("opens").values_list("opens", "closes"))
    until = _official_until()
    version = _version(days, hours or USUAL_HOURS, until)
    return Calendar(exceptions=days, hours=hours or USUAL_HOURS, official_until=until, version=version)


# A minute is safe: days off change once a year, months ahead, and each clock stores the version and the days it was
# derived from, so a due time counted in that minute can still be explained and is counted anew with all others.
_CALENDARS = Remembered(_read)


def _official_until() -> date:
    """Find the last day that a published notice covers; with none published every day is provisional."""
    year = CalendarYear.objects.filter(provisional=False).order_by("-year").values_list("year", flat=True).first()
    return date(year, 12, 31) if year else date.min


def _version(days: dict[date, Day], hours: tuple[tuple[time, time], ...], until: date) -> str:
    """Name what the calendar says: the last published year and a short digest of all days and hours."""
    said = repr((sorted(days.items()), hours))
    return f"{until.year}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"
