"""The addresses to which a page sends a large file piece by piece. The answers are for the page's script, in JSON."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import now

from fengqiao.files.models import Arrival, Attachment
from fengqiao.files.transitions import arriving
from fengqiao.files.transitions.arriving import Announced, OutOfStep
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User
from fengqiao.web.shared.enclosing import Address, attached, basket_of

OFFSET = "Upload-Offset"


def begin(request: HttpRequest, *, county: str, by: User | None) -> JsonResponse:
    """Begin a file: says under which id its pieces are awaited."""
    coming = Announced(request.POST.get("name", ""), _number(request.POST.get("size", "")))
    basket = basket_of(request.POST.get("basket", ""))
    try:
        arrival = arriving.begin(coming, basket, county=county, by=by, at=now())
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=422)
    return JsonResponse({"id": str(arrival.pk), "offset": 0}, status=201)


def go_on(request: HttpRequest, arrival: UUID, *, by: User | None, waits_at: Address) -> HttpResponse:
    """Take a piece (PATCH), say how far a file has come (GET), or let it go (DELETE)."""
    try:
        if request.method == "DELETE":
            arriving.give_up(arrival, by=by)
            return HttpResponse(status=204)
        return _told(_taken(request, arrival, by), waits_at)
    except Arrival.DoesNotExist:
        raise Http404 from None
    except OutOfStep as step:
        return JsonResponse({"offset": step.offset}, status=409)
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=422)


def _taken(request: HttpRequest, arrival: UUID, by: User | None) -> Arrival | Attachment:
    if request.method == "PATCH":
        offset = _number(request.headers.get(OFFSET, ""))
        return arriving.add(arrival, offset, request.body, by=by, at=now())
    return arriving.finish(Arrival.objects.get(pk=arrival, basket__by=by), by=by, at=now())


def _told(come: Arrival | Attachment, waits_at: Address) -> JsonResponse:
    if isinstance(come, Arrival):
        return JsonResponse({"offset": come.received})
    file = attached(come, small=waits_at)
    told = {"name": file.name, "about": file.about, "small": file.small, "waits_at": waits_at(come)}
    return JsonResponse({"file": told}, status=201)


def _number(text: str) -> int:
    """Read a number; nonsense counts as one that fits nowhere."""
    return int(text) if text.isdecimal() and len(text) < 12 else -1
