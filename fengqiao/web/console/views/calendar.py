"""The calendar of working days, for the system administrator: years as months, next year's notice pasted in."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fengqiao.kit.workdays import Day
from fengqiao.places.holidays import Notice, read_notice
from fengqiao.places.models import CalendarYear, WorkDay
from fengqiao.playbooks.rulebook.calendar import publish_year
from fengqiao.web.console.forms.rules import PublishedYear
from fengqiao.web.console.months import months
from fengqiao.web.shared.access import StaffRequest, duty_view


@duty_view("rules")
@require_safe
def calendar(request: StaffRequest) -> HttpResponse:
    """Show a year, the present one unless another is asked for."""
    years = list(CalendarYear.objects.order_by("-year"))
    shown = _shown(years, request.GET.get("year", ""))
    days = {day.on: Day(day.working, day.name) for day in WorkDay.objects.filter(on__year=shown.year)} if shown else {}
    context = {"years": years, "shown": shown, "months": months(shown.year, days) if shown else [], **_next(years)}
    return render(request, "console/setup/calendar.html", context)


@duty_view("rules")
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: StaffRequest) -> HttpResponse:
    """Take over a year's notice: first what was understood, then the act."""
    form = PublishedYear(request.POST or None, initial=_next(list(CalendarYear.objects.order_by("-year"))))
    notice = None
    if form.is_bound and form.is_valid():
        notice = read_notice(form.cleaned_data["text"], form.cleaned_data["year"])
        if "sure" in request.POST and not notice.problems:
            publish_year(form.published(), notice, by=request.user, at=now())
            messages.success(request, _("The year is published; clocks that start from now on are counted by it."))
            return redirect(f"{request.path.removesuffix('publish/')}?year={form.cleaned_data['year']}")
    return render(request, "console/setup/publish.html", _preview(form, notice), status=_status(form, notice))


def _preview(form: PublishedYear, notice: Notice | None) -> dict[str, Any]:
    drawn = months(form.cleaned_data["year"], notice.days) if notice and not notice.problems else []
    return {"form": form, "notice": notice, "months": drawn}


def _status(form: PublishedYear, notice: Notice | None) -> int:
    return 422 if form.errors or (notice and notice.problems) else 200


def _shown(years: list[CalendarYear], asked: str) -> CalendarYear | None:
    wanted = int(asked) if asked.isdecimal() and len(asked) == 4 else localdate(now()).year
    return next((year for year in years if year.year == wanted), years[0] if years else None)


def _next(years: list[CalendarYear]) -> dict[str, Any]:
    """Guess which year is to be published next: the first that is provisional or missing."""
    known = {year.year for year in years if not year.provisional}
    year = max(known, default=date.min.year) + 1 if known else localdate(now()).year
    return {"year": year, "edition": f"国务院办公厅关于{year}年部分节假日安排的通知"}
