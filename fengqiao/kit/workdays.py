from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKEND = "weekend"  # why a plain Saturday or Sunday is closed; a named day off carries its own name
ONE_DAY = timedelta(days=1)
NOTHING = timedelta(0)


class Day(NamedTuple):
    """A day that the yearly notice names: a day off, or a weekend day worked in exchange for one."""

    working: bool
    name: str


class Skipped(NamedTuple):
    """A day on which a clock stood still, and why."""

    on: date
    why: str


class MadeUp(NamedTuple):
    """A weekend day on which a clock ran, and the holiday it makes up for."""

    on: date
    why: str


@dataclass(frozen=True)
class Calendar:
    """When offices are open: Monday to Friday but for the named days, within the given hours of each day.

    Hours are segments in order; one that closes at 00:00 runs to the end of its day. Days are those of the zone.
    """

    exceptions: Mapping[date, Day]
    hours: tuple[tuple[time, time], ...]
    official_until: date
    version: str
    zone: ZoneInfo = SHANGHAI

    def __post_init__(self) -> None:
        """Refuse hours that are empty, reversed or overlapping: no clock could run on them."""
        edges = [edge for segment in self._segments for edge in segment]
        shut = any(closes <= opens for opens, closes in self._segments)
        if not edges or shut or edges != sorted(edges):
            raise ValueError("Hours must be segments in order, each closing after it opens.")

    def is_working(self, on: date) -> bool:
        """Test if offices work on this day."""
        named = self.exceptions.get(on)
        return on.weekday() < 5 if named is None else named.working

    def why_closed(self, on: date) -> str:
        """Name what closes this day: a holiday, or WEEKEND; empty when it is worked."""
        if self.is_working(on):
            return ""
        named = self.exceptions.get(on)
        return named.name if named else WEEKEND

    @cached_property
    def day_length(self) -> timedelta:
        """The open time of one working day."""
        return sum((closes - opens for opens, closes in self._segments), NOTHING)

    def open_between(self, start: datetime, end: datetime) -> timedelta:
        """Measure the open time from one moment to a later one; none if it is not later."""
        return max(self._opened_by(end) - self._opened_by(start), NOTHING)

    def after(self, start: datetime, span: timedelta) -> datetime:
        """Find the first open moment by which this much open time has passed since the start.

        The end of a segment is still open: a budget that ends at noon is due at noon, not after lunch.
        """
        if span < NOTHING:
            raise ValueError("Open time cannot run backwards.")
        local = self._local(start)
        for opens, closes in self._openings(local):
            begins = max(opens, local)
            if closes - begins >= span:
                return begins + span
            span -= closes - begins
        raise OverflowError("The calendar ends before the span does.")

    def skipped(self, start: datetime, due: datetime) -> list[Skipped]:
        """List the days on which a clock running from start to due stood still."""
        days = self._days(self._local(start).date(), self._local(due).date())
        return [Skipped(on, why) for on in days if (why := self.why_closed(on))]

    def made_up(self, start: datetime, due: datetime) -> list[MadeUp]:
        """List the weekend days on which a clock running from start to due did run."""
        days = self._days(self._local(start).date(), self._local(due).date() + ONE_DAY)
        worked = [on for on in days if on.weekday() >= 5 and self.is_working(on)]
        return [MadeUp(on, self.exceptions[on].name) for on in worked if self._open_on(on, start, due)]

    def is_provisional(self, due: datetime) -> bool:
        """Test if this moment lies in a year whose days off are not yet published."""
        return self._local(due).date() > self.official_until

    @cached_property
    def _segments(self) -> list[tuple[timedelta, timedelta]]:
        return [(_since_midnight(opens), _since_midnight(closes) or ONE_DAY) for opens, closes in self.hours]

    @cached_property
    def _changed(self) -> list[date]:
        """The days that the exceptions really change; a holiday on a Sunday changes nothing."""
        return sorted(on for on, day in self.exceptions.items() if day.working != (on.weekday() < 5))

    @cached_property
    def _gained(self) -> list[int]:
        """How many working days the first n changed days add or take, for each n."""
        return list(accumulate((1 if self.exceptions[on].working else -1 for on in self._changed), initial=0))

    def _opened_by(self, moment: datetime) -> timedelta:
        """Measure all open time before this moment, by arithmetic: a span of years costs no more than an hour."""
        local = self._local(moment)
        on = local.date()
        weeks, rest = divmod(on.toordinal() - 1, 7)  # the first day of the proleptic calendar is a Monday
        days = weeks * 5 + min(rest, 5) + self._gained[bisect_left(self._changed, on)]
        return days * self.day_length + (self._opened_today(local) if self.is_working(on) else NOTHING)

    def _opened_today(self, local: datetime) -> timedelta:
        passed = _since_midnight(local.time())
        return sum((max(min(closes, passed) - opens, NOTHING) for opens, closes in self._segments), NOTHING)

    def _open_on(self, on: date, start: datetime, due: datetime) -> timedelta:
        """Measure how much of this day's open time lies between start and due."""
        midnight = datetime.combine(on, time(0), self.zone)
        return self.open_between(max(start, midnight), min(due, midnight + ONE_DAY))

    def _openings(self, local: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Walk the segments that have not closed before this moment; the eve's last may close at midnight."""
        for on in self._days(local.date() - ONE_DAY, date.max):
            if self.is_working(on):
                midnight = datetime.combine(on, time(0), self.zone)
                for opens, closes in self._segments:
                    if midnight + closes >= local:
                        yield midnight + opens, midnight + closes

    @staticmethod
    def _days(first: date, before: date) -> Iterator[date]:
        return map(date.fromordinal, range(first.toordinal(), before.toordinal()))

    def _local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise ValueError("A moment without a time zone has no day.")
        return moment.astimezone(self.zone)


def day_of(moment: datetime) -> date:
    """Tell on which day a moment lies, in the zone of all our calendars."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone has no day.")
    return moment.astimezone(SHANGHAI).date()


def midnight_after(on: date) -> datetime:
    """Find the moment at which a day is over, in the zone of all our calendars."""
    return datetime.combine(on + ONE_DAY, time(0), SHANGHAI)


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond)
