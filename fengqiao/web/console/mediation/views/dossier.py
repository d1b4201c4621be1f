"""The page of a dossier, and taking an act in it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, replace_url

from fengqiao.cases.transitions.taking import as_seen
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Dossier
from fengqiao.web.console.found import seen_by
from fengqiao.web.console.looking import ask_why, record
from fengqiao.web.console.mediation.acts import ACTS, label_of, row_of
from fengqiao.web.console.mediation.finding import dossier_of, thing_of
from fengqiao.web.console.mediation.forms.base import ActForm, Table
from fengqiao.web.console.mediation.leading import groups_of, lead_of, phases_of
from fengqiao.web.console.mediation.offers import fresh, offer_of
from fengqiao.web.console.mediation.page import dossier_page
from fengqiao.web.shared.access import StaffRequest, staff_view


@staff_view
@require_safe
def dossier(request: StaffRequest, number: str) -> HttpResponse:
    """Show a dossier; `?act=` opens the form of one act, `on=` says about whom."""
    found = dossier_of(request.user, number)
    if found is None:
        return _to_its_case(request, number)
    if asked := ask_why(request, found.case):
        return asked
    verb, on = request.GET.get("act", ""), request.GET.get("on", "")
    if verb not in ACTS or found.stand not in row_of(verb).leaves:
        return _page(request, found)
    table = Table(found, request.user, now(), thing_of(found, ACTS[verb].on, on))
    return _page(request, found, verb=verb, form=fresh(offer_of(verb), table))


@staff_view
@require_POST
def take_act(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """Take an act in a dossier as it was seen; a refusal is shown beside the form, which keeps what was typed."""
    found = dossier_of(request.user, number)
    if found is None:
        return _to_its_case(request, number)
    if verb not in ACTS:
        raise Http404
    about = thing_of(found, ACTS[verb].on, request.POST.get("on", ""))
    form = ACTS[verb].form(request.POST, table=Table(found, request.user, now(), about))
    if not form.is_valid():
        return _page(request, found, verb=verb, form=form, status=422)
    try:
        with as_seen(found.case, _seen(request)):
            given = _take(verb, form)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, dossier_of(request.user, number) or found, verb=verb, form=form, status=422)
    return _shown_once(request, verb, form, given) if ACTS[verb].page else _taken(request, number, verb)


def _take(verb: str, form: ActForm) -> object:
    """Make the one call of the domain."""
    table, act = form.table, ACTS[verb]
    about: Any = table.about if act.on else table.dossier
    return act.take(about, **form.facts(), by=table.user, at=table.at)


def _shown_once(request: StaffRequest, verb: str, form: ActForm, given: object) -> HttpResponse:
    """Show what was asked for in the answer itself; no address leads to it again."""
    template = ACTS[verb].page + ("#dossier" if request.htmx else "")
    context = {"case": form.table.dossier.case, "party": form.table.about, "given": given}
    return _at_its_own(render(request, template, context), form.table.dossier.case.number)


def _at_its_own(response: HttpResponse, number: str) -> HttpResponse:
    """Leave the dossier's own address behind: opened again, `?act=` would ask once more for what was just done."""
    return replace_url(response, reverse("console:dossier", args=[number]))


def _taken(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """Say what was done and show the dossier anew, or the list when it has left this person's sight."""
    messages.success(request, _("Done: %(step)s.") % {"step": label_of(verb)})
    still = dossier_of(request.user, number)
    if still is None:
        return _go(request, "console:mediation")
    return _at_its_own(_page(request, still), number) if request.htmx else _go(request, "console:dossier", number)


def _to_its_case(request: StaffRequest, number: str) -> HttpResponse:
    """Lead to the case that is not in mediation; one that is out of sight does not exist."""
    if seen_by(request.user, number) is None:
        raise Http404
    return _go(request, "console:case", number)


def _go(request: StaffRequest, name: str, *args: str) -> HttpResponse:
    """Lead the whole page elsewhere, however the form was sent."""
    return HttpResponseClientRedirect(reverse(name, args=args)) if request.htmx else redirect(name, *args)


def _page(
    request: StaffRequest, found: Dossier, *, verb: str = "", form: ActForm | None = None, status: int = 200
) -> HttpResponse:
    """Show the page, or only its changing part to htmx; 422 while a form is refused."""
    at = now()
    if found.case.is_restricted:
        record(request, found.case, at)
    shown = offer_of(verb, form.table.about) if form else None
    page = dossier_page(found, request.user, at, shown=shown, form=form)
    template = "console/mediation/dossier.html" + ("#dossier" if request.htmx else "")
    lead = lead_of(page, at)
    leading = {"lead": lead, "groups": groups_of(page, lead), "phases": phases_of(found)}
    return render(request, template, leading | {"page": page, "dossier": found, "case": found.case}, status=status)


def _seen(request: HttpRequest) -> int:
    """Read at which line of the log the form was opened; nonsense counts as never."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else -1
