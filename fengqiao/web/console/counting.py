"""What the numbers of the board are called, and the address of the cases or reports behind each."""

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from fengqiao.cases.queries import NEEDS
from fengqiao.cases.vocabulary import Outcome, Solved
from fengqiao.places.models import Region

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LABELS: "dict[str, StrPromise | str]" = {
    "opened": gettext_lazy("Opened"),
    "dispatched": gettext_lazy("Dispatched"),
    "concluded": gettext_lazy("Concluded"),
    **{f"concluded_{outcome.value}": outcome.label for outcome in Outcome},
    "reopened": gettext_lazy("Reopened"),
    "asked_again": gettext_lazy("Reopening asked for"),
    "answered": gettext_lazy("Answered by the resident"),
    **{f"answered_{solved.value}": solved.label for solved in Solved},
    "unanswered": gettext_lazy("Window ended without an answer"),
    "excluded": gettext_lazy("Answered, but withdrawn"),
    "late": gettext_lazy("Overdue"),
    "stuck": gettext_lazy("Stuck"),
    "undecided": gettext_lazy("Reopening not yet decided"),
    "alerts": gettext_lazy("Next alert within a day"),
}
NOW = frozenset({"late", "stuck", "undecided", "alerts"})


def title_of(wanted: dict[str, Any], today: date) -> str:
    """Say what a list shows when something led there; empty for the plain list."""
    if need := NEEDS.get(wanted.get("waiting", "")):
        return str(need.label)
    key = wanted.get("counted", "")
    if key not in LABELS:
        return ""
    if key in NOW:
        return str(LABELS[key])
    facts = {"what": LABELS[key], "day": date_format(wanted.get("on") or today, "Y-m-d")}
    return pgettext("what was counted, on which day", "%(what)s · %(day)s") % facts


def cases_behind(key: str, region: Region, on: date, **more: object) -> str:
    """Give the address of the work list that shows exactly the cases a number counts."""
    when = {} if key in NOW else {"on": on.isoformat()}
    return _address("console:cases", {"counted": key, **when, "region": region.code, **more})


def reports_behind(region: Region, **which: object) -> str:
    """Give the address of the list of the reports a number counts."""
    return _address("console:reports", {**which, "region": region.code})


def share_in_words(solved: int, answered: int, share: str) -> str:
    """Say a rate with what it is a rate of; without answers there is none."""
    if not answered:
        return _("Nobody answered that day, so there is no rate.")
    return _("%(share)s %% = %(solved)d / %(answered)d") % {"share": share, "solved": solved, "answered": answered}


def _address(name: str, query: dict[str, object]) -> str:
    return f"{reverse(name)}?{urlencode(query)}"
