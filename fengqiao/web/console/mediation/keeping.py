"""Keeping the registers of mediation, for the system administrator: committees, mediators, seats, tables sent in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Mediator, Membership
from fengqiao.mediation.transitions import committees as acts
from fengqiao.mediation.transitions import mediators
from fengqiao.playbooks.registering import committees as committee_table
from fengqiao.playbooks.registering import files, sheet
from fengqiao.playbooks.registering import mediators as mediator_table
from fengqiao.web.console.forms.registers import CommitteeForm, MediatorForm, SeatForm, SendRegister
from fengqiao.web.console.forms.units import CloseUnit
from fengqiao.web.console.mediation.registers import find_committee, find_mediator
from fengqiao.web.shared.access import StaffRequest, duty_view

FORM = "console/mediation/registers/form.html"
SHOWN = 200  # faults on the page; all of them are counted
COLUMNS = {"committees": committee_table.COLUMNS, "mediators": mediator_table.COLUMNS}
STATUS = {
    "serve": Mediator.Status.SERVING,
    "suspend": Mediator.Status.SUSPENDED,
    "leave": Mediator.Status.LEFT,
}


@duty_view("units")
@require_http_methods(["GET", "HEAD", "POST"])
def new_committee(request: StaffRequest) -> HttpResponse:
    """Enter a committee with its unit."""
    at = now()
    form = CommitteeForm(request.POST or None, county=request.user.county, today=localdate(at))
    if form.is_bound and form.is_valid():
        try:
            made = acts.add_committee(form.said(), by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The committee stands; enter its mediators next."))
            return redirect("console:committee", made.unit.code)
    return _form(request, form, _("New committee"))


@duty_view("units")
@require_http_methods(["GET", "HEAD", "POST"])
def change_committee(request: StaffRequest, committee: str) -> HttpResponse:
    """Change what the register says of a committee."""
    found, at = find_committee(request, committee), now()
    form = CommitteeForm(request.POST or None, county=request.user.county, today=localdate(at), known=found)
    if form.is_bound and form.is_valid():
        try:
            acts.change_committee(found, form.said(), by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The register is changed."))
            return redirect("console:committee", committee)
    return _form(request, form, _("Change %(name)s") % {"name": found})


@duty_view("units")
@require_http_methods(["GET", "HEAD", "POST"])
def close_committee(request: StaffRequest, committee: str) -> HttpResponse:
    """Close a committee; what is in its hands goes to its successor."""
    found, at = find_committee(request, committee), now()
    form = CloseUnit(request.POST or None, unit=found.unit, today=localdate(at))
    if form.is_bound and form.is_valid():
        try:
            acts.close_committee(found, **form.cleaned_data, by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The closing is settled."))
            return redirect("console:committee", committee)
    return _form(request, form, _("Close %(name)s") % {"name": found})


@duty_view("units")
@require_http_methods(["GET", "HEAD", "POST"])
def new_mediator(request: StaffRequest) -> HttpResponse:
    """Enter a mediator."""
    form = MediatorForm(request.POST or None, county=request.user.county)
    if form.is_bound and form.is_valid():
        try:
            made = mediators.add_mediator(form.who(), by=request.user, at=now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Entered; give the seat in a committee next."))
            return redirect("console:give_seat", made.pk)
    return _form(request, form, _("New mediator"))


@duty_view("units")
@require_http_methods(["GET", "HEAD", "POST"])
def change_mediator(request: StaffRequest, mediator: UUID) -> HttpResponse:
    """Change what the register says of a mediator."""
    found = find_mediator(request, mediator)
    form = MediatorForm(request.POST or None, county=request.user.county, known=found)
    if form.is_bound and form.is_valid():
        try:
            mediators.change_mediator(found, form.who(), by=request.user, at=now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The register is changed."))
            return redirect("console:mediator", found.pk)
    return _form(request, form, _("Change %(name)s") % {"name": found})


@duty_view("units")
@require_http_methods(["GET", "HEAD", "POST"])
def give_seat(request: StaffRequest, mediator: UUID) -> HttpResponse:
    """Give a mediator a seat in a committee, or another one there."""
    found, at = find_mediator(request, mediator), now()
    form = SeatForm(request.POST or None, county=request.user.county, today=localdate(at))
    if form.is_bound and form.is_valid():
        try:
            mediators.give_seat(found, **form.cleaned_data, by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The seat is given."))
            return redirect("console:mediator", found.pk)
    return _form(request, form, _("A seat for %(name)s") % {"name": found})


@duty_view("units")
@require_POST
def end_seat(request: StaffRequest, seat: UUID) -> HttpResponse:
    """End a seat today, or take one to come back."""
    found, at = get_object_or_404(Membership, county=request.user.county, pk=seat), now()
    on = max(localdate(at), found.starts_on)
    said = _("The seat is taken back.") if found.starts_on > localdate(at) else _("The seat has ended.")
    studios = "、".join(mediators.studios_under(found, on).values_list("name", flat=True))
    try:
        mediators.end_seat(found, on=on, by=request.user, at=at)
        messages.success(request, said)
        if studios:
            messages.info(request, _("Closed with it: %(studios)s.") % {"studios": studios})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("console:mediator", found.mediator_id)


@duty_view("units")
@require_POST
def set_status(request: StaffRequest, mediator: UUID, act: str) -> HttpResponse:
    """Suspend a mediator, let them serve again, or let them go."""
    found = find_mediator(request, mediator)
    if act not in STATUS:
        raise Http404
    try:
        mediators.set_status(found, STATUS[act], by=request.user, at=now())
        messages.success(request, _("The register is changed."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("console:mediator", found.pk)


@duty_view("units")
@require_http_methods(["GET", "HEAD", "POST"])
def register_table(request: StaffRequest, register: files.Register) -> HttpResponse:
    """Look a table through: first every fault or what would change, then all of it is taken over or nothing."""
    if register not in files.NAMES:
        raise Http404
    form = SendRegister(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "register": register, "columns": COLUMNS[register], "shown": SHOWN}
    if request.method == "POST":
        try:
            if "text" in request.POST:
                files.apply(register, request.POST["text"], by=request.user, at=now())
                messages.success(request, _("The file is taken over."))
                return redirect(f"console:{register}")
            if form.is_valid():
                text = files.text_of(form.cleaned_data["file"].read())
                context |= {"made": files.look_through(register, text, by=request.user, at=now()), "text": text}
        except Refused as refusal:
            form.add_error(None, str(refusal))
    status = 422 if request.method == "POST" and "made" not in context else 200
    return render(request, "console/mediation/registers/table.html", context, status=status)


@duty_view("units")
@require_safe
def register_template(request: StaffRequest, register: str) -> HttpResponse:
    """Give the columns of a table with a few rows to show how they are filled."""
    if register not in COLUMNS:
        raise Http404
    answer = HttpResponse(sheet.template(COLUMNS[register]), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{register}-template.csv"'
    return answer


def _form(request: StaffRequest, form: Any, title: str) -> HttpResponse:
    return render(request, FORM, {"form": form, "title": title}, status=422 if form.is_bound else 200)
