"""What a notice says outside the house: which step, which number, until when, and the way in. Nothing of the matter."""

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from fengqiao.oversight.models import Notice

TEST = "test"


def words_of(notice: Notice | None) -> str:
    """Write the message; a restricted or confidential matter says no more than that somebody is needed."""
    if notice is None:
        return _("Fengqiao: this is a test. Notices will arrive here.")
    if _is_closed(notice):
        return _joined(_("Fengqiao: a case needs you."), _link("console:home"))
    return _joined(_("Fengqiao: %(what)s") % {"what": _what(notice)}, _number(notice), _due(notice), _way_in(notice))


def _is_closed(notice: Notice) -> bool:
    if notice.case is not None:
        return notice.case.is_restricted
    return notice.report is None or notice.report.is_confidential


def _what(notice: Notice) -> str:
    clock = notice.case_clock or notice.report_clock
    if clock is None:
        return str(notice.get_kind_display())
    facts = {"stage": clock.get_stage_display(), "level": notice.level}
    if notice.level >= 100:
        return _("%(stage)s: the time is over") % facts
    return _("%(stage)s: %(level)d %% of the time has passed") % facts


def _number(notice: Notice) -> str:
    """Give the case's number; a report's code is the resident's and stays in the house."""
    return notice.case.number if notice.case else ""


def _due(notice: Notice) -> str:
    clock = notice.case_clock or notice.report_clock
    due = clock.due_at if clock else notice.case.due_at if notice.case else None
    return _("due %(moment)s") % {"moment": f"{localtime(due):%m-%d %H:%M}"} if due else ""


def _way_in(notice: Notice) -> str:
    return _link("console:case", notice.case.number) if notice.case else _link("console:reports")


def _link(name: str, *args: str) -> str:
    """Give an address of the desk; without a public address there is none to give."""
    return f"{settings.PUBLIC_ADDRESS}{reverse(name, args=args)}" if settings.PUBLIC_ADDRESS else ""


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
