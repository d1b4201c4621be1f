"""Reception days at the desk: announce, list, book at the window, note what came of each talk, close."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengqiao.intake.models import Report
from fengqiao.kit.verdict import Refused
from fengqiao.reception import policy, queries
from fengqiao.reception.models import Booking, ReceptionDay
from fengqiao.reception.transitions import announcing, booking, hearing
from fengqiao.web.console.forms.reception import Announce, BookAtTheWindow, CallOff, Outcome
from fengqiao.web.console.views.intake import FRESH
from fengqiao.web.shared.access import StaffRequest, staff_view

LOOKED_BACK = timedelta(days=60)


@staff_view
@require_safe
def days(request: StaffRequest) -> HttpResponse:
    """List the days to come, and those of the last weeks."""
    at, today = now(), localdate()
    seen = ReceptionDay.objects.visible_to(request.user, at).select_related("centre")
    counted = seen.annotate(standing=queries.STANDING)
    context = {
        "coming": counted.filter(on__gte=today, cancelled_at=None, closed_at=None).order_by("on", "opens"),
        "past": counted.filter(on__gte=today - LOOKED_BACK)
        .exclude(on__gte=today, cancelled_at=None, closed_at=None)
        .order_by("-on", "-opens"),
        "may_announce": bool(policy.centres_of(request.user, at)),
    }
    return render(request, "console/reception/days.html", context)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: StaffRequest) -> HttpResponse:
    """Announce a day."""
    at = now()
    centres = policy.centres_of(request.user, at)
    if not centres:
        raise PermissionDenied(_("Reception days are kept by the clerks and dispatchers of the centre itself."))
    form = Announce(request.POST or None, centres=centres, today=localdate(at))
    if form.is_valid():
        try:
            day = announcing.announce(form.cleaned_data["centre"], form.announcement(), by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Announced: everybody sees it and can book."))
            return redirect("console:reception", day.pk)
    return render(request, "console/reception/announce.html", {"form": form}, status=422 if form.is_bound else 200)


@staff_view
@require_safe
def reception(request: StaffRequest, day: UUID) -> HttpResponse:
    """Show a day's list; printed, it is the desk's sheet."""
    return _page(request, _find(request, day))


@staff_view
@require_POST
def change(request: StaffRequest, day: UUID, act: str) -> HttpResponse:
    """Call a day off, close it, or book a time on it at the window."""
    found = _find(request, day)
    if act not in ACTS:
        raise Http404
    at = now()
    if not (verdict := policy.may_keep(request.user, found.centre, at)):
        raise PermissionDenied(verdict.reason)
    return ACTS[act](request, found, at)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: StaffRequest, day: UUID, booking: UUID) -> HttpResponse:
    """Note what came of one talk."""
    found = _find(request, day)
    held = get_object_or_404(
        found.bookings.visible_to(request.user, now()).standing().select_related("report__case", "day"), pk=booking
    )
    if not (verdict := policy.may_keep(request.user, found.centre, now())):
        raise PermissionDenied(verdict.reason)
    form = Outcome(request.POST or None, results=hearing.fitting(held.report))
    if form.is_valid() and (answer := _noted(request, held, form)):
        return answer
    row = next(row for row in queries.list_of(found, request.user, now()) if row.booking.pk == held.pk)
    context = {"day": found, "row": row, "form": form}
    return render(request, "console/reception/talk.html", context, status=422 if form.is_bound else 200)


def _noted(request: StaffRequest, held: Booking, form: Outcome) -> HttpResponse | None:
    """Note it and lead on: to the new report's code, to triage, or back to the list."""
    said, at = form.talk(), now()
    try:
        if said is None:
            hearing.stayed_away(held, by=request.user, at=at)
            receipt = None
        else:
            _booking, receipt = hearing.came(held, said, by=request.user, at=at)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    if receipt is not None:
        request.session[FRESH] = [receipt.report.code, receipt.secret]
        return redirect("console:received", receipt.report.code)
    messages.success(request, _("Noted."))
    return redirect("console:reception", held.day_id)


def _call_off(request: StaffRequest, day: ReceptionDay, at: datetime) -> HttpResponse:
    form = CallOff(request.POST)
    return _do(request, day, form, "call_off", lambda said: announcing.call_off(day, **said, by=request.user, at=at))


def _close(request: StaffRequest, day: ReceptionDay, at: datetime) -> HttpResponse:
    try:
        announcing.close(day, by=request.user, at=at)
    except Refused as refusal:
        return _page(request, day, refusal=str(refusal), status=422)
    messages.success(request, _("Closed: every booking has its outcome."))
    return redirect("console:reception", day.pk)


def _book(request: StaffRequest, day: ReceptionDay, at: datetime) -> HttpResponse:
    form = _booking_form(request, day, at, request.POST)
    return _do(
        request,
        day,
        form,
        "book",
        lambda said: booking.book(said["code"], day, by=request.user, at=at, slot=said["slot"]),
    )


def _do(
    request: StaffRequest, day: ReceptionDay, form: Any, name: str, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Judge a form, act once, say so; what was typed stays beside a refusal."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done."))
            return redirect("console:reception", day.pk)
    return _page(request, day, status=422, **{name: form})


ACTS: dict[str, Callable[[StaffRequest, ReceptionDay, datetime], HttpResponse]] = {
    "call-off": _call_off,
    "close": _close,
    "book": _book,
}


def _booking_form(request: StaffRequest, day: ReceptionDay, at: datetime, data: Any = None) -> BookAtTheWindow:
    reports = Report.objects.visible_to(request.user, at).filter(county=day.county)
    return BookAtTheWindow(data, slots=queries.open_slots(day), reports=reports)


def _page(
    request: StaffRequest, day: ReceptionDay, *, refusal: str = "", status: int = 200, **forms: Any
) -> HttpResponse:
    at = now()
    rows = queries.list_of(day, request.user, at)
    context = {
        "day": day,
        "rows": rows,
        "left": day.places - len(rows),
        "open_rows": sum(row.booking.outcome_at is None for row in rows),
        "has_begun": at >= day.begins_at,
        "may_keep": policy.may_keep(request.user, day.centre, at),
        "may_book": not day.is_over and at < day.ends_at,
        "refusal": refusal,
        "call_off": CallOff(auto_id="off_%s"),
        "book": _booking_form(request, day, at),
    }
    return render(request, "console/reception/day.html", context | forms, status=status)


def _find(request: StaffRequest, pk: UUID) -> ReceptionDay:
    """Fetch a day that this person sees; any other does not exist."""
    days = ReceptionDay.objects.visible_to(request.user, now())
    return get_object_or_404(days.select_related("centre__region", "announced_by", "ended_by"), pk=pk)
