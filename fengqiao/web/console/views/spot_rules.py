"""Limits of what is settled on the spot, for the system administrator: what holds, what follows, and a change."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import SpotLimits
from fengqiao.playbooks.rulebook import spot
from fengqiao.web.console.forms.spot_rules import SpotLimitsForm
from fengqiao.web.shared.access import StaffRequest, duty_view


@duty_view("rules")
@require_http_methods(["GET", "HEAD", "POST"])
def spot_limits(request: StaffRequest) -> HttpResponse:
    """Show the limits in force, those before and those to come; and change them from a day on."""
    at, county = now(), request.user.county
    held, later = spot.limits_in(county, at)
    form = SpotLimitsForm(request.POST or None, known=held, today=localdate(at))
    if form.is_bound and form.is_valid():
        try:
            spot.change_limits(form.limits(), on=form.cleaned_data["on"], by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The limits are changed."))
            return redirect("console:spot_limits")
    versions = [
        (each, spot.in_words(each)) for each in SpotLimits.objects.filter(county=county).order_by("-valid_from")
    ]
    context = {"form": form, "held": held, "held_words": spot.in_words(held), "later": later, "versions": versions}
    return render(request, "console/setup/spot_limits.html", context, status=422 if form.is_bound else 200)
