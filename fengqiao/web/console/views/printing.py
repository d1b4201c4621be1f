"""A case on paper: everything of it on A4, contacts masked unless someone who may call gives a reason."""

from datetime import datetime

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fengqiao.intake.queries import brought
from fengqiao.people.models import User
from fengqiao.rights.models import AccessLog
from fengqiao.rights.transitions import record_look
from fengqiao.web.console.loglines import entries
from fengqiao.web.console.looking import ask_why, record
from fengqiao.web.console.said import Said, said
from fengqiao.web.console.views.cases import find
from fengqiao.web.shared import standing
from fengqiao.web.shared.access import StaffRequest, staff_view


class Reason(forms.Form):
    """Why the contacts are printed in full."""

    reason = forms.CharField(label=gettext_lazy("Why the contacts are needed on paper"), min_length=2, max_length=200)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def print_case(request: StaffRequest, number: str) -> HttpResponse:
    """Show a case as it is printed; a POST with a reason prints the contacts in full, and that is written down."""
    case, at = find(request.user, number), now()
    if asked := ask_why(request, case):
        return asked
    form = Reason(request.POST or None)
    each = said(brought(case), request.user, at)
    if request.method == "POST":
        if not any(one.verdict for one in each):
            raise PermissionDenied(_("Your post does not call residents about this."))
        form = Reason(request.POST)
    is_shown = form.is_bound and form.is_valid()
    if case.is_restricted:
        record(request, case, at, door=_("To print it"))
    _record(each if is_shown else [], form, request.user, at)
    context = {
        "case": case,
        "said": each,
        "is_shown": is_shown,
        "may_show": any(one.verdict and one.has_contact for one in each),
        "form": form,
        "clocks": [standing.clock_in_words(clock) for clock in case.clocks.order_by("started_at", "id")],
        "log": entries(case.log.select_related("by", "unit").order_by("line"), seen=case.line_count)[::-1],
        "at": at,
    }
    return render(request, "console/cases/print.html", context, status=422 if form.is_bound and not is_shown else 200)


def _record(shown: list[Said], form: Reason, user: User, at: datetime) -> None:
    """Write down each look at a contact shown in full."""
    for report in [one.report for one in shown if one.verdict and one.has_contact]:
        look, why = AccessLog.Look.CONTACT, form.cleaned_data["reason"]
        record_look(look, county=report.county, kind="report", thing=report.pk, user=user, at=at, reason=why)
