"""Taking in what someone says: on the phone, at the window, by letter, on another's behalf."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengqiao.cases.scope import held_posts
from fengqiao.intake.policy import AT_THE_COUNTER, TAKES, may
from fengqiao.intake.queries import alike
from fengqiao.intake.transitions import receiving
from fengqiao.intake.transitions.at_once import receive_and_open
from fengqiao.intake.workflow import Channel, Status
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Post, Role
from fengqiao.places import counties
from fengqiao.places.models import County, Level, Region
from fengqiao.places.queries import has_boundaries
from fengqiao.web.console import fresh
from fengqiao.web.console.enclosed import tray_of
from fengqiao.web.console.forms.intake import OpenAtOnce, Receive
from fengqiao.web.console.opening import centre_of
from fengqiao.web.console.templatetags.desk import place as place_name
from fengqiao.web.console.views.triage import find, record_reading, sees_case
from fengqiao.web.shared.access import StaffRequest, staff_view
from fengqiao.web.shared.enclosing import take_in
from fengqiao.web.shared.position import place_at

FRESH = "fresh_secret"
NEAR = frozenset({Level.VILLAGE, Level.GROUP, Level.GRID})


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: StaffRequest) -> HttpResponse:
    """Show the form, or take in what was written down, with a case at once where that was pressed."""
    at, county = now(), counties.of(request.user.county)
    if county is None:
        raise Http404
    posts = held_posts(request.user, at)
    roles = {post.role for post in posts}
    if not roles & AT_THE_COUNTER:
        return render(request, "console/intake/closed.html", {"who": _who_receives()}, status=403)
    channel = request.GET.get("channel", Channel.GRID if roles == {Role.GRID_WORKER} else "")
    own = own_place(posts)
    form = Receive(request.POST or None, county=county.code, today=localdate(at), channel=channel, begin_at=own)
    at_once = _at_once(request, roles)
    faults = take_in(request, form.basket, county=county.code, by=request.user, at=at) if form.is_bound else []
    if form.is_bound and not faults and "drop" not in request.POST and _are_valid(form, at_once):
        try:
            receipt = _take(request, county, form, at_once)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _received(request, receipt)
    can_use_position = has_boundaries(county.code, localdate(at))
    tray = tray_of(form.basket, faults)
    context = {"form": form, "at_once": at_once, "can_use_position": can_use_position, "tray": tray}
    return render(request, "console/intake/intake.html", context, status=422 if form.is_bound else 200)


def own_place(posts: Iterable[Post]) -> Region | None:
    """Give the one village, or what lies in it, for which somebody takes in reports; none where it is more than one."""
    places = {post.region_id: post.region for post in posts if post.role in AT_THE_COUNTER}
    if len(places) != 1:
        return None
    (place,) = places.values()
    return place if place.level in NEAR else None


def _who_receives() -> list[str]:
    return sorted(str(role.label) for role in AT_THE_COUNTER)


def _at_once(request: StaffRequest, roles: set[str]) -> OpenAtOnce | None:
    """Give the form by which the case is opened in the same act, to whoever may triage."""
    if not roles & TAKES["triage"]:
        return None
    return OpenAtOnce(request.POST if "open" in request.POST else None, county=request.user.county)


def _are_valid(form: Receive, at_once: OpenAtOnce | None) -> bool:
    """Judge both forms, so that all that is wrong is said at once."""
    said = [form.is_valid(), at_once is None or not at_once.is_bound or at_once.is_valid()]
    return all(said)


def _take(request: StaffRequest, county: County, form: Receive, at_once: OpenAtOnce | None) -> receiving.Receipt:
    """Take in the report, and open its case where that was asked for."""
    at, entry = now(), form.entry()
    if at_once is None or not at_once.is_bound:
        return receiving.receive(county, entry, by=request.user, at=at)
    what = at_once.opening(entry, centre_of(request.user, county.code, at))
    return receive_and_open(county, entry, what, by=request.user, at=at)


@staff_view
@require_POST
def here(request: StaffRequest) -> HttpResponse:
    """Tell in which place a position lies, for whoever takes in a report on the spot; it is kept nowhere."""
    found = place_at(request.user.county, request.POST, localdate(now()))
    if found is None:
        return JsonResponse({"words": _("No boundary is drawn where you are. Please choose the place from the list.")})
    return JsonResponse({"words": _("You are in %(place)s.") % {"place": place_name(found)}, "region": str(found.pk)})


@staff_view
@require_safe
def received(request: StaffRequest, code: str) -> HttpResponse:
    """Show the code and, this once, the secret: to be read out or printed."""
    report = find(request.user, code)
    record_reading(request, report, now())
    kept = request.session.pop(FRESH, None)
    handed_out = kept[1] if kept and kept[0] == report.code else ""
    secret = fresh.secret_of(request, report, now()) or handed_out
    may_triage = report.status == Status.RECEIVED and may(request.user, "triage", report, now())
    case = report.case if sees_case(report) else None
    context = {"report": report, "secret": secret, "case": case, "may_triage": may_triage, "is_reissued": False}
    response = render(request, "console/intake/received.html", context)
    if fresh.SLIP in request.COOKIES:
        fresh.forget(response, report)
    return response


@staff_view
@require_POST
def similar(request: StaffRequest) -> HttpResponse:
    """Show the open cases that sound like what is being written, with the words they share.

    It is posted: what a resident said may be long, and belongs in no address that a proxy writes down.
    """
    where = _region(request.user.county, request.POST.get("region", ""))
    found = alike(request.POST.get("text", ""), where, request.user, now()) if where else []
    return render(request, "console/intake/similar.html", {"where": where, "alike": found})


def _region(county: str, typed: str) -> Region | None:
    """Find the place that was chosen, if one was."""
    try:
        return Region.objects.select_related("parent__parent").filter(county=county, pk=UUID(typed)).first()
    except ValueError:
        return None


def _received(request: StaffRequest, receipt: receiving.Receipt) -> HttpResponse:
    """Keep a fresh secret for the one page that shows it; a form sent twice leaves the first one be."""
    response = redirect("console:received", receipt.report.code)
    if receipt.secret:
        fresh.keep(request, response, receipt.report)
    return response
