"""A resident's photos and papers: waiting with the report being written, and belonging to one that was sent."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fengqiao.files.models import Attachment
from fengqiao.intake.scope import files_open_to
from fengqiao.web.resident import limits, tickets
from fengqiao.web.resident.draft import Draft
from fengqiao.web.resident.views.tracking import report_with
from fengqiao.web.shared import enclosing
from fengqiao.web.shared.access import public_view
from fengqiao.web.shared.serving import serve, serve_small


@public_view
@never_cache
@require_safe
def waiting(request: HttpRequest, basket: UUID, file: UUID) -> HttpResponse:
    """Show the small picture of a photo to the form with which it waits."""
    return serve_small(get_object_or_404(Attachment.objects.waiting_in(basket), pk=file, by=None))


@public_view
@never_cache
@require_safe
def full(request: HttpRequest, code: str, file: UUID) -> HttpResponse:
    """Give a file of a report to its bearer, once the secret was given."""
    return serve(_open_to(request, code, file))


@public_view
@never_cache
@require_safe
def small(request: HttpRequest, code: str, file: UUID) -> HttpResponse:
    """Show the small picture of a photo to the bearer of a report."""
    return serve_small(_open_to(request, code, file))


def _open_to(request: HttpRequest, code: str, file: UUID) -> Attachment:
    report = report_with(code)
    if not tickets.is_opened(request, report):
        raise Http404
    return get_object_or_404(files_open_to(report.pk, report.case_id), pk=file)


def take_in(request: HttpRequest, draft: Draft) -> list[str]:
    """Take in what was chosen on the page, whichever button was pressed; say what went wrong."""
    at = now()
    if not all(limits.knock(request, limits.FILES, at) for _file in request.FILES.getlist("files")):
        return [_("Many files came from your network within the hour. Please go on without them, or wait a little.")]
    return enclosing.take_in(request, draft.basket, county=draft.county.code, by=None, at=at)


def tray_of(draft: Draft, faults: list[str]) -> enclosing.Tray:
    """Show what waits with a report being written."""
    return enclosing.tray(draft.basket, small=small_waiting, faults=faults)


def small_waiting(file: Attachment) -> str:
    """Say where the small picture of a waiting photo is."""
    return reverse("resident:waiting_file", args=[file.basket_id, file.pk])
