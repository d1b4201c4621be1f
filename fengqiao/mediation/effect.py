"""From when an agreement binds, and until when a court can be asked to confirm it: pure, to be done again at will."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from fengqiao.kit.workdays import ONE_DAY, Calendar

TO_CONFIRM = timedelta(days=30)  # 人民调解法 art. 33, 民事诉讼法 art. 205


def effective_at(moments: Iterable[datetime]) -> datetime:
    """Find from when a written agreement binds: the last signature, the mediator's or the seal (art. 29).

    In which order they were entered here says nothing.
    """
    return max(moments)


def confirm_until(effective: datetime, calendar: Calendar) -> date:
    """Find the last day on which the parties can ask together for confirmation by a court.

    The day of effect does not count (民法典 art. 201), so the thirtieth day after it is the last one; where offices are
    closed on it, the next day they work (art. 203). A year whose days off are not published yet moves nothing: to come
    early harms nobody, to come late loses the right.
    """
    on = effective.astimezone(calendar.zone).date() + TO_CONFIRM
    while on <= calendar.official_until and not calendar.is_working(on):
        on += ONE_DAY
    return on
