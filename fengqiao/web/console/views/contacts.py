"""Whom to call, and a new secret at the window: each look is written down."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from fengqiao.intake.policy import may_reveal
from fengqiao.intake.transitions import unlocking
from fengqiao.kit.verdict import Refused
from fengqiao.rights.models import AccessLog
from fengqiao.rights.transitions import record_look
from fengqiao.web.console.views.triage import find
from fengqiao.web.shared.access import StaffRequest, staff_view


@staff_view
@require_POST
def contact(request: StaffRequest, code: str) -> HttpResponse:
    """Show the resident's contact to whoever may call, and write down that they looked."""
    report, at = find(request.user, code), now()
    verdict = may_reveal(request.user, report, at)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    record_look(AccessLog.Look.CONTACT, county=report.county, kind="report", thing=report.pk, user=request.user, at=at)
    template = "console/reports/contact.html" + ("#contact" if request.htmx else "")
    return render(request, template, {"report": report})


@staff_view
@require_POST
def reissue_secret(request: StaffRequest, code: str) -> HttpResponse:
    """Give a new secret to someone whose identity the clerk has checked; it is shown this once."""
    report, at = find(request.user, code), now()
    try:
        secret = unlocking.reissue_secret(report, by=request.user, at=at)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from None
    record_look(AccessLog.Look.SECRET, county=report.county, kind="report", thing=report.pk, user=request.user, at=at)
    return render(request, "console/intake/received.html", {"report": report, "secret": secret, "is_reissued": True})
