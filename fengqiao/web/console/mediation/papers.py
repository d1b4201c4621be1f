"""The papers of a dossier, for whoever mediates it: which there are, and each as Word or PDF.

Who opened which paper is written down. Identity numbers stand masked on it; with a reason they are printed whole.
"""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Dossier, Identity
from fengqiao.mediation.papers import offering
from fengqiao.mediation.papers.offering import Offer
from fengqiao.mediation.papers.people import Opened
from fengqiao.mediation.policy import may
from fengqiao.mediation.transitions import identities
from fengqiao.rights.models import AccessLog
from fengqiao.rights.transitions import record_look
from fengqiao.web.console.looking import ask_why, reason_of, record
from fengqiao.web.console.mediation.forms.identity import PrintIdentities
from fengqiao.web.console.views.cases import find
from fengqiao.web.shared.access import StaffRequest, staff_view
from fengqiao.web.shared.papers import serve_paper


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: StaffRequest, number: str) -> HttpResponse:
    """List the papers of a dossier, or make the one asked for; a POST with a reason prints identity numbers whole."""
    case, at = find(request.user, number), now()
    if asked := ask_why(request, case):
        return asked
    dossier = Dossier.objects.filter(case=case).select_related("case__lead", "mediator", "opened_by").first()
    if dossier is None:
        return redirect("console:case", number)
    if not (verdict := may(request.user, "print_papers", dossier, at)):
        raise PermissionDenied(verdict.reason)
    if request.method == "POST":
        return _with_identities(request, dossier, at)
    if "paper" not in request.GET:
        return _listed(request, dossier, at)
    offer = offering.find(dossier, request.GET["paper"])
    return _made(request, dossier, offer, request.GET.get("as", ""), at)


def _listed(
    request: StaffRequest, dossier: Dossier, at: datetime, form: PrintIdentities | None = None, status: int = 200
) -> HttpResponse:
    """Show which papers there are."""
    if dossier.case.is_restricted:
        record(request, dossier.case, at, door=_("Papers of the dossier"))
    offered = offering.papers_of(dossier)
    has_numbers = Identity.objects.filter(party__dossier=dossier, party__left_at__isnull=True).exists()
    form = form or (PrintIdentities(papers=offered) if has_numbers else None)
    context = {"case": dossier.case, "dossier": dossier, "papers": offered, "form": form}
    return render(request, "console/mediation/papers.html", context, status=status)


def _with_identities(request: StaffRequest, dossier: Dossier, at: datetime) -> HttpResponse:
    """Make a paper on which the identity numbers stand whole, for whoever says why."""
    form = PrintIdentities(request.POST, papers=offering.papers_of(dossier))
    if not form.is_valid():
        return _listed(request, dossier, at, form, status=422)
    said = form.cleaned_data
    offer = offering.find(dossier, said["paper"])
    try:
        opened = identities.show_all(dossier, reason=said["reason"], by=request.user, at=at)
    except Refused as refusal:
        return _told(request, dossier, refusal)
    return _made(request, dossier, offer, request.POST.get("as", ""), at, identities=opened)


def _made(
    request: StaffRequest, dossier: Dossier, offer: Offer | None, ending: str, at: datetime, **opened: Opened
) -> HttpResponse:
    """Make one paper and write down who opened it; a county's template that cannot be filled is told on the list."""
    try:
        answer = serve_paper(offer, ending, **opened)
    except Refused as refusal:
        return _told(request, dossier, refusal)
    assert offer is not None  # else there was no answer
    _write_down(request, dossier, f"{offer.form.label} {dossier.number} · {ending}", at)
    return answer


def _told(request: StaffRequest, dossier: Dossier, refusal: Refused) -> HttpResponse:
    messages.error(request, str(refusal))
    return redirect("console:dossier_papers", dossier.case.number)


def _write_down(request: StaffRequest, dossier: Dossier, name: str, at: datetime) -> None:
    """Add the line of the access log; of a restricted case with the reason for the look."""
    case, why = dossier.case, _("Paper: %(name)s") % {"name": name}
    if case.is_restricted:
        record(request, case, at, door=why)
        why = f"{why} · {reason_of(request, case, at)}"
    look = AccessLog.Look.PAPER
    record_look(look, county=case.county, kind="case", thing=case.pk, user=request.user, at=at, reason=why[:200])
