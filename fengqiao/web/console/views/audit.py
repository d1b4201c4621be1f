"""The logs, for the audit administrator. Reading them is itself a line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.people.models import StaffLog, User
from fengqiao.people.transitions.logging import write
from fengqiao.rights.models import AccessLog
from fengqiao.web.console.forms.audit import LogFilter
from fengqiao.web.console.paging import Order, page_of
from fengqiao.web.shared.access import StaffRequest, duty_view

NEWEST = Order("at", is_descending=True)


@dataclass(frozen=True, slots=True)
class Look:
    """One look, with the number of what was looked at; the number is all of it that an auditor sees."""

    line: AccessLog
    number: str


@duty_view("logs")
@require_safe
def audit(request: StaffRequest) -> HttpResponse:
    """Show one log, narrowed; the first page of each search leaves a line."""
    form = LogFilter(request.GET)
    wanted, at = form.wanted(), now()
    is_looks = wanted.get("log") == "looks"
    context: dict[str, Any] = {"form": form, "is_looks": is_looks, "narrowed": bool(wanted.keys() - {"log"})}
    if is_looks:
        looks = page_of(_looks(wanted, request.user), NEWEST, request.GET)
        context |= {"page": looks, "looks": _with_numbers(looks.rows)}
    else:
        context["page"] = page_of(_staff_lines(wanted, request.user), NEWEST, request.GET)
    if not {"after", "before"} & request.GET.keys():
        _write_down(request.user, wanted, at)
    return render(request, "console/setup/audit.html", context)


def _staff_lines(wanted: dict[str, Any], by: User) -> Any:
    """Find the staff log's lines of the county, and the failed sign-ins under names that nobody has."""
    lines = StaffLog.objects.filter(county__in=[by.county, ""]).select_related("by", "about", "unit")
    if "kind" in wanted:
        lines = lines.filter(act=wanted["kind"])
    if words := wanted.get("who"):
        lines = lines.filter(_named("by", words) | _named("about", words) | Q(facts__username__icontains=words))
    return lines.filter(at__date=wanted["day"]) if "day" in wanted else lines


def _looks(wanted: dict[str, Any], by: User) -> Any:
    lines = AccessLog.objects.filter(county=by.county).select_related("user")
    if "kind" in wanted:
        lines = lines.filter(look=wanted["kind"])
    if words := wanted.get("who"):
        lines = lines.filter(_named("user", words))
    return lines.filter(at__date=wanted["day"]) if "day" in wanted else lines


def _named(field: str, words: str) -> Q:
    return Q(**{f"{field}__name__icontains": words}) | Q(**{f"{field}__username__icontains": words})


def _with_numbers(lines: list[AccessLog]) -> list[Look]:
    things = [line.thing for line in lines]
    numbers = dict(Case.objects.filter(pk__in=things).values_list("pk", "number"))
    numbers |= {report.pk: report.spoken_code for report in Report.objects.filter(pk__in=things).only("pk", "code")}
    return [Look(line, numbers.get(line.thing, "")) for line in lines]


def _write_down(user: User, wanted: dict[str, Any], at: datetime) -> None:
    facts = {name: str(value) for name, value in wanted.items()}
    write(StaffLog.Act.READ_LOG, by=user, at=at, facts=facts)
