"""The logs, for the audit administrator. Reading them is itself a line, and so is taking them away."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from fengqiao.kit import cells
from fengqiao.people.models import StaffLog, User
from fengqiao.people.transitions.logging import write
from fengqiao.web.console import auditing
from fengqiao.web.console.forms.audit import LogFilter
from fengqiao.web.console.paging import Order, page_of
from fengqiao.web.console.templatetags.desk import facts
from fengqiao.web.shared.access import StaffRequest, duty_view

NEWEST = Order("at", is_descending=True)
AT_ONCE = 500  # rows fetched at a time while a table is written


@dataclass(frozen=True, slots=True)
class Log:
    """One of the logs: how its lines are found, and how a few of them become rows of a table."""

    find: Callable[[dict[str, Any], User], Any]
    rows: Callable[[list[Any]], list[list[str]]]
    heads: Callable[[], list[str]]


def _heads(*middle: str) -> list[str]:
    return [_("When"), *middle]


LOGS = {
    "staff": Log(
        auditing.staff_lines,
        lambda lines: [auditing.staff_row(line, facts(line)) for line in lines],
        lambda: _heads(pgettext("log", "Who"), pgettext("log", "What was done"), _("About whom"), _("Facts")),
    ),
    "looks": Log(
        auditing.look_lines,
        lambda lines: [auditing.look_row(look) for look in auditing.with_numbers(lines)],
        lambda: _heads(pgettext("log", "Who"), pgettext("log", "What was done"), _("Number"), _("Reason")),
    ),
    "failed": Log(
        auditing.failed_lines,
        lambda lines: [auditing.failed_row(line) for line in lines],
        lambda: _heads(
            _("Name as typed"), _("Address"), _("What did not fit"), _("How often within the hour"), _("Whose account")
        ),
    ),
}


@duty_view("logs")
@require_safe
def audit(request: StaffRequest) -> HttpResponse:
    """Show one log, narrowed; the first page of each search leaves a line."""
    form = LogFilter(request.GET)
    wanted = form.wanted()
    page = page_of(_log(wanted).find(wanted, request.user), NEWEST, request.GET)
    context: dict[str, Any] = {
        "form": form,
        "log": wanted.get("log", "staff"),
        "page": page,
        "narrowed": bool(wanted.keys() - {"log"}),
        "asked": request.GET.urlencode(),
        "looks": auditing.with_numbers(page.rows) if wanted.get("log") == "looks" else [],
    }
    if not {"after", "before"} & request.GET.keys():
        _write_down(StaffLog.Act.READ_LOG, request.user, wanted)
    return render(request, "console/setup/audit.html", context)


@duty_view("logs")
@require_POST
def take_log(request: StaffRequest) -> StreamingHttpResponse:
    """Give a log, narrowed as on the page, as a table; that it was taken away is a line."""
    wanted = LogFilter(request.GET).wanted()
    log = _log(wanted)
    _write_down(StaffLog.Act.EXPORTED_LOG, request.user, wanted)
    lines = log.find(wanted, request.user).order_by("-at", "-pk")
    table = cells.written(_rows(log, lines))
    answer = StreamingHttpResponse(table, content_type="text/csv; charset=utf-8")
    name = f"fengqiao-{wanted.get('log', 'staff')}-{localdate():%Y%m%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _rows(log: Log, lines: Any) -> Iterator[list[str]]:
    """Write the heads and then the lines, some at a time."""
    yield log.heads()
    rest = lines.iterator(chunk_size=AT_ONCE)
    while some := list(islice(rest, AT_ONCE)):
        yield from log.rows(some)


def _log(wanted: dict[str, Any]) -> Log:
    return LOGS[wanted.get("log", "staff")]


def _write_down(act: StaffLog.Act, user: User, wanted: dict[str, Any]) -> None:
    write(act, by=user, at=now(), facts={name: str(value) for name, value in wanted.items()})
