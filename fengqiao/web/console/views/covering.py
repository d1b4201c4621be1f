"""Covering faces and numbers in a photo, and showing the covered copy to the other residents of the matter."""

import json
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengqiao.files.models import Attachment
from fengqiao.files.pictures import Box
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import showing
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User
from fengqiao.web.console.views.files import find
from fengqiao.web.shared.access import StaffRequest, staff_view
from fengqiao.web.shared.serving import serve_copy

MOST_SIGNS = 20_000


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def cover(request: StaffRequest, file: UUID) -> HttpResponse:
    """Show a photo to draw boxes on; sent, they are covered for good in a copy."""
    found, at = _coverable(request.user, file), now()
    refusal = ""
    if request.method == "POST":
        try:
            showing.cover(found, _boxes(request.POST.get("boxes", "")), by=request.user, at=at)
            return redirect("console:cover", found.pk)
        except Refused as refused:
            refusal = str(refused)
    copy = found.copies.select_related("by", "approved_by").order_by("-at").first()
    report = Report.objects.select_related("case").get(pk__in=[found.thing] if found.thing else [])
    context = {"file": found, "copy": copy, "case": report.case, "refusal": refusal}
    return render(request, "console/files/cover.html", context, status=422 if refusal else 200)


@staff_view
@require_safe
def copy(request: StaffRequest, file: UUID) -> HttpResponse:
    """Show the newest covered copy of a photo to whoever may see the photo."""
    newest = find(request.user, file).copies.order_by("-at").first()
    if newest is None:
        raise Http404
    return serve_copy(newest)


@staff_view
@require_POST
def show(request: StaffRequest, file: UUID) -> HttpResponse:
    """Approve the covered copy."""
    return _act(request, file, showing.show, _("Shown: the other residents of this matter see the covered copy."))


@staff_view
@require_POST
def hide(request: StaffRequest, file: UUID) -> HttpResponse:
    """Show the covered copy no more."""
    return _act(request, file, showing.hide, _("It is shown no more."))


def _act(request: StaffRequest, file: UUID, act: Callable[..., object], done: str) -> HttpResponse:
    found, at = _coverable(request.user, file), now()
    try:
        act(found, by=request.user, at=at)
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("console:cover", found.pk)


def _coverable(user: User, file: UUID, at: datetime | None = None) -> Attachment:
    """Fetch a photo in scope that this person may cover; others read why they may not."""
    found = find(user, file)
    verdict = showing.may_cover(user, found, at or now())
    if not verdict:
        raise PermissionDenied(verdict.reason)
    return found


def _boxes(typed: str) -> list[Box]:
    """Read the boxes drawn on the page: shares of width and height; nonsense counts as none drawn."""
    try:
        drawn = json.loads(typed) if len(typed) <= MOST_SIGNS else []
        boxes = [Box(*(float(share) for share in four)) for four in drawn]
    except (TypeError, ValueError, OverflowError, RecursionError):
        return []
    return boxes if all(_is_inside(box) for box in boxes) else []


def _is_inside(box: Box) -> bool:
    return all(0 <= share <= 1 for share in (box.left, box.top)) and 0 < box.width <= 1 and 0 < box.height <= 1
