"""Clocks and office hours, for the system administrator: how long each stage may take, and from when."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fengqiao.cases import derivation
from fengqiao.cases.models import ClockRule
from fengqiao.kit.verdict import Refused
from fengqiao.places import calendar
from fengqiao.playbooks.rulebook import clocks
from fengqiao.playbooks.rulebook.calendar import change_hours
from fengqiao.web.console.forms.rules import ChangeRule, OfficeHours
from fengqiao.web.shared.access import StaffRequest, duty_view


@duty_view("rules")
@require_safe
def rules(request: StaffRequest) -> HttpResponse:
    """List the clocks in force, with what a clock started now would be due by, and the office hours."""
    at, county = now(), request.user.county
    days = calendar.of(county)
    listed = [(each, derivation.by_rule(each.now, at, days).due_at) for each in clocks.rules_of(county, at)]
    return render(request, "console/setup/rules.html", {"rules": listed, "hours": days.hours, "at": at})


@duty_view("rules")
@require_http_methods(["GET", "HEAD", "POST"])
def change_rule(request: StaffRequest, rule: UUID) -> HttpResponse:
    """Change one rule from a day on."""
    at = now()
    found = get_object_or_404(ClockRule, pk=rule, county=request.user.county)
    form = ChangeRule(request.POST or None, rule=found, today=localdate(at))
    if form.is_bound and form.is_valid():
        try:
            clocks.change_rule(found, form.span(), on=form.cleaned_data["on"], by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The rule is changed; clocks that run keep the time they were promised by."))
            return redirect("console:rules")
    context = {"form": form, "rule": found}
    return render(request, "console/setup/change_rule.html", context, status=422 if form.is_bound else 200)


@duty_view("rules")
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: StaffRequest) -> HttpResponse:
    """Change the office hours."""
    county = request.user.county
    form = OfficeHours(request.POST or None, hours=list(calendar.of(county).hours))
    if form.is_bound and form.is_valid():
        try:
            change_hours(form.hours(), by=request.user, at=now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The office hours are changed."))
            return redirect("console:rules")
    return render(request, "console/setup/hours.html", {"form": form}, status=422 if form.is_bound else 200)
