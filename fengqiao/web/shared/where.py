"""Where one is signed in: every browser by its name, this one marked, each of them ended by a press."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fengqiao.kit.verdict import Refused
from fengqiao.people.transitions import sessions
from fengqiao.web.shared.access import StaffRequest, account_view
from fengqiao.web.shared.devices import in_words, is_carried


@account_view
@require_safe
def where(request: StaffRequest) -> HttpResponse:
    """List the browsers in which this person is signed in, this one first."""
    mine = request.session.session_key or ""
    rows = sorted(sessions.open_now(request.user, now()), key=lambda row: row.session != mine)
    places = [(row, in_words(row.agent), is_carried(row.agent), row.session == mine) for row in rows]
    others = any(row.session != mine for row in rows)
    return render(request, "account/where.html", {"places": places, "others": others})


@account_view
@require_POST
def end(request: StaffRequest, sign_in: UUID) -> HttpResponse:
    """End one sign-in."""
    try:
        sessions.end_one(sign_in, by=request.user, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("That sign-in has ended."))
    return redirect("account_where")


@account_view
@require_POST
def end_others(request: StaffRequest) -> HttpResponse:
    """End every sign-in but this one."""
    sessions.end_others(request.session.session_key or "", by=request.user, at=now())
    messages.success(request, _("You are signed in here alone."))
    return redirect("account_where")
