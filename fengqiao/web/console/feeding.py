"""A person's due times as calendars read them (RFC 5545): number, step and township, and nothing a resident said."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from fengqiao.cases.models import Case, Stage
from fengqiao.kit.version import version
from fengqiao.places.models import Region
from fengqiao.places.models.region import Level

BELOW_TOWNSHIP = (Level.VILLAGE, Level.GROUP, Level.GRID)
EVERY = timedelta(hours=1)


def calendar_of(cases: Iterable[Case], address: Callable[[Case], str], at: datetime) -> bytes:
    """Write a calendar with one entry for each case, at the moment it is due."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Fengqiao//{version()}//ZH")
    calendar.add("x-wr-calname", _("Fengqiao: due times"))
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for case in cases:
        calendar.add_component(_entry(case, address(case), at))
    return bytes(calendar.to_ical())


def _entry(case: Case, address: str, at: datetime) -> Event:
    """Write one due time; its name stays when the time moves, so that calendars move it, too."""
    assert case.due_at is not None
    entry = Event()
    entry.add("uid", f"{case.pk}-{case.round}-{case.due_stage}@fengqiao")
    entry.add("dtstamp", at)
    entry.add("dtstart", case.due_at.astimezone(at.tzinfo))
    entry.add("summary", _said(case))
    entry.add("url", address)
    entry.add("transp", "TRANSPARENT")
    return entry


def _said(case: Case) -> str:
    step, place = str(Stage(case.due_stage).label), _township(case.region).name
    return _("%(step)s due: %(number)s, %(place)s") % {"step": step, "number": case.number, "place": place}


def _township(region: Region) -> Region:
    """Climb to the township: where someone lives is not for a calendar."""
    while region.level in BELOW_TOWNSHIP and region.parent is not None:
        region = region.parent
    return region
