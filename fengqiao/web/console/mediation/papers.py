"""The papers of a dossier, for whoever mediates it: which there are, and each as Word or PDF."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Dossier
from fengqiao.mediation.papers import offering
from fengqiao.mediation.policy import may
from fengqiao.web.console.looking import ask_why
from fengqiao.web.console.views.cases import find
from fengqiao.web.shared.access import StaffRequest, staff_view
from fengqiao.web.shared.papers import serve_paper


@staff_view
@require_safe
def papers(request: StaffRequest, number: str) -> HttpResponse:
    """List the papers of a dossier, or make the one that is asked for."""
    case, at = find(request.user, number), now()
    if asked := ask_why(request, case):
        return asked
    dossier = Dossier.objects.filter(case=case).select_related("case__lead", "mediator", "opened_by").first()
    if dossier is None:
        return redirect("console:case", number)
    if not (verdict := may(request.user, "print_papers", dossier, at)):
        raise PermissionDenied(verdict.reason)
    if "paper" in request.GET:
        return _made(request, dossier)
    context = {"case": case, "dossier": dossier, "papers": offering.papers_of(dossier)}
    return render(request, "console/mediation/papers.html", context)


def _made(request: StaffRequest, dossier: Dossier) -> HttpResponse:
    """Make one paper; a template of the county's that cannot be filled is told on the list."""
    try:
        return serve_paper(offering.find(dossier, request.GET["paper"]), request.GET.get("as", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("console:dossier_papers", dossier.case.number)
