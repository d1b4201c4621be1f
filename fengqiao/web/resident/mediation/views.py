"""A party's own page of its mediation: where it stands, what the law gives, and what it says itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fengqiao.intake.models import Report
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Party
from fengqiao.mediation.remedies import usual
from fengqiao.mediation.seats import choosable
from fengqiao.mediation.transitions import consenting, inviting, wishing
from fengqiao.mediation.vocabulary import Way
from fengqiao.people.actors import Resident
from fengqiao.web.resident import tickets
from fengqiao.web.resident.counter import counter_for
from fengqiao.web.resident.forms.tracking import Secret
from fengqiao.web.resident.mediation.forms import AnswerInvitation, Choose, Say
from fengqiao.web.resident.mediation.opening import of_a_party, own_party, prove
from fengqiao.web.resident.mediation.papers import own_papers
from fengqiao.web.resident.views.answering import is_proved
from fengqiao.web.resident.views.tracking import of_a_code, report_with
from fengqiao.web.shared import own_side
from fengqiao.web.shared.access import public_view


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing a party can say: the form it fills in, and the step it takes."""

    form: Callable[[Party, datetime, object], forms.Form]
    take: Callable[[Party, Resident, dict[str, object], datetime], str]


def _plain(_party: Party, _at: datetime, data: object) -> forms.Form:
    return Say(data)  # type: ignore[arg-type]


def _bare(_party: Party, _at: datetime, data: object) -> forms.Form:
    return forms.Form(data)  # type: ignore[arg-type]


def _choice(party: Party, at: datetime, data: object) -> forms.Form:
    return Choose(data, offered=choosable(party.dossier, at))


def _invited(party: Party, _at: datetime, data: object) -> forms.Form:
    return AnswerInvitation(data, offered=party.dossier.invitations.order_by("at", "id"))


def _know(party: Party, by: Resident, said: dict[str, object], at: datetime) -> str:
    consenting.acknowledge(party, way=Way.CODE, by=by, at=at)
    return _("Noted: you know your rights and duties.")


def _agree(party: Party, by: Resident, said: dict[str, object], at: datetime) -> str:
    consenting.give_consent(party, way=Way.CODE, words=str(said["words"]), by=by, at=at)
    return _("Noted: you agree to the mediation. You can withdraw that at any time.")


def _refuse(party: Party, by: Resident, said: dict[str, object], at: datetime) -> str:
    consenting.refuse(party, way=Way.CODE, words=str(said["words"]), by=by, at=at)
    return _("Noted: you do not want this mediation. It stops here; the other roads stand below.")


def _choose(party: Party, by: Resident, said: dict[str, object], at: datetime) -> str:
    dossier = wishing.wish_for(party, said["mediator"], by=by, at=at)  # type: ignore[arg-type]
    if dossier.mediator == said["mediator"]:
        return _("All sides named the same one: %(name)s mediates.") % {"name": dossier.mediator}
    return _("Noted. Once the other side names the same one, that one mediates; otherwise the committee assigns one.")


def _answer(party: Party, by: Resident, said: dict[str, object], at: datetime) -> str:
    invitation = inviting.answer(said["invitation"], party=party, agrees=bool(said["agrees"]), by=by, at=at)  # type: ignore[arg-type]
    if said["agrees"]:
        return _("Noted: you agree that %(name)s takes part.") % {"name": invitation.name}
    return _("Noted: you do not want %(name)s at the table, so %(name)s stays outside.") % {"name": invitation.name}


SAYINGS = {
    "know": Saying(_bare, _know),
    "agree": Saying(_plain, _agree),
    "refuse": Saying(_plain, _refuse),
    "choose": Saying(_choice, _choose),
    "invited": Saying(_invited, _answer),
}


@public_view
@of_a_party
@require_safe
def mediation(request: HttpRequest, report: Report, party: Party) -> HttpResponse:
    """Show where the mediation stands, as this party may see it."""
    context = _shown(report, party) | {"papers": own_papers(party)}
    return render(request, "resident/mediation/mine.html", context)


@public_view
@of_a_party
@require_safe
def sheet(request: HttpRequest, report: Report, party: Party) -> HttpResponse:
    """Show the same on one sheet, to print."""
    return render(request, "resident/mediation/sheet.html", _shown(report, party))


@public_view
@never_cache
@of_a_code
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Say what follows, ask once more, and take the step."""
    report, saying = report_with(code), SAYINGS.get(act)
    if saying is None:
        raise Http404
    proof = None if tickets.is_opened(request, report) else Secret(request.POST if "secret" in request.POST else None)
    if proof and request.method != "POST":
        return prove(request, code)
    party, at = own_party(report), now()
    form = saying.form(party, at, request.POST if request.method == "POST" else None)
    if is_proved(report, proof) and form.is_valid():
        try:
            by = Resident(report.pk, report.case_id)
            messages.success(request, saying.take(party, by, form.cleaned_data, at))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("resident:mediation", code)
    context = {
        "report": report,
        "form": form,
        "proof": proof,
        "party": party,
        "roads": usual(party.dossier.type),
        "counter": counter_for(report.county, localdate(at)),
    }
    return render(request, f"resident/mediation/{act}.html", context, status=422 if form.is_bound else 200)


def _shown(report: Report, party: Party) -> dict[str, object]:
    at = now()
    return {
        "report": report,
        "mine": own_side.mine(party, at),
        "at": at,
        "counter": counter_for(report.county, localdate(at)),
    }
