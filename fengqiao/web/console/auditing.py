"""Finds the lines of the three logs that an audit administrator asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.kit.codes import tidy
from fengqiao.people.models import FailedSignIn, StaffLog, User
from fengqiao.rights.models import AccessLog
from fengqiao.web.shared.words import full_moment


@dataclass(frozen=True, slots=True)
class Look:
    """One look, with the number of what was looked at; the number is all of it that an auditor sees."""

    line: AccessLog
    number: str


def staff_lines(wanted: dict[str, Any], by: User) -> QuerySet[StaffLog]:
    """Find lines about accounts, posts and sign-ins in the auditor's county."""
    lines = StaffLog.objects.filter(county__in=[by.county, ""]).select_related("by", "about", "unit")
    if "kind" in wanted:
        lines = lines.filter(act=wanted["kind"])
    if words := wanted.get("who"):
        lines = lines.filter(_named("by", words) | _named("about", words) | Q(facts__username__icontains=words))
    return lines.filter(_within(wanted))


def look_lines(wanted: dict[str, Any], by: User) -> QuerySet[AccessLog]:
    """Find looks at sensitive things: by whom, of which kind, at which case or report."""
    lines = AccessLog.objects.filter(county=by.county).select_related("user")
    if "kind" in wanted:
        lines = lines.filter(look=wanted["kind"])
    if words := wanted.get("who"):
        lines = lines.filter(_named("user", words))
    if "number" in wanted:
        lines = lines.filter(thing__in=things_of(wanted["number"], by.county))
    return lines.filter(_within(wanted))


def failed_lines(wanted: dict[str, Any], by: User) -> QuerySet[FailedSignIn]:
    """Find failed sign-ins: of the county's accounts, and under names that nobody has."""
    lines = FailedSignIn.objects.filter(county__in=[by.county, ""]).select_related("about")
    if "kind" in wanted:
        lines = lines.filter(proof=wanted["kind"])
    if words := wanted.get("who"):
        lines = lines.filter(Q(name__icontains=words) | Q(about__name__icontains=words) | Q(address__startswith=words))
    return lines.filter(_within(wanted))


def things_of(number: str, county: str) -> list[UUID]:
    """Find a case with the reports in it, or a single report, by the number or code an auditor was told."""
    cases = Case.objects.filter(county=county, number__iexact=number.strip())
    reports = Report.objects.filter(Q(case__in=cases) | Q(county=county, code=tidy(number)))
    return [*cases.values_list("pk", flat=True), *reports.values_list("pk", flat=True)]


def with_numbers(lines: Iterable[AccessLog]) -> list[Look]:
    """Put to each look the number of the thing, and nothing else of it."""
    lines = list(lines)
    things = [line.thing for line in lines]
    numbers = dict(Case.objects.filter(pk__in=things).values_list("pk", "number"))
    numbers |= {report.pk: report.spoken_code for report in Report.objects.filter(pk__in=things).only("pk", "code")}
    return [Look(line, numbers.get(line.thing, "")) for line in lines]


def staff_row(line: StaffLog, facts: str) -> list[str]:
    """Write a line of the staff log as a row."""
    return [full_moment(line.at), _signed(line.by), line.get_act_display(), _signed(line.about), facts]


def look_row(look: Look) -> list[str]:
    """Write a look as a row."""
    line = look.line
    return [full_moment(line.at), _signed(line.user), line.get_look_display(), look.number, line.reason]


def failed_row(line: FailedSignIn) -> list[str]:
    """Write failed sign-ins as a row."""
    name, address = line.name or _("many names"), line.address or _("many addresses")
    return [full_moment(line.at), name, address, line.get_proof_display(), str(line.count), _signed(line.about)]


def _signed(user: User | None) -> str:
    return f"{user} ({user.username})" if user else ""


def _named(field: str, words: str) -> Q:
    return Q(**{f"{field}__name__icontains": words}) | Q(**{f"{field}__username__icontains": words})


def _within(wanted: dict[str, Any]) -> Q:
    """Match the days asked for, the last one included."""
    asked = Q()
    if "since" in wanted:
        asked &= Q(at__gte=make_aware(datetime.combine(wanted["since"], time())))
    if "until" in wanted:
        asked &= Q(at__lte=make_aware(datetime.combine(wanted["until"], time.max)))
    return asked
