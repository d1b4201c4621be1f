"""A dispute is brought to a committee: the form, and the one act behind it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengqiao.cases.scope import held_posts
from fengqiao.intake.transitions.disputes import take_in_dispute
from fengqiao.intake.transitions.receiving import Receipt
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Role, Unit, User
from fengqiao.places import counties
from fengqiao.places.models import County
from fengqiao.web.console.mediation.forms.taking_in import TakeIn
from fengqiao.web.console.opening import centre_of
from fengqiao.web.console.views.intake import FRESH
from fengqiao.web.shared.access import StaffRequest, staff_view


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def new_dispute(request: StaffRequest) -> HttpResponse:
    """Show the form, or take the dispute in: report, case and dossier in one act."""
    at, county = now(), counties.of(request.user.county)
    if county is None:
        raise Http404
    units = _units_of(request.user, at)
    if not units:
        raise PermissionDenied(_("Disputes are taken in by those who mediate for a committee."))
    form = TakeIn(request.POST or None, county=county.code, units=units, at=at)
    receipt = _take_in(form, county, request.user, at) if form.is_bound and form.is_valid() else None
    if receipt is not None:
        return _received(request, receipt)
    return render(request, "console/mediation/new.html", {"form": form}, status=422 if form.is_bound else 200)


def _units_of(user: User, at: datetime) -> list[Unit]:
    """List the committees for which somebody mediates."""
    return list({post.unit_id: post.unit for post in held_posts(user, at) if post.role == Role.MEDIATOR}.values())


def _take_in(form: TakeIn, county: County, user: User, at: datetime) -> Receipt | None:
    """Take the dispute in; a refusal is said beside the form."""
    try:
        brought = form.brought(centre_of(user, county.code, at))
        return take_in_dispute(county, form.entry(), brought, by=user, at=at)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _received(request: StaffRequest, receipt: Receipt) -> HttpResponse:
    """Keep a fresh secret for the one page that shows it; a form sent twice leaves the first one be."""
    if receipt.secret:
        request.session[FRESH] = [receipt.report.code, receipt.secret]
    return redirect("console:received", receipt.report.code)
