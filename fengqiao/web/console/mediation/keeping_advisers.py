"""Keeping the registers of named studios and of experts and co-mediators, for the system administrator."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Expert, Studio
from fengqiao.mediation.transitions import experts, studios
from fengqiao.web.console.forms.advisers import EndForm, ExpertForm, StudioForm
from fengqiao.web.console.mediation.keeping import FORM
from fengqiao.web.console.mediation.registers import find_mediator
from fengqiao.web.shared.access import StaffRequest, duty_view


@duty_view("units")
@require_http_methods(["GET", "HEAD", "POST"])
def new_studio(request: StaffRequest, mediator: UUID) -> HttpResponse:
    """Open a studio under a mediator's name."""
    found, at = find_mediator(request, mediator), now()
    form = StudioForm(request.POST or None, mediator=found, today=localdate(at))
    if _taken(form, lambda: studios.open_studio(form.said(), found, by=request.user, at=at)):
        messages.success(request, _("The studio stands in the register."))
        return redirect("console:mediator", found.pk)
    return _asked(request, form, _("A studio for %(name)s") % {"name": found}, back="studios")


@duty_view("units")
@require_http_methods(["GET", "HEAD", "POST"])
def change_studio(request: StaffRequest, studio: UUID) -> HttpResponse:
    """Set right what is said of a studio."""
    found, at = _studio(request, studio), now()
    form = StudioForm(request.POST or None, mediator=found.mediator, today=localdate(at), known=found)
    if _taken(form, lambda: studios.change_studio(found, form.said(), by=request.user, at=at)):
        return _changed(request, "studios")
    return _asked(request, form, _("Change %(name)s") % {"name": found}, back="studios")


@duty_view("units")
@require_http_methods(["GET", "HEAD", "POST"])
def close_studio(request: StaffRequest, studio: UUID) -> HttpResponse:
    """Close a studio, from a day and for a reason."""
    found, at = _studio(request, studio), now()
    form = EndForm(request.POST or None, since=found.opened_on, today=localdate(at))
    if _taken(form, lambda: studios.close_studio(found, **form.cleaned_data, by=request.user, at=at)):
        return _changed(request, "studios")
    return _asked(request, form, _("Close %(name)s") % {"name": found}, back="studios")


@duty_view("units")
@require_http_methods(["GET", "HEAD", "POST"])
def new_expert(request: StaffRequest) -> HttpResponse:
    """Enter somebody who may be invited."""
    form = ExpertForm(request.POST or None)
    if _taken(form, lambda: experts.enter_expert(form.said(), by=request.user, at=now())):
        return _changed(request, "experts")
    return _asked(request, form, _("New expert or co-mediator"), back="experts")


@duty_view("units")
@require_http_methods(["GET", "HEAD", "POST"])
def change_expert(request: StaffRequest, expert: UUID) -> HttpResponse:
    """Set right what is said of somebody who may be invited."""
    found = _expert(request, expert)
    form = ExpertForm(request.POST or None, known=found)
    if _taken(form, lambda: experts.change_expert(found, form.said(), by=request.user, at=now())):
        return _changed(request, "experts")
    return _asked(request, form, _("Change %(name)s") % {"name": found.name}, back="experts")


@duty_view("units")
@require_http_methods(["GET", "HEAD", "POST"])
def end_expert(request: StaffRequest, expert: UUID) -> HttpResponse:
    """Invite somebody no more, from a day and for a reason."""
    found, at = _expert(request, expert), now()
    form = EndForm(request.POST or None, since=None, today=localdate(at))
    if _taken(form, lambda: experts.end_expert(found, **form.cleaned_data, by=request.user, at=at)):
        return _changed(request, "experts")
    return _asked(request, form, _("Invite %(name)s no more") % {"name": found.name}, back="experts")


@duty_view("units")
@require_POST
def invite_again(request: StaffRequest, expert: UUID) -> HttpResponse:
    """Let somebody be invited again."""
    try:
        experts.invite_again(_expert(request, expert), by=request.user, at=now())
        messages.success(request, _("The register is changed."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("console:experts")


def _studio(request: StaffRequest, studio: UUID) -> Studio:
    """Fetch a studio of the own county; others do not exist."""
    found = Studio.objects.select_related("mediator", "committee__unit")
    return get_object_or_404(found, county=request.user.county, pk=studio)


def _expert(request: StaffRequest, expert: UUID) -> Expert:
    """Fetch an expert of the own county; others do not exist."""
    return get_object_or_404(Expert, county=request.user.county, pk=expert)


def _taken(form: forms.Form, act: Callable[[], object]) -> bool:
    """Take the act if the form was sent and holds; a refusal stands on the form."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _changed(request: StaffRequest, register: str) -> HttpResponse:
    messages.success(request, _("The register is changed."))
    return redirect(f"console:{register}")


def _asked(request: StaffRequest, form: forms.Form, title: str, *, back: str) -> HttpResponse:
    names = {"studios": _("Named studios"), "experts": _("Experts and co-mediators")}
    context = {"form": form, "title": title, "back": reverse(f"console:{back}"), "back_title": names[back]}
    return render(request, FORM, context, status=422 if form.is_bound else 200)
