"""The county's places and centres, counted, beside what was printed about them."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from fengqiao.places.models import County, Region
from fengqiao.places.models.region import Kind, Level
from fengqiao.places.queries import coverage
from fengqiao.web.shared.access import StaffRequest, staff_view

SHOWN = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)


@dataclass
class Township:
    """A township and what lies below it."""

    region: Region
    villages: list[Region] = field(default_factory=list)


@staff_view
@require_safe
def places(request: StaffRequest) -> HttpResponse:
    """Show the tree of the county and how many centres it has."""
    today = localdate()
    county = get_object_or_404(County, pk=request.user.county)
    counted = coverage(county.code, today)
    regions = Region.objects.current(today).filter(Q(county=county.code) & Q(level__in=SHOWN)).order_by("path")
    context = {
        "county": county,
        "coverage": counted,
        "townships": _tree(list(regions)),
        "figures": counted.figures,
        "village_committees": counted.count(Kind.VILLAGE_COMMITTEE),
        "communities": counted.count(Kind.RESIDENTS_COMMITTEE),
        "quasi": counted.count(Kind.QUASI_RESIDENTS, Kind.QUASI_VILLAGE),
        "township_count": counted.at(Level.TOWNSHIP),
    }
    return render(request, "console/places/places.html", context)


def _tree(regions: list[Region]) -> list[Township]:
    townships: list[Township] = []
    for region in regions:
        if region.level == Level.TOWNSHIP:
            townships.append(Township(region))
        elif region.level == Level.VILLAGE and townships:
            townships[-1].villages.append(region)
    return townships
