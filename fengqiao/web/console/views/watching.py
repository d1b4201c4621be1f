"""Watching a case, and no longer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengqiao.desk.transitions import watching
from fengqiao.web.console.views.cases import find
from fengqiao.web.shared.access import StaffRequest, staff_view


@staff_view
@require_POST
def watch(request: StaffRequest, number: str) -> HttpResponse:
    """Begin to watch a case, or end it with `off`; pressed twice it stays as it is."""
    case = find(request.user, number)
    if "off" in request.POST:
        watching.unwatch(case, by=request.user)
        messages.success(request, _("You no longer watch this case."))
    else:
        watching.watch(case, by=request.user, at=now())
        messages.success(request, _("You watch this case now: new steps are told on your first page."))
    return redirect("console:case", case.number)
