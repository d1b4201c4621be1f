"""Where a case or a report stands, turned into the strip and the clocks that pages show."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from fengqiao.cases.models import Case, CaseClock, Clock
from fengqiao.cases.models.clock import SpanUnit
from fengqiao.cases.workflow import STRIP, Status
from fengqiao.kit.workdays import WEEKEND
from fengqiao.places import calendar as calendars
from fengqiao.web.shared import parts, words
from fengqiao.web.shared.labels import label_of
from fengqiao.web.shared.ruling import rules_in_words

LANES = frozenset({"supervise"})
STEPS_KEPT = BUDGETS_KEPT = 500


def strip_of_case(
    case: Case, *, clock: Clock | None = None, since: datetime | None = None, notices: int = 0
) -> parts.Strip:
    """Show where a case stands; `notices` are the supervision notices sent about it."""
    steps = _steps(_place(case.status), is_over=case.status == Status.REVISITED, notices=notices)
    return parts.Strip(steps=steps, holder=holder_of(case), since=since, clock=clock_in_words(clock) if clock else None)


def strip_of_report(*, holder: str = "", clock: Clock | None = None) -> parts.Strip:
    """Show a report that is not in a case yet: received, everything else to come."""
    steps = _steps(0, is_over=False, notices=0)
    return parts.Strip(steps=steps, holder=holder, clock=clock_in_words(clock) if clock else None)


def holder_of(case: Case) -> str:
    """Name who has the case now: the lead unit once there is one, the centre before."""
    return case.lead.name if case.lead else case.centre.name


def clock_in_words(clock: Clock) -> parts.Clock:
    """Show a clock with everything its due time was derived from."""
    made_up = calendars.of(clock.county).made_up(clock.started_at, clock.due_at) if _counts_work(clock) else []
    return parts.Clock(
        name=label_of(clock, "stage"),
        started_at=clock.started_at,
        due_at=clock.due_at,
        budget=budget(clock.amount, clock.unit),
        rule=rules_in_words(clock.rule_version) if clock.rule_version else "",
        skipped=tuple(_stretches((date.fromisoformat(on), why) for on, why in clock.skipped)),
        made_up=tuple(day.on for day in made_up),
        granted=tuple(_granted(clock)),
        is_provisional=clock.is_provisional,
        met_at=clock.met_at,
    )


def _granted(clock: Clock) -> Iterable[str]:
    """Say the time that was granted, one sentence each, and by whom."""
    if not isinstance(clock, CaseClock):
        return
    for more, unit in clock.extensions:
        yield _("Extended by %(more)s, approved by %(unit)s") % {"more": budget(more, clock.unit), "unit": unit}
    for (begins, ends), (*_stretch, unit) in zip(clock.stretches_still(), clock.pauses, strict=True):
        said = {name: words.dated_moment(at, clock.started_at) for name, at in (("from", begins), ("to", ends))}
        yield _("Paused from %(from)s to %(to)s, approved by %(unit)s") % {**said, "unit": unit}


def budget(amount: int, unit: str) -> str:
    """Say a span of a rule: 5 working days."""
    return _budget(amount, unit, get_language())


@lru_cache(BUDGETS_KEPT)
def _budget(amount: int, unit: str, _language: str | None) -> str:
    said = {
        SpanUnit.WORKING_HOURS: ngettext("%(count)d working hour", "%(count)d working hours", amount),
        SpanUnit.WORKING_DAYS: ngettext("%(count)d working day", "%(count)d working days", amount),
        SpanUnit.HOURS: ngettext("%(count)d hour", "%(count)d hours", amount),
        SpanUnit.DAYS: ngettext("%(count)d day", "%(count)d days", amount),
    }
    return said[SpanUnit(unit)] % {"count": amount}


def _counts_work(clock: Clock) -> bool:
    return clock.unit in (SpanUnit.WORKING_HOURS, SpanUnit.WORKING_DAYS)


def _place(status: str) -> int:
    """Find which of the seven steps a status belongs to."""
    return next(place for place, (_label, statuses) in enumerate(STRIP.values()) if status in statuses)


def _steps(here: int, *, is_over: bool, notices: int) -> tuple[parts.Step, ...]:
    return _told_steps(here, is_over, notices, get_language())


@lru_cache(STEPS_KEPT)
def _told_steps(here: int, is_over: bool, notices: int, _language: str | None) -> tuple[parts.Step, ...]:
    return tuple(
        parts.Step(
            label=str(label),
            state="done" if place < here or is_over else "here" if place == here else "next",
            note=_notices(notices) if key in LANES else "",
            is_lane=key in LANES,
        )
        for place, (key, (label, _statuses)) in enumerate(STRIP.items())
    )


def _notices(count: int) -> str:
    return ngettext("%(count)d notice", "%(count)d notices", count) % {"count": count} if count else ""


def _stretches(days: Iterable[tuple[date, str]]) -> list[parts.Closed]:
    """Join neighbouring days that are closed for the same reason."""
    stretches: list[parts.Closed] = []
    for on, why in days:
        said = _("weekend") if why == WEEKEND else why
        last = stretches[-1] if stretches else None
        if last and last.why == said and on - last.last == timedelta(days=1):
            stretches[-1] = parts.Closed(first=last.first, last=on, why=said)
        else:
            stretches.append(parts.Closed(first=on, last=on, why=said))
    return stretches
