"""Units, for the system administrator: which there are, what is said about each, and how one ends."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fengqiao.cases.transitions import succeeding
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Post, StaffLog, Unit
from fengqiao.people.transitions import units as acts
from fengqiao.web.console.forms.units import CloseUnit, UnitForm, UnitsFilter
from fengqiao.web.shared.access import StaffRequest, duty_view

ROWS = 50
LATEST_LINES = 30


@duty_view("units")
@require_safe
def units(request: StaffRequest) -> HttpResponse:
    """List the units of the county."""
    today = localdate(now())
    form = UnitsFilter(request.GET)
    wanted = form.wanted()
    held = Count("posts", filter=Q(posts__in=Post.objects.held_on(today)))
    found = narrowed(wanted, request.user.county).select_related("region__parent__parent", "successor")
    page = Paginator(found.annotate(held=held).order_by("kind", "code"), ROWS).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "today": today, **_beside(request, page)}
    return render(request, "console/setup/units.html", context)


def narrowed(wanted: dict[str, str], county: str) -> QuerySet[Unit]:
    """Narrow the units of a county to those asked for; a name of earlier times finds them too."""
    today = localdate(now())
    found = Unit.objects.filter(county=county)
    states = {"closed": Q(valid_to__lte=today), "closing": Q(valid_to__gt=today)}
    found = found.filter(states.get(wanted.get("state", ""), Q(valid_to=None) | Q(valid_to__gt=today)))
    if kind := wanted.get("kind"):
        found = found.filter(kind=kind)
    if words := wanted.get("q"):
        former = Q(pk__in=Unit.objects.filter(former_names__name__icontains=words).values("pk"))
        found = found.filter(Q(name__icontains=words) | Q(short_name__icontains=words) | former)
    return found


def _beside(request: StaffRequest, page: Page[Any]) -> dict[str, str]:
    """Give the addresses of the pages before and after this one."""
    wanted = {"newer": page.number - 1, "older": page.number + 1}
    address, beside = request.GET.copy(), {}
    for name, number in wanted.items():
        address["page"] = str(number)
        beside[name] = f"?{address.urlencode()}" if 0 < number <= page.paginator.num_pages else ""
    return beside


@duty_view("units")
@require_http_methods(["GET", "HEAD", "POST"])
def new_unit(request: StaffRequest) -> HttpResponse:
    """Add a unit."""
    at = now()
    form = UnitForm(request.POST or None, county=request.user.county, today=localdate(at))
    if form.is_bound and form.is_valid():
        try:
            unit = acts.add_unit(form.about(), by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The unit stands; the security administrator can give posts in it."))
            return redirect("console:unit", unit.code)
    return render(request, "console/setup/new_unit.html", {"form": form}, status=422 if form.is_bound else 200)


@duty_view("units")
@require_safe
def unit(request: StaffRequest, unit: str) -> HttpResponse:
    """Show one unit: what is said about it, its posts, and what was done about it."""
    found, today = find(request, unit), localdate(now())
    lines = StaffLog.objects.filter(unit=found, about=None).select_related("by").order_by("-at", "-pk")
    context = {
        "unit": found,
        "former_names": found.former_names.order_by("-until"),
        "posts": found.posts.held_on(today).select_related("user", "region__parent__parent").order_by("role", "pk"),
        "in_hand": succeeding.in_hand(found),
        "lines": lines[:LATEST_LINES],
        "today": today,
    }
    return render(request, "console/setup/unit.html", context)


@duty_view("units")
@require_http_methods(["GET", "HEAD", "POST"])
def change_unit(request: StaffRequest, unit: str) -> HttpResponse:
    """Change what is said about a unit."""
    found, at = find(request, unit), now()
    form = UnitForm(request.POST or None, county=request.user.county, today=localdate(at), unit=found)
    if form.is_bound and form.is_valid():
        try:
            acts.change_unit(found, form.about(), by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The unit is changed."))
            return redirect("console:unit", found.code)
    context = {"form": form, "unit": found}
    return render(request, "console/setup/change_unit.html", context, status=422 if form.is_bound else 200)


@duty_view("units")
@require_http_methods(["GET", "HEAD", "POST"])
def close_unit(request: StaffRequest, unit: str) -> HttpResponse:
    """Close a unit: first what would come of it, then the act."""
    found, at = find(request, unit), now()
    form = CloseUnit(request.POST or None, unit=found, today=localdate(at))
    is_tried = form.is_bound and form.is_valid() and _try(request, found, form)
    if is_tried and "sure" in request.POST:
        messages.success(request, _("The closing is settled."))
        return redirect("console:unit", found.code)
    on = form.cleaned_data["on"] if is_tried else localdate(at)
    ending = found.posts.lasting_beyond(on).select_related("user", "region__parent__parent").order_by("role", "pk")
    context = {
        "form": form,
        "unit": found,
        "is_preview": is_tried,
        "in_hand": succeeding.in_hand(found),
        "ending": ending,
        "said": form.cleaned_data if is_tried else {},
    }
    return render(request, "console/setup/close_unit.html", context, status=422 if form.errors else 200)


def _try(request: StaffRequest, found: Unit, form: CloseUnit) -> bool:
    """Close the unit; unless the reader is sure, take it back again once it has been seen that it could be done."""
    try:
        with transaction.atomic():
            succeeding.close_unit(found, **form.cleaned_data, by=request.user, at=now())
            transaction.set_rollback("sure" not in request.POST)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def find(request: StaffRequest, code: str) -> Unit:
    """Fetch a unit of the own county; others do not exist."""
    found = Unit.objects.select_related("region__parent__parent", "successor")
    return get_object_or_404(found, code=code, county=request.user.county)
