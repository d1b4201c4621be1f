"""Reception days as everybody sees them, and a resident's own time: booked, moved or given back."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengqiao.intake.models import Report
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Resident
from fengqiao.reception.models import ReceptionDay
from fengqiao.reception.queries import announced, held_for, open_slots, times_of
from fengqiao.reception.transitions import booking
from fengqiao.web.resident import limits, tickets
from fengqiao.web.resident.counter import counter_for, counties
from fengqiao.web.resident.forms.mydata import Ask
from fengqiao.web.resident.forms.reception import Time
from fengqiao.web.resident.views.tracking import of_a_code, report_with, slow_down, try_secret
from fengqiao.web.shared.access import public_view


@public_view
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List who receives, where and when."""
    at = now()
    counter = counter_for(request.GET.get("county", ""), localdate(at))
    days = ReceptionDay.objects.filter(county=counter.county.code) if counter else ReceptionDay.objects.none()
    context = {
        "counter": counter,
        "counties": counties() if counter is None else [],
        "days": announced(days, at, localdate(at)),
    }
    return render(request, "resident/reception/index.html", context)


@public_view
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def day(request: HttpRequest, day: UUID) -> HttpResponse:
    """Show one day and the two ways to a time: with the code of a matter that is in, or with a new one."""
    found, form = _day(day), Ask(request.POST or None)
    at = now()
    if request.method == "POST":
        if limits.is_over(request, limits.MISSES, at) or not limits.knock(request, limits.SECRETS, at):
            return slow_down(request)
        if form.is_valid() and try_secret(report := report_with(form.cleaned_data["code"]), form):
            response = _to_own(report.code, found)
            tickets.open_up(response, report)
            return response
        limits.knock(request, limits.MISSES, at)
    shown = announced(ReceptionDay.objects.filter(pk=found.pk), at, localdate(at))
    context = {
        "day": found,
        "form": form,
        "left": shown[0].left if shown else 0,
        "is_open": bool(shown) and at < found.begins_at,
        "counter": counter_for(found.county, localdate(at)),
    }
    return render(request, "resident/reception/day.html", context, status=422 if form.is_bound else 200)


@public_view
@never_cache
@of_a_code
@require_safe
def own(request: HttpRequest, code: str) -> HttpResponse:
    """Show the holder's slip, or the days and times that can be had."""
    report = report_with(code)
    if not tickets.is_opened(request, report):
        return _prove(request, code)
    asked = _asked(request.GET.get("day", ""))
    return _show(request, report, asked, Time(slots=open_slots(asked)) if asked else None)


@public_view
@never_cache
@of_a_code
@require_POST
def book(request: HttpRequest, code: str, day: UUID) -> HttpResponse:
    """Book a time on this day, or move the one that is held to it."""
    found = _day(day)
    form = Time(request.POST, slots=open_slots(found))

    def act(report: Report, by: Resident, at: datetime) -> str:
        slot, held = form.cleaned_data["slot"], held_for(report)
        if held:
            booking.move(held.booking, found, by=by, at=at, slot=slot)
            return _("Your new time is on the slip below.")
        booking.book(report, found, by=by, at=at, slot=slot)
        return _("Booked. Please bring this slip or your code.")

    return _act(request, code, act, day=found, form=form)


@public_view
@never_cache
@of_a_code
@require_POST
def give_back(request: HttpRequest, code: str) -> HttpResponse:
    """Give the time back; the matter itself stays."""

    def act(report: Report, by: Resident, at: datetime) -> str:
        held = held_for(report)
        if held is None:
            raise Refused(_("This booking is no longer open."))
        booking.cancel(held.booking, by=by, at=at)
        return _("Your time was given back. Your matter goes on as before.")

    return _act(request, code, act)


def _act(
    request: HttpRequest,
    code: str,
    act: Callable[[Report, Resident, datetime], str],
    *,
    day: ReceptionDay | None = None,
    form: Time | None = None,
) -> HttpResponse:
    """Act once for whoever proved it is theirs; a refusal is said, and what can still be had is shown."""
    report = report_with(code)
    if not tickets.is_opened(request, report):
        return _prove(request, code)
    if form is not None and not form.is_valid():
        return _show(request, report, day, form, status=422)
    try:
        messages.success(request, act(report, Resident(report.pk, report.case_id), now()))
    except Refused as refusal:
        fresh = Time(slots=open_slots(day)) if day else None
        return _show(request, report, day, fresh, refusal=str(refusal), status=422)
    return redirect("resident:own_reception", code)


def _show(
    request: HttpRequest,
    report: Report,
    day: ReceptionDay | None,
    form: Time | None,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    at = now()
    times = times_of(report)
    held = times.held
    days = announced(ReceptionDay.objects.filter(county=report.county), at, localdate(at))
    context = {
        "report": report,
        "held": held,
        "may_change": held is not None and at < held.booking.day.begins_at,
        "called_off": times.called_off,
        "days": [each for each in days if at < each.day.begins_at],
        "day": day,
        "form": form,
        "refusal": refusal,
        "counter": counter_for(report.county, localdate(at)),
    }
    return render(request, "resident/reception/own.html", context, status=status)


def _day(pk: UUID) -> ReceptionDay:
    """Find a day that everybody may see: one that was called off is still there, to say so."""
    return get_object_or_404(ReceptionDay.objects.select_related("centre__region"), pk=pk)


def _asked(typed: str) -> ReceptionDay | None:
    if not typed:
        return None
    try:
        return _day(UUID(typed))
    except ValueError:
        raise Http404 from None


def _to_own(code: str, day: ReceptionDay) -> HttpResponse:
    return redirect(f"{reverse('resident:own_reception', args=[code])}?day={day.pk}")


def _prove(request: HttpRequest, code: str) -> HttpResponse:
    messages.info(request, _("Please enter the secret first; it keeps others from booking for you."))
    return redirect("resident:track", code)
