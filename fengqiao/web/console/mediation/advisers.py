"""Named studios, and experts and co-mediators who may be invited: the two lists, for those who work with them."""

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from fengqiao.mediation.keeping import may_keep
from fengqiao.mediation.models import Expert, Studio
from fengqiao.web.console.forms.advisers import ExpertsFilter, StudiosFilter
from fengqiao.web.console.mediation.registers import ROWS, reader_view
from fengqiao.web.console.views.units import _beside as beside
from fengqiao.web.shared.access import StaffRequest


@reader_view
@require_safe
def studios(request: StaffRequest) -> HttpResponse:
    """List the named studios of the county."""
    at, form = now(), StudiosFilter(request.GET)
    found = _studios(form.wanted(), request.user.county).select_related("mediator", "committee__unit")
    page = Paginator(found.order_by("name", "pk"), ROWS).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "may_keep": may_keep(request.user, at), "today": localdate(at)}
    return render(request, "console/mediation/registers/studios.html", context | beside(request, page))


@reader_view
@require_safe
def experts(request: StaffRequest) -> HttpResponse:
    """List the experts and co-mediators of the county."""
    at, county = now(), request.user.county
    fields = Expert.objects.filter(county=county).order_by("field").values_list("field", flat=True).distinct()
    form = ExpertsFilter(request.GET, fields=list(fields))
    page = Paginator(_experts(form.wanted(), county).order_by("name", "pk"), ROWS).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "may_keep": may_keep(request.user, at), "today": localdate(at)}
    return render(request, "console/mediation/registers/experts.html", context | beside(request, page))


def _studios(wanted: dict[str, str], county: str) -> QuerySet[Studio]:
    """Narrow the studios of a county to those asked for."""
    found, closed = Studio.objects.filter(county=county), Q(closed_on__lte=localdate(now()))
    if (state := wanted.get("state")) != "all":
        found = found.filter(closed) if state == "closed" else found.exclude(closed)
    if words := wanted.get("q"):
        named = Q(name__icontains=words) | Q(mediator__name__icontains=words)
        found = found.filter(named | Q(committee__unit__name__icontains=words))
    return found


def _experts(wanted: dict[str, str], county: str) -> QuerySet[Expert]:
    """Narrow the experts of a county to those asked for."""
    found, ended = Expert.objects.filter(county=county), Q(ended_on__lte=localdate(now()))
    if (state := wanted.get("state")) != "all":
        found = found.filter(ended) if state == "ended" else found.exclude(ended)
    if field := wanted.get("field"):
        found = found.filter(field=field)
    if words := wanted.get("q"):
        found = found.filter(Q(name__icontains=words) | Q(body__icontains=words) | Q(field__icontains=words))
    return found
