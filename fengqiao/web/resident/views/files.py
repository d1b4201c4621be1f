"""A resident's photos and papers: waiting with the report being written, and belonging to one that was sent."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengqiao.files.models import Attachment, CoveredCopy
from fengqiao.intake.scope import copies_open_to, files_open_to
from fengqiao.web.resident import limits, tickets
from fengqiao.web.resident.counter import counter_for
from fengqiao.web.resident.draft import Draft
from fengqiao.web.resident.views.tracking import of_a_code, report_with
from fengqiao.web.shared import arriving as pieces
from fengqiao.web.shared import enclosing
from fengqiao.web.shared.access import public_view
from fengqiao.web.shared.serving import serve, serve_copy, serve_small, waiting_file


@public_view
@never_cache
@require_http_methods(["GET", "HEAD", "DELETE"])
def waiting(request: HttpRequest, basket: UUID, file: UUID) -> HttpResponse:
    """Show a waiting photo's small picture to the form with which it waits, or take the file out (DELETE)."""
    return waiting_file(request, get_object_or_404(Attachment.objects.waiting_in(basket), pk=file, by=None))


@public_view
@never_cache
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a file that the page sends piece by piece; each is counted, since anybody may send one."""
    counter = counter_for(request.POST.get("county", ""), localdate())
    if counter is None:
        raise Http404
    if not limits.knock(request, limits.FILES, now()):
        return JsonResponse({"error": _too_many()}, status=429)
    return pieces.begin(request, county=counter.county.code, by=None)


@public_view
@never_cache
@require_http_methods(["GET", "PATCH", "DELETE"])
def go_on(request: HttpRequest, arriving: UUID) -> HttpResponse:
    """Take the next piece of a file; its id was told to the page that began it, and to nobody else."""
    return pieces.go_on(request, arriving, by=None, waits_at=waits_at)


@public_view
@never_cache
@of_a_code
@require_safe
def full(request: HttpRequest, code: str, file: UUID) -> HttpResponse:
    """Give a file of a report to its bearer, once the secret was given."""
    return serve(_open_to(request, code, file))


@public_view
@never_cache
@of_a_code
@require_safe
def small(request: HttpRequest, code: str, file: UUID) -> HttpResponse:
    """Show the small picture of a photo to the bearer of a report."""
    return serve_small(_open_to(request, code, file))


@public_view
@never_cache
@of_a_code
@require_safe
def shown(request: HttpRequest, code: str, copy: UUID) -> HttpResponse:
    """Show a covered copy of another resident's photo to a bearer of the same matter."""
    return serve_copy(_shown_to(request, code, copy))


@public_view
@never_cache
@of_a_code
@require_safe
def shown_small(request: HttpRequest, code: str, copy: UUID) -> HttpResponse:
    """Show the small picture of a covered copy."""
    return serve_copy(_shown_to(request, code, copy), is_small=True)


def _shown_to(request: HttpRequest, code: str, copy: UUID) -> CoveredCopy:
    report = report_with(code)
    if not tickets.is_opened(request, report):
        raise Http404
    return get_object_or_404(copies_open_to(report.pk, report.case_id), pk=copy)


def _open_to(request: HttpRequest, code: str, file: UUID) -> Attachment:
    report = report_with(code)
    if not tickets.is_opened(request, report):
        raise Http404
    return get_object_or_404(files_open_to(report.pk, report.case_id), pk=file)


def take_in(request: HttpRequest, draft: Draft) -> list[str]:
    """Take in what was chosen on the page, whichever button was pressed; say what went wrong."""
    at = now()
    if not all(limits.knock(request, limits.FILES, at) for _file in request.FILES.getlist("files")):
        return [_too_many()]
    return enclosing.take_in(request, draft.basket, county=draft.county.code, by=None, at=at)


def tray_of(draft: Draft, faults: list[str]) -> enclosing.Tray:
    """Show what waits with a report being written."""
    return enclosing.tray(draft.basket, waits_at=waits_at, begin=reverse("resident:begin_file"), faults=faults)


def _too_many() -> str:
    return _("Many files came from your network within the hour. Please go on without them, or wait a little.")


def waits_at(file: Attachment) -> str:
    """Say where a waiting file of a resident is shown and taken out."""
    return reverse("resident:waiting_file", args=[file.basket_id, file.pk])
