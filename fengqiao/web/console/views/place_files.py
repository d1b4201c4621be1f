"""Lists of grids and files of boundaries: looked through row by row first, and taken over in one go."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengqiao.kit.verdict import Refused
from fengqiao.places.models import Boundary, Level
from fengqiao.playbooks.models import PlaceFile
from fengqiao.playbooks.redrawing import files, grid_sheet
from fengqiao.web.console.forms.regions import SendBoundaries, SendFile, SendGrids
from fengqiao.web.shared.access import StaffRequest, duty_view

SHOWN = 200  # rows of each sort on the page; all of them are counted
LATEST = 10


@duty_view("places")
@require_http_methods(["GET", "HEAD", "POST"])
def grids(request: StaffRequest) -> HttpResponse:
    """Take a list of grids in, to be looked through."""
    beside = {"heads": grid_sheet.HEADS, "sample": grid_sheet.SAMPLE}
    return _take_in(request, SendGrids, "console/setup/grids.html", beside)


@duty_view("places")
@require_http_methods(["GET", "HEAD", "POST"])
def boundaries(request: StaffRequest) -> HttpResponse:
    """Take a file of boundaries in, to be looked through."""
    drawn = Boundary.objects.current(localdate(now())).filter(county=request.user.county)
    found = dict(drawn.values_list("region__level").annotate(count=Count("pk")))
    counts = {level.label: found[level] for level in Level if level in found}
    return _take_in(request, SendBoundaries, "console/setup/boundaries.html", {"counts": counts})


def _take_in(request: StaffRequest, form_class: type[SendFile], template: str, beside: dict[str, Any]) -> HttpResponse:
    """Show the form, or keep what was sent."""
    at = now()
    form = form_class(request.POST or None, request.FILES or None, initial={"on": localdate(at)})
    if form.is_bound and form.is_valid():
        try:
            file = files.keep(form.sent(), by=request.user, at=at)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("console:place_file", file.pk)
    latest = _of(request).filter(kind=form_class.kind).select_related("by").order_by("-at")[:LATEST]
    context = {"form": form, "latest": latest, **beside}
    return render(request, template, context, status=422 if form.is_bound else 200)


@duty_view("places")
@require_safe
def grid_list(request: StaffRequest) -> HttpResponse:
    """Give the template, or the grids there are, as a table that can be sent in again."""
    is_template = "template" in request.GET
    table = grid_sheet.template() if is_template else grid_sheet.write(grid_sheet.listed(request.user.county))
    answer = HttpResponse(table, content_type="text/csv; charset=utf-8")
    name = "grids-template.csv" if is_template else f"grids-{request.user.county}-{localdate(now())}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@duty_view("places")
@require_safe
def place_file(request: StaffRequest, sheet: UUID) -> HttpResponse:
    """Show what a file would change, or every error in it."""
    return _page_of(request, get_object_or_404(_of(request), pk=sheet))


@duty_view("places")
@require_POST
def apply_file(request: StaffRequest, sheet: UUID) -> HttpResponse:
    """Take a file over, all of it or nothing."""
    found = get_object_or_404(_of(request), pk=sheet)
    try:
        files.apply(found, by=request.user, at=now())
    except Refused as refusal:
        return _page_of(request, found, str(refusal))
    messages.success(request, _("The file is taken over."))
    return redirect("console:place_file", found.pk)


def _page_of(request: StaffRequest, file: PlaceFile, refusal: str = "") -> HttpResponse:
    made = files.look_through(file)
    context = {"file": file, "made": made, "refusal": refusal, "shown": SHOWN}
    page = "place_file" if file.kind == PlaceFile.Kind.GRIDS else "boundary_file"
    return render(request, f"console/setup/{page}.html", context, status=422 if refusal else 200)


def _of(request: StaffRequest) -> QuerySet[PlaceFile]:
    """Give the files of the own county; others do not exist."""
    return PlaceFile.objects.filter(county=request.user.county)
