"""The case page, and taking a step on it."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, replace_url

from fengqiao.cases.models import Case
from fengqiao.cases.transitions.taking import as_seen
from fengqiao.desk.transitions.watching import read_up
from fengqiao.kit.verdict import Refused
from fengqiao.oversight.transitions import see_case
from fengqiao.people.models import User
from fengqiao.web.console.casepage import case_page
from fengqiao.web.console.forms.base import Setting, StepForm, WithFiles
from fengqiao.web.console.found import grasped_by, seen_by, unread_of
from fengqiao.web.console.looking import ask_why, record
from fengqiao.web.console.repeated import was_taken
from fengqiao.web.console.steps import ACTS, take
from fengqiao.web.shared.access import StaffRequest, staff_view
from fengqiao.web.shared.enclosing import take_in
from fengqiao.web.shared.labels import step_label


@staff_view
@require_safe
def case(request: StaffRequest, number: str) -> HttpResponse:
    """Show a case; `?step=` opens the form of one step."""
    found = find(request.user, number)
    if asked := ask_why(request, found):
        return asked
    return _page(request, found, step=request.GET.get("step", ""))


@staff_view
@require_POST
def take_step(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """Take a step on a case as it was seen; a refusal is shown beside the form, which keeps what was typed."""
    if verb not in ACTS:
        raise Http404
    found = grasped_by(request.user, number)
    if found is None:
        raise Http404
    form = ACTS[verb].form(request.POST, setting=Setting(found, request.user, now()))
    seen = _seen(request)
    faults = _take_files_in(request, form)
    if faults or "drop" in request.POST or not form.is_valid():
        return _page(request, find(request.user, number), step=verb, form=form, seen=seen, faults=faults)
    try:
        with as_seen(found, seen) as held:
            take(verb, held, form)
    except Refused as refusal:
        if was_taken(verb, found, form, seen):
            return _taken(request, found, verb)
        form.add_error(None, str(refusal))
        return _page(request, find(request.user, number), step=verb, form=form, seen=seen)
    return _taken(request, found, verb)


def _take_files_in(request: StaffRequest, form: StepForm) -> list[str]:
    """Take in the files sent with a step; they wait until it is taken."""
    if not isinstance(form, WithFiles):
        return []
    case, at = form.setting.case, form.setting.at
    return take_in(request, form.basket, county=case.county, by=request.user, at=at)


def find(user: User, number: str) -> Case:
    """Fetch a case that this user can see; any other does not exist."""
    found = seen_by(user, number)
    if found is None:
        raise Http404
    return found


def _taken(request: StaffRequest, case: Case, verb: str) -> HttpResponse:
    """Say what was done and show the case anew, or the work list when it has left this person's sight."""
    messages.success(request, _("Done: %(step)s.") % {"step": step_label(verb)})
    still = seen_by(request.user, case.number)
    if still is None:
        return _go(request, "console:cases")
    if not request.htmx:
        return _go(request, "console:case", case.number)
    # Opened again, or gone back to, `?step=` would ask once more for what was just done.
    return replace_url(_page(request, still), reverse("console:case", args=[case.number]))


def _go(request: StaffRequest, name: str, *args: str) -> HttpResponse:
    """Lead the whole page elsewhere, however the form was sent."""
    return HttpResponseClientRedirect(reverse(name, args=args)) if request.htmx else redirect(name, *args)


def _page(
    request: StaffRequest,
    case: Case,
    *,
    step: str = "",
    form: StepForm | None = None,
    seen: int | None = None,
    faults: Sequence[str] = (),
) -> HttpResponse:
    """Show the page, or only its changing part to htmx; 422 while a form is refused."""
    at = now()
    if case.is_restricted:
        record(request, case, at)
    _take_note(case, by=request.user, at=at)
    page = case_page(case, request.user, at, step=step, form=form, seen=seen, faults=faults)
    template = "console/cases/case.html" + ("#case" if request.htmx else "")
    return render(request, template, {"page": page, "case": case}, status=422 if form else 200)


def _take_note(case: Case, *, by: User, at: datetime) -> None:
    """Take what was told about this case, and its record, as read by whoever opens it."""
    unread = unread_of(case)
    if unread.is_told:
        see_case(case, by=by, at=at)
    if unread.watched_to is not None and unread.watched_to < case.line_count:
        read_up(case, by=by)


def _seen(request: HttpRequest) -> int:
    """Read at which line of the log the form was opened; nonsense counts as never."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else -1
