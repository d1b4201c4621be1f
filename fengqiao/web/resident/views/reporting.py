"""A report in three short screens, a summary, and the receipt."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fengqiao.cases.models import Stage
from fengqiao.cases.vocabulary import Urgency
from fengqiao.intake.hints import hint_of
from fengqiao.intake.models import Report
from fengqiao.intake.models.report import TEXT_LIMIT
from fengqiao.intake.transitions.receiving import Receipt, receive
from fengqiao.kit.verdict import Refused
from fengqiao.places.models import County
from fengqiao.reception.queries import held_for
from fengqiao.web.resident import limits, qr, tickets
from fengqiao.web.resident.counter import counter_for, counter_of, counties
from fengqiao.web.resident.draft import CHECK, SAME, SCREENS, Draft
from fengqiao.web.resident.forms.reporting import Where, full_place
from fengqiao.web.resident.fresh import book_for, day_asked
from fengqiao.web.resident.placing import Arrival, arrive
from fengqiao.web.resident.promises import promised
from fengqiao.web.resident.sameness import Shown, shown
from fengqiao.web.resident.views.files import take_in, tray_of
from fengqiao.web.resident.views.home import set_language, set_type
from fengqiao.web.shared import errors
from fengqiao.web.shared.access import public_view
from fengqiao.web.shared.language import other
from fengqiao.web.shared.public import public_address
from fengqiao.web.shared.standing import clock_in_words


@public_view
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Lead through the screens; every answer travels in the page, so going back loses nothing."""
    is_sent = request.method == "POST"
    arrival = Arrival(request.POST.dict(), "") if is_sent else arrive(request.GET.dict(), localdate())
    counter = counter_for(arrival.answers.get("county", ""), localdate())
    if counter is None:
        return render(request, "resident/report/county.html", {"counties": counties(), "note": arrival.note})
    draft = Draft(counter, localdate(), arrival.answers)
    if not is_sent:
        return _page(request, draft, SCREENS[0], form=draft.blank(SCREENS[0]), note=arrival.note)
    return _go_on(request, draft)


def _go_on(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Take in the files chosen on the page, then answer the button that was pressed."""
    here = request.POST.get("screen", "")
    here = here if here in (*SCREENS, SAME) else SCREENS[0]
    faults = take_in(request, draft)
    if faults or "drop" in request.POST:
        return _show(request, draft, here, faults=faults, status=422 if faults else 200)
    return _press(request, draft, here)


def _press(request: HttpRequest, draft: Draft, here: str) -> HttpResponse:
    """Answer a button: back or edit, larger type, the other language, send, or next."""
    wanted = request.POST.get("to", "")
    if wanted in (*SCREENS, SAME):
        return _show(request, draft, wanted)
    if wanted == "type":
        return set_type(request, _show(request, draft, here))
    if wanted == "language":
        with override(other(request)):
            return set_language(request, _show(request, draft, here))
    return _send(request, draft) if wanted == "send" else _next(request, draft, here)


def _next(request: HttpRequest, draft: Draft, here: str) -> HttpResponse:
    """Go on to the next screen, or show again what is wrong on this one."""
    if here == SAME:
        return _show(request, draft, draft.after("where"))
    if not draft.judged(here).is_valid():
        return _show_faults(request, draft, here)
    if here == "where" and _hints(request, draft):
        return _show(request, draft, SAME)
    return _show(request, draft, draft.after(here))


def _hints(request: HttpRequest, draft: Draft) -> list[Shown]:
    """Find what nearby sounds alike; nothing for an address that tries one text after another."""
    if limits.is_over(request, limits.HINTS, now()):
        return []
    return shown(draft.hints())


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Hand the finished draft to intake and lead to the receipt; sent twice, it is one report."""
    unfinished = draft.first_unfinished()
    if unfinished != CHECK:
        return _show_faults(request, draft, unfinished)
    at = now()
    if not limits.knock(request, limits.REPORTS, at):
        return errors.too_many(request, wait=_("Many reports came from your network within the hour."))
    try:
        receipt = receive(draft.county, draft.entry(), by=None, at=at)
    except Refused as refusal:
        return _show(request, draft, CHECK, refusal=str(refusal), status=422)
    if day := day_asked(draft.answers, draft.county.code, at):
        book_for(request, receipt.report, day, at=at)
    return _hand_out(request, receipt)


def _hand_out(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    """Lead to the receipt, and let this browser show the secret for a short while."""
    response = redirect("resident:receipt", receipt.report.code)
    if receipt.secret:
        tickets.keep_receipt(response, receipt.report, receipt.secret)
    elif not tickets.fresh_secret(request, receipt.report.code):
        messages.info(
            request, _("This report had reached us already. If you have no secret, a service window gives one.")
        )
    return response


def _show(request: HttpRequest, draft: Draft, screen: str, *, status: int = 200, **said: object) -> HttpResponse:
    """Show a screen as it is first seen, or the summary."""
    if screen == CHECK:
        return _page(request, draft, CHECK, status=status, **said, **_summary(draft))
    if screen == SAME:
        limits.knock(request, limits.HINTS, now())
        return _page(request, draft, SAME, hints=shown(draft.hints()), status=status, **said)
    return _page(request, draft, screen, status=status, form=draft.blank(screen), **said)


def _show_faults(request: HttpRequest, draft: Draft, screen: str) -> HttpResponse:
    """Show a screen again with what is wrong beside each answer; everything typed is kept."""
    return _page(request, draft, screen, form=draft.judged(screen), status=422)


def _page(request: HttpRequest, draft: Draft, screen: str, *, status: int = 200, **context: object) -> HttpResponse:
    form = context.get("form")
    if isinstance(form, Where):
        form.offer_places()
    if screen in (SCREENS[0], CHECK):
        context["tray"] = tray_of(draft, cast(list[str], context.get("faults", [])))
    context |= {
        "screen": screen,
        "screens": SCREENS,
        "number": SCREENS.index(screen) + 1 if screen in SCREENS else 0,
        "back": _before(screen),
        "carried": draft.carried(screen),
        "counter": draft.counter,
        "text_limit": TEXT_LIMIT,
        "reception": day_asked(draft.answers, draft.county.code, now()),
        "nature": draft.answers.get("nature", ""),
    }
    return render(request, f"resident/report/{screen}.html", context, status=status)


def _before(screen: str) -> str:
    if screen == SAME:
        return "where"
    place = SCREENS.index(screen) if screen in SCREENS else len(SCREENS)
    return SCREENS[place - 1] if place else ""


def _summary(draft: Draft) -> dict[str, object]:
    entry = draft.entry()
    same = shown([hint_of(entry.same_as)])[0] if entry.same_as else None
    return {"entry": entry, "where": full_place(entry.region), "same": same}


@public_view
@never_cache
@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Show the receipt to the browser that sent the report; anyone else is shown where the code leads."""
    secret = tickets.fresh_secret(request, code)
    if not secret:
        return redirect("resident:track", code)
    report = get_object_or_404(Report.objects.select_related("region"), code=code)
    county = get_object_or_404(County.objects.select_related("region"), code=report.county)
    address = public_address(request, reverse("resident:track", args=[code]))
    clock = report.clocks.filter(stage=Stage.TRIAGE).first()
    context = {
        "report": report,
        "secret": f"{secret[:3]} {secret[3:]}",
        "address": address,
        "square": qr.square(address, _("The page of this report")),
        "clock": clock_in_words(clock) if clock else None,
        "usual": promised(report.county, Stage.HANDLE, report.received_at, urgency=Urgency.ORDINARY),
        "held": held_for(report),
        "counter": counter_of(county, localdate()),
    }
    return render(request, "resident/receipt.html", context)
