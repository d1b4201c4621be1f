"""The registers of mediation on paper, for those who read them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from fengqiao.mediation.roll import people_of, roll, townships, without_seat
from fengqiao.places.models import Region
from fengqiao.places.models.region import Level
from fengqiao.web.console.mediation.registers import reader_view
from fengqiao.web.shared.access import StaffRequest


@reader_view
@require_safe
def print_registers(request: StaffRequest) -> HttpResponse:
    """Show committees and mediators as they are printed, of the county or of one township; no person's phone."""
    county, today = request.user.county, localdate(now())
    root = Region.objects.get(county=county, level=Level.COUNTY)
    places = list(townships(root).filter(pk__in=Region.objects.current(today)))
    area = _area(request.GET.get("place", ""), root, places)
    sheets = roll(area, root, today)
    context = {
        "area": area,
        "places": places,
        "sheets": sheets,
        "committees": sum(len(sheet.lines) for sheet in sheets),
        "people": people_of(sheets),
        "warned": sum(sheet.warned for sheet in sheets),
        "loose": without_seat(county, today) if area == root else [],
        "today": today,
    }
    return render(request, "console/mediation/registers/print.html", context)


def _area(code: str, root: Region, places: list[Region]) -> Region:
    """Find which part was asked for; a place that is no township of the county does not exist."""
    if not code:
        return root
    found = next((each for each in places if each.code == code), None)
    if found is None:
        raise Http404
    return found
