"""What became of the disputes of a year, beside what was printed about the county."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fengqiao.insight import areas
from fengqiao.insight.mediated import year_of
from fengqiao.web.console.disputepage import dispute_page
from fengqiao.web.shared.access import StaffRequest, staff_view

FIRST_YEAR = 2017  # the calendar begins there


@staff_view
@require_safe
def year(request: StaffRequest) -> HttpResponse:
    """Show the year of an area one answers for."""
    at = now()
    own = areas.own_areas(request.user, at)
    if not own:
        raise PermissionDenied(_("The figures of the year are for those who work at a governance centre."))
    code = request.GET.get("region", "")
    region = areas.area(own, code) if code else own[0]
    if region is None:
        raise Http404
    counted = year_of(region, _year(request.GET.get("year", ""), at), request.user, at)
    years = range(localdate(at).year, FIRST_YEAR - 1, -1)
    context = {"page": dispute_page(counted), "year": counted, "areas": areas.areas(own, at), "years": years, "at": at}
    return render(request, "console/day/disputes.html", context)


def _year(typed: str, at: datetime) -> int:
    """Read the year asked for; what is none, or has not begun, is this one."""
    this = localdate(at).year
    year = int(typed) if typed.isdecimal() and len(typed) == 4 else this
    return year if FIRST_YEAR <= year <= this else this
