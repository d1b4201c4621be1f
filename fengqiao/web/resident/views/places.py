"""A page for every place, the index of all of them, and the squares to print and hang up."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fengqiao.people import duty
from fengqiao.people.queries import service_at
from fengqiao.places import calendar as calendars
from fengqiao.places.drawing import drawing_of
from fengqiao.places.models import Region
from fengqiao.reception.models import ReceptionDay
from fengqiao.reception.queries import announced
from fengqiao.web.resident import placing, qr
from fengqiao.web.resident.counter import counter_for, counties
from fengqiao.web.resident.forms.reporting import full_place, grid_choices
from fengqiao.web.resident.hours import hours_of
from fengqiao.web.resident.placing import Place, nearest_offered
from fengqiao.web.shared.access import public_view
from fengqiao.web.shared.position import place_at
from fengqiao.web.shared.public import public_address

STICKERS = 12  # that fit on a sheet


@public_view
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List a county's places by township, or find some by name."""
    today, words = localdate(), request.GET.get("q", "").replace("\0", " ").strip()[:40]
    counter = counter_for(request.GET.get("county", ""), today)
    county = counter.county.code if counter else ""
    context = {
        "counter": counter,
        "counties": counties() if counter is None else [],
        "words": words,
        "found": placing.search(county, words, today) if words and county else [],
        "townships": placing.tree(county, today) if county and not words else [],
    }
    return render(request, "resident/places/index.html", context)


@public_view
@require_safe
def grids(request: HttpRequest) -> HttpResponse:
    """Give the grids of a village as the lines of a list; nothing where there are none."""
    today, code = localdate(), request.GET.get("region", "")[:24]
    known = Region.objects.filter(county__in=[one.code for one in counties()])
    village = known.filter(code=code).first() if code.isprintable() else None
    county = next((one for one in counties() if village is not None and one.code == village.county), None)
    choices = grid_choices(county, code, today) if county else []
    return render(request, "resident/report/grids.html", {"choices": choices})


@public_view
@require_POST
def here(request: HttpRequest) -> HttpResponse:
    """Tell in which place a position lies, so that it need not be looked for; the position is kept nowhere."""
    county = request.GET.get("county", "")
    found = place_at(county, request.POST, localdate()) if county in {one.code for one in counties()} else None
    if found is None:
        return JsonResponse({"words": _("No boundary is drawn where you are. Please choose the place from the list.")})
    offered, grid = nearest_offered(found)
    words = _("You are in %(place)s. Change it if the matter lies elsewhere; your position is not kept.")
    said = {"place": full_place(found)}
    return JsonResponse({"words": words % said, "region": offered.code, "grid": grid})


@public_view
@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show who serves a place, by unit and post, when it is open, and the way to tell them something."""
    at = now()
    found, today = _find(code), localdate(at)
    region = found.region
    service = service_at(region, found.above, today)
    calendar = calendars.of(region.county)
    context = {
        "place": found,
        "region": region,
        "counter": counter_for(region.county, today),
        "service": service,
        "here_today": duty.today_at(service.centre, at, calendar) if service.centre else None,
        "below": Region.objects.current(today).children(region),
        "receptions": announced(ReceptionDay.objects.filter(county=region.county).serving(region.path), at, today),
        "drawing": None if found.closed else drawing_of(region, today),
        "hours": hours_of(calendar, at),
    }
    return render(request, "resident/places/place.html", context)


@public_view
@require_safe
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Show a sheet to print: one large square, or a dozen small ones to cut out."""
    found, today = _find(code), localdate()
    if found.closed:
        raise Http404
    context = {
        "place": found,
        "region": found.region,
        "counter": counter_for(found.region.county, today),
        "service": service_at(found.region, found.above, today),
        "stickers": range(STICKERS) if request.GET.get("size") == "stickers" else None,
    }
    return render(request, "resident/places/sheet.html", context)


@public_view
@require_safe
def square(request: HttpRequest, code: str) -> HttpResponse:
    """Draw the square that starts a report about a place; it holds its address and nothing else."""
    found = _find(code)
    address = public_address(request, f"{reverse('resident:report')}?place={found.region.code}")
    drawing = qr.picture(address, _("Report something about %(place)s") % {"place": found.name})
    return HttpResponse(drawing, content_type="image/svg+xml")


def _find(code: str) -> Place:
    found = placing.find_place(code, localdate())
    if found is None:
        raise Http404
    return found
