"""Following a report: by the code a little, by code and secret the words and the answers."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengqiao.intake.models import Report
from fengqiao.intake.transitions.unlocking import WrongSecret, unlock
from fengqiao.kit import codes
from fengqiao.reception.queries import times_of
from fengqiao.web.resident import enclosed, following, limits, qr, tickets
from fengqiao.web.resident.counter import Counter, counter_for
from fengqiao.web.resident.forms.tracking import Find, Secret
from fengqiao.web.resident.moves import moves_of
from fengqiao.web.shared import errors, own_side
from fengqiao.web.shared.access import public_view
from fengqiao.web.shared.public import public_address


@public_view
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and lead to its report; a slip is explained and kept."""
    if "code" not in request.GET:
        return _ask(request, Find(), 200)
    if limits.is_over(request, limits.MISSES, now()):
        return slow_down(request)
    form = Find(request.GET)
    if not form.is_valid():
        limits.knock(request, limits.MISSES, now())
        return _ask(request, form, 422)
    return redirect("resident:track", form.cleaned_data["code"])


@public_view
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest, code: str) -> HttpResponse:
    """Show where a report stands; with the secret, what was said and what can be done."""
    if _is_too_fast(request):
        return slow_down(request)
    tidied = codes.tidy(code)
    if tidied != code:
        return redirect("resident:track", tidied)
    try:
        report = report_with(code)
    except Http404:
        limits.knock(request, limits.MISSES, now())
        raise
    return _unlock(request, report) if request.method == "POST" else _show(request, report, Secret())


def _is_too_fast(request: HttpRequest) -> bool:
    """Test if this address guesses: at codes that nobody was given, or at secrets."""
    if request.method == "POST" and not limits.knock(request, limits.SECRETS, now()):
        return True
    return limits.is_over(request, limits.MISSES, now())


def slow_down(request: HttpRequest) -> HttpResponse:
    """Ask an address that looks up many codes to wait."""
    return errors.too_many(request, wait=_("Many codes were looked up from your network within ten minutes."))


def of_a_code(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let an address that guesses wait at whatever page of a report it does so: at codes, or at secrets."""

    @wraps(view)
    def counted(request: HttpRequest, code: str, **named: object) -> HttpResponse:
        is_guess = "secret" in request.POST and not limits.knock(request, limits.SECRETS, now())
        if is_guess or limits.is_over(request, limits.MISSES, now()):
            return slow_down(request)
        try:
            return view(request, code, **named)
        except Http404:
            limits.knock(request, limits.MISSES, now())
            raise

    return counted


def report_with(code: str) -> Report:
    """Find the report that has this code."""
    found = Report.objects.select_related("region__parent", "case__lead", "case__centre").filter(code=code).first()
    if found is None:
        raise Http404
    return found


@public_view
@require_safe
def square(request: HttpRequest, code: str) -> HttpResponse:
    """Draw the square that opens the page of a code; it holds its address and nothing else, and asks no table."""
    if codes.misread(code):
        raise Http404
    address = public_address(request, reverse("resident:track", args=[code]))
    return HttpResponse(qr.picture(address, _("The page of this report")), content_type="image/svg+xml")


def try_secret(report: Report, form: Secret) -> bool:
    """Try the secret of a valid form; a wrong one is said on the form, with the tries left."""
    try:
        unlock(report, form.cleaned_data["secret"], at=now())
    except WrongSecret as refusal:
        form.add_error("secret", str(refusal))
    return form.is_valid()


def _unlock(request: HttpRequest, report: Report) -> HttpResponse:
    """Try the secret; the right one opens the page in this browser for half an hour."""
    form = Secret(request.POST)
    if not (form.is_valid() and try_secret(report, form)):
        return _show(request, report, form, status=422)
    response = redirect("resident:track", report.code)
    tickets.open_up(response, report)
    return response


def _ask(request: HttpRequest, form: Find, status: int) -> HttpResponse:
    context = {"form": form, "counter": counter_for("", localdate())}
    return render(request, "resident/track/find.html", context, status=status)


def _show(request: HttpRequest, report: Report, form: Secret, *, status: int = 200) -> HttpResponse:
    at = now()
    counter = counter_for(report.case.county if report.case else report.county, localdate(at))
    if counter is None:
        raise Http404
    opened = tickets.is_opened(request, report)
    context = {"report": report, "form": form, "counter": counter, "opened": opened}
    context |= _opened(report, counter) if opened else _closed(report, counter)
    return render(request, "resident/track/report.html", context, status=status)


def _opened(report: Report, counter: Counter) -> dict[str, object]:
    return {
        "strip": following.strip_of(report, counter),
        "entries": following.words_of(report),
        "by_others": enclosed.shown_by_others(report),
        "doors": following.doors(report, now()),
        "times": times_of(report),
        "moves": moves_of(report.case, now()),
        "tier": own_side.tier_of_case(report.case),
        "is_party": own_side.party_of(report) is not None,
    }


def _closed(report: Report, counter: Counter) -> dict[str, object]:
    if following.only_received(report):
        return {"strip": following.sealed_strip(counter), "is_sealed": True}
    return {
        "strip": following.strip_of(report, counter),
        "moves": moves_of(report.case, now()),
        "tier": own_side.tier_of_case(report.case),
    }


@public_view
@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Close the report on this device, which may be a shared one."""
    response = redirect("resident:home")
    tickets.close(response, code)
    return response
