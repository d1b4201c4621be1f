"""Who is at a centre: the units present, the turns of a day and a month, and who answers now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.timezone import localdate, localtime

from fengqiao.kit.prepared import Prepared, filled
from fengqiao.kit.workdays import Calendar
from fengqiao.people.models import DutyTurn, Presence, Unit

A_DAY = timedelta(days=1)
Mode, Shift = Presence.Mode, DutyTurn.Shift


@dataclass(frozen=True, slots=True)
class Today:
    """Who is at a centre on a day: those always there, those whose turn it is, those to call, and who answers now."""

    here: tuple[Presence, ...]
    by_turn: tuple[Presence, ...]
    on_call: tuple[Presence, ...]
    answering: tuple[DutyTurn, ...]

    @property
    def is_known(self) -> bool:
        """Test if anything was entered about who takes part."""
        return bool(self.here or self.by_turn or self.on_call)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a month's rota."""

    on: date
    is_working: bool
    why_closed: str
    turns: tuple[DutyTurn, ...]
    is_gap: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A centre's rota of a month, and what is amiss: days without anybody, units by turns that have none."""

    first: date
    days: tuple[Day, ...]
    without_turn: tuple[Unit, ...]

    @property
    def gaps(self) -> tuple[Day, ...]:
        """The working days on which nobody is there."""
        return tuple(day for day in self.days if day.is_gap)


def today_at(centre: Unit, at: datetime, calendar: Calendar) -> Today:
    """Find who is at a centre on the day of a moment, and who answers at that moment."""
    on, (night_or_day, shift) = localtime(at).date(), _shift_at(at, calendar)
    turns = list(turns_of(centre, on - A_DAY, on + A_DAY))
    serving = {turn.unit_id for turn in turns if turn.on == on}
    found: dict[str, list[Presence]] = {mode: [] for mode in Mode}
    for presence in present(centre, on):
        found[presence.mode].append(presence)
    by_turn = tuple(each for each in found[Mode.ROTA] if each.unit_id in serving)
    called = (*found[Mode.ON_CALL], *found[Mode.INVITED])
    answers = tuple(turn for turn in turns if (turn.on, turn.shift) == (night_or_day, shift))
    return Today(tuple(found[Mode.PERMANENT]), by_turn, called, answers)


def present(centre: Unit, on: date) -> QuerySet[Presence]:
    """List the units that take part in a centre's work on a day, in order."""
    return in_order(Presence.objects.current(on).filter(centre=centre))


def in_order(rows: QuerySet[Presence]) -> QuerySet[Presence]:
    """Put presences in the order people know: those always there first, then by window."""
    ranks = [When(mode=mode, then=Value(rank)) for rank, mode in enumerate(Mode)]
    rank = Case(*ranks, output_field=IntegerField())
    return rows.select_related("unit").order_by(rank, "window", "unit__code")


def turns_of(centre: Unit, first: date, end: date) -> QuerySet[DutyTurn]:
    """List a centre's turns from a day to before another, in their order."""
    rows = DutyTurn.objects.filter(centre=centre, on__gte=first, on__lt=end)
    return rows.select_related("unit", "post__user").order_by("on", "shift", "unit__code", "pk")


def answering(centre: Unit, at: datetime, calendar: Calendar) -> list[DutyTurn]:
    """Find whose turn it is at a centre at this moment."""
    on, shift = _shift_at(at, calendar)
    return _ANSWERING_AT(on, centre.pk, shape=shift)


def answering_in(regions: Collection[UUID], at: datetime, calendar: Calendar) -> list[DutyTurn]:
    """Find whose turn it is at the centres of some regions at this moment."""
    on, shift = _shift_at(at, calendar)
    return _ANSWERING(on, localdate(at), *filled(list(regions)), shape=shift) if regions else []


def _answering(shift: str, on: date, today: date, *regions: UUID) -> QuerySet[DutyTurn]:
    return _turns_now(Unit.objects.current(today).filter(kind=Unit.Kind.CENTRE, region__in=regions), on, shift)


def _answering_at(shift: str, on: date, centre: UUID) -> QuerySet[DutyTurn]:
    return _turns_now([centre], on, shift)


def _turns_now(centres: QuerySet[Unit] | list[UUID], on: date, shift: str) -> QuerySet[DutyTurn]:
    rows = DutyTurn.objects.filter(on=on, shift=shift, centre__in=centres)
    return rows.select_related("unit", "post__user", "centre").order_by("centre__region__path", "unit__code", "pk")


_ANSWERING: Prepared[DutyTurn] = Prepared(_answering)
_ANSWERING_AT: Prepared[DutyTurn] = Prepared(_answering_at)


def _shift_at(at: datetime, calendar: Calendar) -> tuple[date, str]:
    """Name the shift of a moment; the day's lasts over noon, and there is one at weekends too."""
    here, (opens, _noon), (_noon, closes) = localtime(at), calendar.hours[0], calendar.hours[-1]
    if opens <= here.time() and (closes == time.min or here.time() < closes):
        return here.date(), Shift.DAY
    evening = here.date() if here.time() >= closes else here.date() - A_DAY
    return evening, Shift.NIGHT


def month_of(centre: Unit, first: date, calendar: Calendar) -> Month:
    """Lay out a month's rota, and find what is amiss."""
    end = next_month(first)
    turns = list(turns_of(centre, first, end))
    begun = Q(valid_from=None) | Q(valid_from__lt=end)
    spans = list(Presence.objects.filter(begun, centre=centre).exclude(valid_to__lte=first))
    always = [each for each in spans if each.mode == Mode.PERMANENT]
    days = tuple(_day(first + A_DAY * n, turns, always, calendar) for n in range((end - first).days))
    served = {turn.unit_id for turn in turns}
    waiting = [each.unit_id for each in spans if each.mode == Mode.ROTA and each.unit_id not in served]
    return Month(first, days, tuple(Unit.objects.filter(pk__in=waiting).order_by("code")))


def next_month(first: date) -> date:
    """Give the first day of the month after."""
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def _day(on: date, turns: list[DutyTurn], always: list[Presence], calendar: Calendar) -> Day:
    why = calendar.why_closed(on)
    mine = tuple(turn for turn in turns if turn.on == on)
    is_empty = not mine and not any(each.is_open_on(on) for each in always)
    return Day(on, not why, why, mine, is_gap=not why and is_empty)
