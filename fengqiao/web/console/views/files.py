"""The files of reports and cases: each exists exactly for those who may read what it is attached to."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengqiao.cases.models import Case
from fengqiao.files.models import Attachment
from fengqiao.files.vocabulary import Parent
from fengqiao.intake.models import Report
from fengqiao.intake.scope import files_visible_to
from fengqiao.people.models import User
from fengqiao.rights.models import AccessLog
from fengqiao.rights.transitions import record_look
from fengqiao.web.console.enclosed import waits_at
from fengqiao.web.console.looking import reason_of
from fengqiao.web.shared import arriving
from fengqiao.web.shared.access import StaffRequest, staff_view
from fengqiao.web.shared.serving import serve, serve_small, waiting_file


@staff_view
@require_safe
def full(request: StaffRequest, file: UUID) -> HttpResponse:
    """Give a file; of a restricted case or an accusation, who opened it is written down."""
    found = find(request.user, file)
    _record(found, request)
    return serve(found)


@staff_view
@require_safe
def small(request: StaffRequest, file: UUID) -> HttpResponse:
    """Show the small picture of a photo; it comes with a page, and the look at that is written down."""
    return serve_small(find(request.user, file))


@staff_view
@require_http_methods(["GET", "HEAD", "DELETE"])
def waiting(request: StaffRequest, waiting: UUID) -> HttpResponse:
    """Show a waiting photo's small picture to the colleague on whose form it waits, or take the file out (DELETE)."""
    own = Attachment.objects.filter(basket__isnull=False, by=request.user)
    return waiting_file(request, get_object_or_404(own, pk=waiting))


@staff_view
@require_POST
def begin(request: StaffRequest) -> HttpResponse:
    """Begin a file that the page sends piece by piece."""
    return arriving.begin(request, county=request.user.county, by=request.user)


@staff_view
@require_http_methods(["GET", "PATCH", "DELETE"])
def go_on(request: StaffRequest, waiting: UUID) -> HttpResponse:
    """Take the next piece of one's own file."""
    return arriving.go_on(request, waiting, by=request.user, waits_at=waits_at)


def find(user: User, file: UUID) -> Attachment:
    """Fetch a file that this user can see; any other does not exist."""
    return get_object_or_404(files_visible_to(user, now()), pk=file)


def _record(file: Attachment, request: StaffRequest) -> None:
    """Write down who opens a file of a restricted case, or of an accusation that is in none yet."""
    things = [file.thing] if file.thing else []
    report = Report.objects.filter(pk__in=things).first() if file.kind == Parent.REPORT else None
    case = report.case if report else Case.objects.filter(log__in=things).first()
    if (report and report.is_confidential) or (case and case.is_restricted):
        kind, thing = ("report", report.pk) if report else ("case", case.pk if case else file.pk)
        look, why = AccessLog.Look.RESTRICTED, _("To open “%(name)s”") % {"name": file.name}
        given = reason_of(request, case, now()) if case and case.is_restricted else ""
        why = f"{why} · {given}" if given else why
        record_look(look, county=file.county, kind=kind, thing=thing, user=request.user, at=now(), reason=why[:200])
