"""Slips for the parties of a mediation: a code of their own, and a sheet in large type for whoever has no phone."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fengqiao.intake.models import Report
from fengqiao.intake.transitions.party_codes import hand_code, take_code
from fengqiao.kit import codes
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.completeness import present_parties
from fengqiao.mediation.models import Dossier, Party
from fengqiao.mediation.policy import may
from fengqiao.web.console.looking import ask_why
from fengqiao.web.console.views.cases import find
from fengqiao.web.console.views.intake import FRESH
from fengqiao.web.shared import own_side
from fengqiao.web.shared.access import StaffRequest, staff_view


class OwnCode(forms.Form):
    """Which party gets a code; with the code of the report it brought itself, that one is its own."""

    party = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=gettext_lazy("Code on its own receipt, if it has one"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: StaffRequest, number: str) -> HttpResponse:
    """List the parties with their codes; show the sheet of one; or hand a code out."""
    case, at = find(request.user, number), now()
    if asked := ask_why(request, case):
        return asked
    dossier = Dossier.objects.filter(case=case).select_related("case__lead", "mediator").first()
    if dossier is None:
        return redirect("console:case", number)
    if not (verdict := may(request.user, "hand_code", dossier, at)):
        raise PermissionDenied(verdict.reason)
    if asked_for := request.GET.get("party"):
        return _sheet(request, _of(dossier, asked_for), at)
    return _listed(request, dossier, at)


def _listed(request: StaffRequest, dossier: Dossier, at: datetime) -> HttpResponse:
    """Show the parties, or hand a code to one of them."""
    form = OwnCode(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _hand(request, dossier, form, at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"case": dossier.case, "dossier": dossier, "parties": present_parties(dossier), "form": form}
    return render(request, "console/mediation/slips.html", context, status=422 if form.is_bound else 200)


def _hand(request: StaffRequest, dossier: Dossier, form: OwnCode, at: datetime) -> HttpResponse:
    """Hand a new code out and keep its secret for the one page that shows it, or take the code that was brought."""
    party = _of(dossier, str(form.cleaned_data["party"]))
    if code := codes.tidy(form.cleaned_data["code"]):
        take_code(party, code, by=request.user, at=at)
        messages.success(request, _("%(party)s follows by the code it brought.") % {"party": party})
        return redirect("console:slips", dossier.case.number)
    receipt = hand_code(party, by=request.user, at=at)
    request.session[FRESH] = [receipt.report.code, receipt.secret]
    return redirect(f"{reverse('console:slips', args=[dossier.case.number])}?party={party.pk}")


def _sheet(request: StaffRequest, party: Party, at: datetime) -> HttpResponse:
    """Show the sheet of a party; the secret stands on it this once, when the code was just handed out."""
    report = Report.objects.visible_to(request.user, at).filter(pk=party.report).first() if party.report else None
    kept = request.session.pop(FRESH, None)
    secret = kept[1] if kept and report and kept[0] == report.code else ""
    shown = {"report": report, "secret": secret, "mine": own_side.mine(party, at), "at": at}
    return render(request, "console/mediation/slip.html", shown | {"case": party.dossier.case})


def _of(dossier: Dossier, asked: str) -> Party:
    """Find a party of this dispute."""
    try:
        parties = Party.objects.select_related("dossier__case__lead", "dossier__mediator")
        return parties.get(dossier=dossier, left_at=None, pk=UUID(asked))
    except (ValueError, Party.DoesNotExist):
        raise Http404 from None
