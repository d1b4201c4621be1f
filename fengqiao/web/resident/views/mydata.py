"""What is kept and why, what is held about the bearer of a code, and changing it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengqiao.cases.workflow import OPEN
from fengqiao.intake.models import Report
from fengqiao.intake.policy import may_erase, may_give_up, may_withdraw
from fengqiao.intake.transitions import own_data
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Resident
from fengqiao.rights.models import DataChange
from fengqiao.rights.queries import looks_by_role
from fengqiao.web.resident import limits, tickets
from fengqiao.web.resident.counter import counter_for
from fengqiao.web.resident.enclosed import files_by_thing
from fengqiao.web.resident.forms.mydata import Ask, Contact
from fengqiao.web.resident.views.tracking import of_a_code, report_with, slow_down, try_secret
from fengqiao.web.shared.access import public_view


@public_view
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept, why, who sees it and how long."""
    return render(request, "resident/data/privacy.html", {"counter": counter_for("", localdate())})


@public_view
@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """Show the same requests as a form on paper."""
    return render(request, "resident/data/paper.html", {"counter": counter_for("", localdate())})


@public_view
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for code and secret, and lead to what is held."""
    if request.method != "POST":
        return _ask(request, Ask(initial={"code": request.GET.get("code", "")}), 200)
    at = now()
    if limits.is_over(request, limits.MISSES, at) or not limits.knock(request, limits.SECRETS, at):
        return slow_down(request)
    form = Ask(request.POST)
    if not form.is_valid():
        limits.knock(request, limits.MISSES, at)
        return _ask(request, form, 422)
    report = report_with(form.cleaned_data["code"])
    if not try_secret(report, form):
        return _ask(request, form, 422)
    response = redirect("resident:data", report.code)
    tickets.open_up(response, report)
    return response


@public_view
@never_cache
@of_a_code
@require_safe
def data(request: HttpRequest, code: str) -> HttpResponse:
    """Show all that is held about the bearer of a report."""
    report = report_with(code)
    if not tickets.is_opened(request, report):
        return _prove(request, code)
    return _show(request, report, Contact(initial={"reporter": report.reporter, "phone": report.phone}))


@public_view
@never_cache
@of_a_code
@require_POST
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Set right how the resident is reached."""
    form = Contact(request.POST)

    def act(report: Report, by: Resident) -> str:
        own_data.correct(report, **form.cleaned_data, by=by, at=now())
        return _("Corrected. The change is on record; what you told us stays as it was.")

    return _change(request, code, act, form)


@public_view
@never_cache
@of_a_code
@require_POST
def erase(request: HttpRequest, code: str) -> HttpResponse:
    """Delete the resident's contact."""

    def act(report: Report, by: Resident) -> str:
        own_data.erase_contact(report, by=by, at=now())
        return _("Your name and number are deleted. The report stays in the record.")

    return _change(request, code, act)


@public_view
@never_cache
@of_a_code
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take the report back."""

    def act(report: Report, by: Resident) -> str:
        own_data.withdraw(report, by=by, at=now())
        return _("Withdrawn. Nobody will work on it; you can tell us again at any time.")

    return _change(request, code, act)


def _change(
    request: HttpRequest, code: str, act: Callable[[Report, Resident], str], form: Contact | None = None
) -> HttpResponse:
    """Act once for whoever proved it is theirs; a refusal is said and nothing typed is lost."""
    report = report_with(code)
    if not tickets.is_opened(request, report):
        return _prove(request, code)
    typed = form or Contact(initial={"reporter": report.reporter, "phone": report.phone})
    if form is not None and not form.is_valid():
        return _show(request, report, form, status=422)
    try:
        messages.success(request, act(report, Resident(report.pk, report.case_id)))
    except Refused as refusal:
        return _show(request, report, typed, status=422, refusal=str(refusal))
    return redirect("resident:data", code)


def _prove(request: HttpRequest, code: str) -> HttpResponse:
    messages.info(request, _("Please enter code and secret; they keep others from reading about you."))
    response = redirect("resident:my")
    response["Location"] += f"?code={code}"
    return response


def _ask(request: HttpRequest, form: Ask, status: int) -> HttpResponse:
    context = {"form": form, "counter": counter_for("", localdate())}
    return render(request, "resident/data/ask.html", context, status=status)


def _show(request: HttpRequest, report: Report, form: Contact, *, status: int = 200, refusal: str = "") -> HttpResponse:
    me = Resident(report.pk, report.case_id)
    case = report.case
    context = {
        "report": report,
        "form": form,
        "refusal": refusal,
        "files": files_by_thing(report)[report.pk],
        "counter": counter_for(report.county, localdate()),
        "looks": looks_by_role(report.county, [report.pk, *([case.pk] if case else [])]),
        "answers": case.evaluations.filter(report=report.pk).order_by("at") if case else (),
        "changes": DataChange.objects.filter(county=report.county, report=report.pk).order_by("at"),
        "may_erase": may_erase(report, me),
        "may_withdraw": may_withdraw(report, me),
        "may_give_up": may_give_up(report, me),
        "is_open": case is not None and case.status in OPEN,
    }
    return render(request, "resident/data/data.html", context, status=status)
