"""The board of the day for a centre, and the note one shift leaves for the next."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fengqiao.insight import areas
from fengqiao.insight.day import board
from fengqiao.insight.narrowing import STUCK_AFTER, Day
from fengqiao.kit.verdict import Refused
from fengqiao.oversight import transitions
from fengqiao.oversight.models import DayNote
from fengqiao.oversight.queries import handed_over
from fengqiao.oversight.transitions import leave_note, may_leave_note
from fengqiao.people import duty
from fengqiao.people.models import Unit
from fengqiao.places import calendar as calendars
from fengqiao.places.models import Region
from fengqiao.web.console.daypage import day_page
from fengqiao.web.console.forms.day import DayFilter, Note
from fengqiao.web.shared.access import StaffRequest, staff_view


@dataclass(frozen=True, slots=True)
class Looked:
    """What someone looks at: which area on which day, and the centre that stands for it."""

    region: Region
    own: list[Region]
    on: date
    at: datetime
    centre: Unit | None


@staff_view
@require_safe
def day(request: StaffRequest) -> HttpResponse:
    """Show the board of a day."""
    return _page(request, _looked(request))


@staff_view
@require_POST
def add_note(request: StaffRequest) -> HttpResponse:
    """Leave a note for the next shift."""
    looked, form = _looked(request), Note(request.POST)
    if looked.centre is None:
        raise Http404
    if not form.is_valid():
        return _page(request, looked, form)
    try:
        leave_note(looked.centre, looked.on, **form.cleaned_data, by=request.user, at=looked.at)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from None
    messages.success(request, _("The next shift reads it here."))
    return _to_the_notes(looked)


@staff_view
@require_POST
def take_over(request: StaffRequest) -> HttpResponse:
    """Take over from the shift before."""
    looked = _looked(request)
    if looked.centre is None:
        raise Http404
    try:
        transitions.take_over(looked.centre, by=request.user, at=looked.at)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from None
    messages.success(request, _("Taken over: the shift before sees it here."))
    return _to_the_notes(looked)


@staff_view
@require_POST
def settle(request: StaffRequest) -> HttpResponse:
    """Settle what stayed open; pressed twice it is settled once."""
    looked = _looked(request)
    note = get_object_or_404(_notes_of(looked), pk=_id(request.POST.get("note", "")))
    try:
        transitions.settle(note, by=request.user, at=looked.at)
        messages.success(request, _("Settled."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _to_the_notes(looked)


def _notes_of(looked: Looked) -> QuerySet[DayNote]:
    return DayNote.objects.filter(centre=looked.centre) if looked.centre else DayNote.objects.none()


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _to_the_notes(looked: Looked) -> HttpResponse:
    return redirect(f"{reverse('console:day')}?on={looked.on.isoformat()}&region={looked.region.code}#notes")


def _looked(request: StaffRequest) -> Looked:
    """Read the address: a day that is none is today, and an area one does not answer for does not exist."""
    at = now()
    own = areas.own_areas(request.user, at)
    if not own:
        raise PermissionDenied(_("The board of the day is for those who work at a governance centre."))
    code = request.GET.get("region", "")
    region = areas.area(own, code) if code else own[0]
    if region is None:
        raise Http404
    return Looked(region, own, _day(request.GET.get("on", ""), localdate(at)), at, areas.centre_of(region, at))


def _day(typed: str, today: date) -> date:
    try:
        asked = parse_date(typed)
    except ValueError:
        asked = None
    return min(asked or today, today)


def _page(request: StaffRequest, looked: Looked, form: Note | None = None) -> HttpResponse:
    today = localdate(looked.at)
    counted = board(looked.region, Day.of(looked.on, looked.at, request.user.county), request.user)
    choices, counted_by = areas.areas(looked.own, looked.at), calendars.of(request.user.county)
    notes = handed_over(looked.centre, looked.on) if looked.centre else []
    may_note = looked.centre is not None and may_leave_note(looked.centre, request.user, looked.at)
    context = {
        "board": counted,
        "page": day_page(counted),
        "centre": looked.centre,
        "is_today": looked.on == today,
        "on_duty": duty.answering(looked.centre, looked.at, counted_by) if looked.centre else [],
        "stuck_after": STUCK_AFTER,
        "at": looked.at,
        "filter": DayFilter(None, areas=choices, shown=looked.region, on=looked.on, today=today),
        "notes": notes,
        "may_take_over": may_note and any(note.taken_at is None and note.by != request.user for note in notes),
        "form": form or Note(),
        "may_note": may_note,
    }
    return render(request, "console/day/day.html", context, status=422 if form else 200)
