"""Why somebody looks at a restricted case: their turn to act, or a reason they give once a day."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from fengqiao.cases.models import Case
from fengqiao.people.models import User
from fengqiao.rights.models import AccessLog
from fengqiao.rights.transitions import record_look
from fengqiao.web.console.forms.looking import Why
from fengqiao.web.console.offers import offers, standing_of
from fengqiao.web.shared.access import StaffRequest

GIVEN = "looking"  # in the session: case → day and reason


def ask_why(request: StaffRequest, case: Case | None) -> HttpResponse | None:
    """Ask for a reason before a page of a restricted case, unless it is this person's turn or they gave one today."""
    if case is None or not case.is_restricted or request.method not in ("GET", "HEAD"):
        return None
    if reason_of(request, case, now()):
        return None
    if request.htmx:
        return HttpResponseClientRedirect(request.get_full_path())
    context = {"case": case, "form": Why(), "next": request.get_full_path()}
    return render(request, "console/cases/why.html", context)


def reason_of(request: HttpRequest, case: Case, at: datetime) -> str:
    """Say why this person looks now; empty when they have to be asked."""
    assert isinstance(request.user, User)
    return _given(request, case, at) or _turn_of(request.user, case, at)


def keep_reason(request: HttpRequest, case: Case, reason: str, at: datetime) -> None:
    """Keep the reason that was given until the day is over."""
    today = localdate(at).isoformat()
    kept = {key: value for key, value in request.session.get(GIVEN, {}).items() if value[0] == today}
    request.session[GIVEN] = kept | {str(case.pk): [today, reason]}


def record(request: StaffRequest, case: Case, at: datetime, *, door: str = "") -> None:
    """Write down that a restricted case is looked at, through which door, and why."""
    why = reason_of(request, case, at) or _("To take a step")
    reason = f"{door} · {why}" if door else why
    look = AccessLog.Look.RESTRICTED
    record_look(look, county=case.county, kind="case", thing=case.pk, user=request.user, at=at, reason=reason[:200])


def _given(request: HttpRequest, case: Case, at: datetime) -> str:
    day, reason = request.session.get(GIVEN, {}).get(str(case.pk), ("", ""))
    return str(reason) if day == localdate(at).isoformat() else ""


def _turn_of(user: User, case: Case, at: datetime) -> str:
    """Name the step that is theirs to take next."""
    following = offers(case, user, at, standing_of(case, at, case.log.all())).next
    return _("Their turn: %(step)s") % {"step": following.label} if following else ""
