"""Errands run on someone's behalf: taken at the window or in the grid, and the receipt of the papers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengqiao.cases.scope import held_posts
from fengqiao.intake.models import Errand, Report
from fengqiao.intake.policy import AT_THE_COUNTER, may_return_papers
from fengqiao.intake.transitions import errands
from fengqiao.intake.workflow import Channel
from fengqiao.kit.verdict import Refused, Verdict
from fengqiao.people.models import Role
from fengqiao.places.models import County
from fengqiao.web.console.forms.errand import GiveBack, TakeErrand
from fengqiao.web.console.views.intake import FRESH, own_place
from fengqiao.web.console.views.triage import find
from fengqiao.web.shared.access import StaffRequest, staff_view


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: StaffRequest) -> HttpResponse:
    """Show the form, or take the errand in."""
    at, county = now(), get_object_or_404(County, pk=request.user.county)
    posts = [post for post in held_posts(request.user, at) if post.role in AT_THE_COUNTER]
    if not posts:
        raise PermissionDenied(_("Your post does not take in reports."))
    channel = Channel.GRID if all(post.role == Role.GRID_WORKER for post in posts) else Channel.WINDOW
    form = TakeErrand(request.POST or None, county=county.code, today=localdate(at), begin_at=own_place(posts))
    if form.is_valid():
        try:
            receipt = errands.take(county, form.entry(channel), form.agreement(), by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if receipt.secret:
                request.session[FRESH] = [receipt.report.code, receipt.secret]
            return redirect("console:received", receipt.report.code)
    return render(request, "console/intake/errand.html", {"form": form}, status=422 if form.is_bound else 200)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: StaffRequest, code: str) -> HttpResponse:
    """Show the receipt of an errand's papers, to print; and note which went back."""
    report, at = find(request.user, code), now()
    errand = Errand.objects.filter(report=report).first()
    may = may_return_papers(request.user, report, at) if errand else Verdict(False)
    form = GiveBack(request.POST or None, errand=errand) if errand else None
    if request.method == "POST":
        if not may or form is None:
            raise PermissionDenied(may.reason)
        if form.is_valid() and _given_back(request, report, form):
            return redirect("console:papers", report.code)
    context = {
        "report": report,
        "errand": errand,
        "papers": errand.papers.select_related("returned_by").order_by("place") if errand else (),
        "form": form if may and form and form.fields["papers"].choices else None,  # type: ignore[attr-defined]
        "at": at,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "console/reports/papers.html", context, status=status)


def _given_back(request: StaffRequest, report: Report, form: GiveBack) -> bool:
    """Note it; a refusal stands on the form."""
    said = form.cleaned_data
    try:
        errands.give_back(report, said["papers"], to=said["to"], by=request.user, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Noted."))
    return True
