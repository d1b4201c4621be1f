"""Who is at a centre, for the system administrator: the units present, the rota of a month, and what is amiss."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fengqiao.kit.verdict import Refused
from fengqiao.people import duty
from fengqiao.people.models import DutyTurn, Presence, Unit
from fengqiao.people.transitions import rota as acts
from fengqiao.places import calendar as calendars
from fengqiao.web.console import rotatable
from fengqiao.web.console.forms.people import EndPost
from fengqiao.web.console.forms.rota import PasteForm, PatternForm, PresenceForm
from fengqiao.web.shared.access import StaffRequest, duty_view


@dataclass
class Looked:
    """The centre and month one looks at, and the forms beside it as they were filled in."""

    centre: Unit
    first: date
    at: datetime
    forms: dict[str, Any] = field(default_factory=dict)
    faults: list[rotatable.Fault] = field(default_factory=list)
    refusal: str = ""

    @property
    def address(self) -> str:
        """The address of this month."""
        return f"{reverse('console:rota_of', args=[self.centre.code])}?month={self.first:%Y-%m}"


@duty_view("units")
@require_safe
def rota(request: StaffRequest) -> HttpResponse:
    """List the centres with the days of this month on which nobody is there."""
    today = localdate(now())
    calendar, first = calendars.of(request.user.county), today.replace(day=1)
    centres = Unit.objects.current(today).filter(county=request.user.county, kind=Unit.Kind.CENTRE)
    rows = [
        (centre, duty.month_of(centre, first, calendar), duty.present(centre, today).count())
        for centre in centres.select_related("region").order_by("region__path")
    ]
    return render(request, "console/setup/rota.html", {"rows": rows, "first": first})


@duty_view("units")
@require_safe
def rota_of(request: StaffRequest, centre: str) -> HttpResponse:
    """Show who takes part in a centre's work, and its rota of a month."""
    return _page(request, _looked(request, centre))


@duty_view("units")
@require_safe
def print_rota(request: StaffRequest, centre: str) -> HttpResponse:
    """Show a month's rota for the wall: units and phones, names only where asked for."""
    looked = _looked(request, centre)
    month = duty.month_of(looked.centre, looked.first, calendars.of(looked.centre.county))
    shifts = [shift for shift in DutyTurn.Shift if any(turn.shift == shift for day in month.days for turn in day.turns)]
    rows = [(day, [[turn for turn in day.turns if turn.shift == shift] for shift in shifts]) for day in month.days]
    context = {"centre": looked.centre, "month": month, "names": request.GET.get("names") == "yes"}
    return render(request, "console/setup/print_rota.html", context | {"shifts": shifts, "rows": rows})


@duty_view("units")
@require_POST
def change_rota(request: StaffRequest, centre: str, act: str) -> HttpResponse:
    """Enter or end a presence, enter turns by a pattern or a table, or take one out."""
    looked = _looked(request, centre)
    if act not in ACTS:
        raise Http404
    try:
        said = ACTS[act](request, looked)
    except Refused as refusal:
        looked.refusal, said = str(refusal), ""
    if not said:
        return _page(request, looked, status=422)
    messages.success(request, said)
    return redirect(looked.address)


def _add_presence(request: StaffRequest, looked: Looked) -> str:
    form = PresenceForm(request.POST, centre=looked.centre, today=localdate(looked.at))
    looked.forms["presence"] = form
    if not form.is_valid():
        return ""
    acts.station(looked.centre, form.station(), by=request.user, at=looked.at)
    return _("The unit takes part.")


def _end_presence(request: StaffRequest, looked: Looked) -> str:
    presence = get_object_or_404(Presence, pk=_row(request), centre=looked.centre)
    form = EndPost(request.POST)
    if not form.is_valid():
        raise Refused(_("Choose the day on which it ends."))
    acts.end_presence(presence, on=form.cleaned_data["on"], by=request.user, at=looked.at)
    return _("The presence ends on that day.")


def _add_pattern(request: StaffRequest, looked: Looked) -> str:
    form = _pattern(looked, request.POST)
    looked.forms["pattern"] = form
    if not form.is_valid():
        return ""
    turns = form.turns(calendars.of(looked.centre.county))
    return _entered(acts.plan(looked.centre, turns, by=request.user, at=looked.at))


def _paste(request: StaffRequest, looked: Looked) -> str:
    form = PasteForm(request.POST)
    looked.forms["paste"] = form
    if not form.is_valid():
        return ""
    found = rotatable.read(form.cleaned_data["table"], looked.centre, looked.first)
    looked.faults = found.faults
    if found.faults:
        return ""
    return _entered(acts.plan(looked.centre, found.turns, by=request.user, at=looked.at))


def _strike(request: StaffRequest, looked: Looked) -> str:
    turn = get_object_or_404(DutyTurn.objects.select_related("centre", "unit"), pk=_row(request), centre=looked.centre)
    acts.strike(turn, by=request.user, at=looked.at)
    return _("The turn is taken out.")


ACTS: dict[str, Callable[[StaffRequest, Looked], str]] = {
    "presence": _add_presence, "end": _end_presence, "pattern": _add_pattern, "paste": _paste, "strike": _strike,
}  # fmt: skip


def _entered(count: int) -> str:
    return _("%(count)s turns are new on the rota.") % {"count": count}


def _row(request: StaffRequest) -> str:
    row = request.POST.get("row", "")
    if len(row) != 36:
        raise Http404
    return row


def _looked(request: StaffRequest, code: str) -> Looked:
    """Read the address: a centre of the own county, and a month; one that is none, or has none beside it, is this."""
    centres = Unit.objects.filter(county=request.user.county, kind=Unit.Kind.CENTRE).select_related("region")
    at = now()
    try:
        asked = parse_date(f"{request.GET.get('month', '')}-01")
    except ValueError:
        asked = None
    if asked is None or asked.year in (MINYEAR, MAXYEAR):
        asked = localdate(at).replace(day=1)
    return Looked(get_object_or_404(centres, code=code), asked, at)


def _pattern(looked: Looked, data: Any = None) -> PatternForm:
    last = duty.next_month(looked.first) - duty.A_DAY
    return PatternForm(data, centre=looked.centre, today=localdate(looked.at), first=looked.first, last=last)


def _page(request: StaffRequest, looked: Looked, status: int = 200) -> HttpResponse:
    today, centre = localdate(looked.at), looked.centre
    present = duty.in_order(Presence.objects.filter(centre=centre))
    context = {
        "looked": looked,
        "centre": centre,
        "today": today,
        "month": duty.month_of(centre, looked.first, calendars.of(centre.county)),
        "before": (looked.first - duty.A_DAY).replace(day=1),
        "after": duty.next_month(looked.first),
        "present": present.exclude(valid_to__lte=today),
        "presence_form": looked.forms.get("presence") or PresenceForm(centre=centre, today=today),
        "pattern_form": looked.forms.get("pattern") or _pattern(looked),
        "paste_form": looked.forms.get("paste") or PasteForm(),
    }
    return render(request, "console/setup/rota_of.html", context, status=status)
