"""The registers of mediation, for those who work with them: committees with what is to be done, mediators, seats."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.keeping import may_find, may_hear, may_keep, may_read
from fengqiao.mediation.models import Committee, Mediator, MediatorComplaint, Membership
from fengqiao.mediation.registers_check import counted, warned, warnings_of
from fengqiao.mediation.transitions import complaints
from fengqiao.people.models import Unit
from fengqiao.web.console.forms.registers import CommitteesFilter, ComplaintForm, FindingForm, MediatorsFilter
from fengqiao.web.console.views.units import _beside as beside
from fengqiao.web.shared.access import StaffRequest, staff_view

ROWS = 50
View = Callable[..., HttpResponseBase]


def reader_view(view: View) -> View:
    """Open a page of the registers to those who work with them."""

    @staff_view
    @wraps(view)
    def judged(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (verdict := may_read(request.user, now())):
            raise PermissionDenied(verdict.reason)
        return view(request, *args, **kwargs)

    return judged


@reader_view
@require_safe
def committees(request: StaffRequest) -> HttpResponse:
    """List the committees of the county, each with what is to be done about it."""
    at, form = now(), CommitteesFilter(request.GET)
    found = _narrowed(form.wanted(), request.user.county).select_related("unit__region__parent__parent")
    page = Paginator(found.order_by("kind", "unit__name"), ROWS).get_page(request.GET.get("page"))
    rows = [(one, warnings_of(one, localdate(at))) for one in page]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "may_keep": may_keep(request.user, at),
        **beside(request, page),
    }
    return render(request, "console/mediation/registers/committees.html", context)


@reader_view
@require_safe
def committee(request: StaffRequest, committee: str) -> HttpResponse:
    """Show one committee: what is said of it, who sits in it, who will and who sat, its studios."""
    at = now()
    today, found = localdate(at), find_committee(request, committee)
    seats = found.memberships.select_related("mediator").order_by("-starts_on", "seat", "mediator__name")
    lasting = [seat for seat in seats if seat.lasts_beyond(today)]
    context = {
        "committee": found,
        "warnings": warnings_of(found, today),
        "seats": [seat for seat in lasting if seat.starts_on <= today],
        "coming": [seat for seat in lasting if seat.starts_on > today],
        "past": [seat for seat in seats if seat not in lasting and seat.ends_on != seat.starts_on],
        "studios": found.studios.select_related("mediator").order_by("-opened_on"),
        "may_keep": may_keep(request.user, at),
        "today": today,
    }
    return render(request, "console/mediation/registers/committee.html", context)


@reader_view
@require_safe
def mediators(request: StaffRequest) -> HttpResponse:
    """List the mediators of the county with their seats of today."""
    at, form = now(), MediatorsFilter(request.GET)
    seats = Membership.objects.lasting_beyond(localdate(at)).filter(starts_on__lte=localdate(at))
    found = _mediators(form.wanted(), request.user.county).prefetch_related(
        Prefetch("memberships", queryset=seats.select_related("committee__unit"), to_attr="seats")
    )
    page = Paginator(found.order_by("name", "pk"), ROWS).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "may_keep": may_keep(request.user, at), **beside(request, page)}
    return render(request, "console/mediation/registers/mediators.html", context)


@reader_view
@require_safe
def mediator(request: StaffRequest, mediator: UUID) -> HttpResponse:
    """Show one mediator: seats of today and before, and complaints to those who hear them."""
    return _mediator_page(request, find_mediator(request, mediator), ComplaintForm())


@reader_view
@require_POST
def complain(request: StaffRequest, mediator: UUID) -> HttpResponse:
    """Enter a complaint about a mediator."""
    found, form = find_mediator(request, mediator), ComplaintForm(request.POST)
    if form.is_valid():
        try:
            complaints.complain(found, **form.cleaned_data, by=request.user, at=now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The complaint is entered."))
            return redirect("console:mediator", found.pk)
    return _mediator_page(request, found, form)


@reader_view
@require_http_methods(["GET", "HEAD", "POST"])
def find_on(request: StaffRequest, complaint: UUID) -> HttpResponse:
    """Say what was found of a complaint."""
    at = now()
    if not (verdict := may_find(request.user, at)):
        raise PermissionDenied(verdict.reason)
    found = get_object_or_404(MediatorComplaint, county=request.user.county, pk=complaint)
    form = FindingForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            complaints.find(found, **form.cleaned_data, by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("What was found is written down."))
            return redirect("console:mediator", found.mediator_id)
    context = {"form": form, "complaint": found}
    return render(request, "console/mediation/registers/finding.html", context, status=422 if form.is_bound else 200)


def find_committee(request: StaffRequest, unit: str) -> Committee:
    """Fetch a committee of the own county by the code of its unit; others do not exist."""
    found = counted(Committee.objects.filter(county=request.user.county), localdate(now()))
    return get_object_or_404(found.select_related("unit__region__parent__parent", "unit__successor"), unit__code=unit)


def find_mediator(request: StaffRequest, mediator: UUID) -> Mediator:
    """Fetch a mediator of the own county; others do not exist."""
    return get_object_or_404(Mediator.objects.select_related("user"), county=request.user.county, pk=mediator)


def _mediator_page(request: StaffRequest, found: Mediator, form: ComplaintForm) -> HttpResponse:
    at, given = now(), found.memberships.select_related("committee__unit").order_by("-starts_on", "pk")
    seats = [seat for seat in given if seat.ends_on != seat.starts_on]  # one that was taken back never was
    context = {
        "mediator": found,
        "seats": seats,
        "lasting": [seat for seat in seats if seat.lasts_beyond(localdate(at))],
        "studios": found.studios.order_by("-opened_on"),
        "may_keep": may_keep(request.user, at),
        "may_find": may_find(request.user, at),
        "today": localdate(at),
    }
    if may_hear(request.user, at):
        told = found.complaints.select_related("by", "found_by").order_by("-at")
        context |= {"form": form, "complaints": told}
    return render(request, "console/mediation/registers/mediator.html", context, status=422 if form.is_bound else 200)


def _narrowed(wanted: dict[str, str], county: str) -> QuerySet[Committee]:
    """Narrow the committees of a county to those asked for."""
    today = localdate(now())
    standing = Unit.objects.current(today).filter(county=county)
    state = wanted.get("state", "")
    found = counted(Committee.objects.filter(county=county), today)
    found = found.exclude(unit__in=standing) if state == "closed" else found.filter(unit__in=standing)
    if state == "warned":
        found = warned(found, today)
    if kind := wanted.get("kind"):
        found = found.filter(kind=kind)
    if words := wanted.get("q"):
        found = found.filter(Q(unit__name__icontains=words) | Q(trade__icontains=words) | Q(tag__icontains=words))
    return found


def _mediators(wanted: dict[str, str], county: str) -> QuerySet[Mediator]:
    """Narrow the mediators of a county to those asked for."""
    found = Mediator.objects.filter(county=county)
    if (status := wanted.get("status", Mediator.Status.SERVING)) != "all":
        found = found.filter(status=status)
    if engagement := wanted.get("engagement"):
        found = found.filter(engagement=engagement)
    if type_ := wanted.get("type"):
        found = found.filter(types__contains=[type_])
    if words := wanted.get("q"):
        found = found.filter(name__icontains=words)
    return found
