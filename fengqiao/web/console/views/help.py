"""How the desk is used: the keys, the signs, the words."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fengqiao.web.shared.access import StaffRequest, staff_view


@staff_view
@require_safe
def help_page(request: StaffRequest) -> HttpResponse:
    """Explain the keys and signs of the desk."""
    return render(request, "console/help.html")
