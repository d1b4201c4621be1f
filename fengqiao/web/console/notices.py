"""What this person was told, in words and with the way there."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from fengqiao.cases.workflow import STEPS
from fengqiao.desk.watched import News, news
from fengqiao.oversight.models import Notice
from fengqiao.oversight.queries import SHOWN, first_waiting_for
from fengqiao.people.models import User


@dataclass(frozen=True, slots=True)
class Told:
    """One notice as the first page shows it."""

    words: str
    about: str
    href: str
    at: datetime
    is_urgent: bool


def notices_of(user: User, at: datetime) -> list[Told]:
    """Say the first notices nobody has looked at yet, then what is new in watched cases; opening the case ends both."""
    told = [_told(notice) for notice in first_waiting_for(user, at)]
    return told + [_watched(each) for each in news(user, at)[:SHOWN]]


def _told(notice: Notice) -> Told:
    if notice.case is not None:
        about, href = notice.case.title, reverse("console:case", args=[notice.case.number])
    else:
        assert notice.report is not None  # the database keeps it: a notice is about one matter
        about, href = notice.report.spoken_code, reverse("console:report", args=[notice.report.code])
    return Told(_words(notice), about, href, notice.made_at, notice.is_urgent)


def _watched(each: News) -> Told:
    step = {"step": STEPS[each.verb].label, "more": each.more}
    words = _("You watch: %(step)s, and %(more)d more") if each.more else _("You watch: %(step)s")
    return Told(words % step, each.case.title, reverse("console:case", args=[each.case.number]), each.at, False)


def _words(notice: Notice) -> str:
    clock = notice.case_clock or notice.report_clock
    if clock is None:
        return str(notice.get_kind_display())
    facts = {"stage": clock.get_stage_display(), "level": notice.level}
    if notice.level >= 100:
        return _("%(stage)s: the time is over") % facts
    return _("%(stage)s: %(level)d %% of the time has passed") % facts
