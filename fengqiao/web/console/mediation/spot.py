"""Settled on the spot (随手调): one minute, no signature; and the questions that records raise."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengqiao.kit.verdict import Refused
from fengqiao.mediation import quality
from fengqiao.mediation.models import SpotRecord, SpotReview
from fengqiao.mediation.onspot import areas_reviewed_by, desks_of
from fengqiao.mediation.spotlimits import limits_of
from fengqiao.mediation.transitions import spot
from fengqiao.people.models import User
from fengqiao.web.console.mediation.spot_forms import Review, WriteDown
from fengqiao.web.console.paging import Listed, Order, page_of_parts
from fengqiao.web.shared.access import StaffRequest, staff_view

FRESH = "spot_code"


@staff_view
@require_safe
def records(request: StaffRequest) -> HttpResponse:
    """List what was settled on the spot, as far as one sees it."""
    at = now()
    rows = SpotRecord.objects.visible_to(request.user, at)
    context = {
        "page": page_of_parts(Listed([rows], _rows), Order("settled_at", is_descending=True), request.GET),
        "may_record": bool(desks_of(request.user, at)),
        "may_review": bool(areas_reviewed_by(request.user, at)),
    }
    return render(request, "console/mediation/spots.html", context)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Write one down."""
    at = now()
    desks = desks_of(request.user, at)
    if not desks:
        raise PermissionDenied(_("Mediators and grid workers write on-the-spot records, each for their own committee."))
    form = WriteDown(request.POST if request.method == "POST" else None, desk=desks[0], user=request.user, at=at)
    if form.is_valid():
        try:
            made, code = spot.record(form.said(), to=desks[0].unit, by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session[FRESH] = [str(made.pk), code]
            return redirect("console:spot", made.pk)
    context = {"form": form, "desk": desks[0]}
    return render(request, "console/mediation/spot_new.html", context, status=422 if form.is_bound else 200)


@staff_view
@require_safe
def record(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show one record; once, the code with which a party may confirm it."""
    at = now()
    made = _find(request.user, record, at)
    kept = request.session.pop(FRESH, None)
    code = kept[1] if kept and kept[0] == str(made.pk) else ""
    context = {
        "record": made,
        "code": f"{code[:4]} {code[4:]}".strip(),
        "review": SpotReview.objects.filter(record=made).select_related("by").first(),
        "may_undo": made.by_id == request.user.pk and at <= made.at + spot.UNDONE_WITHIN,
    }
    return render(request, "console/mediation/spot.html", context)


@staff_view
@require_POST
def undo(request: StaffRequest, record: UUID) -> HttpResponse:
    """Take the own record back."""
    at = now()
    made = _find(request.user, record, at)
    try:
        spot.undo(made, by=request.user, at=at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("console:spot", made.pk)
    messages.success(request, _("Taken back. Nothing of it is kept."))
    return redirect("console:spots")


@staff_view
@require_safe
def questions(request: StaffRequest) -> HttpResponse:
    """Show which records raise a question, to whoever looks at them."""
    at = now()
    areas = areas_reviewed_by(request.user, at)
    if not areas:
        raise PermissionDenied(
            _("Records are looked at by the supervisor, or by the director of the county's committee.")
        )
    limits = limits_of(request.user.county, localdate(at))
    rows = quality.records_in(areas, limits, at)
    asked = quality.questions(rows, limits)
    found = [(each, asked[each.pk]) for each in rows if each.pk in asked and quality.is_open(each)]
    found.sort(key=lambda each: quality.Question.DISPUTED not in each[1])
    context = {"found": found, "limits": limits, "looked_at": len(rows), "reviewed": len(asked) - len(found)}
    return render(request, "console/mediation/spot_questions.html", context)


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: StaffRequest, record: UUID) -> HttpResponse:
    """Look at one record beside those it resembles, and write down what was found."""
    at = now()
    limits = limits_of(request.user.county, localdate(at))
    rows = quality.records_in(areas_reviewed_by(request.user, at), limits, at)
    made = next((each for each in rows if each.pk == record), None)
    if made is None:
        raise Http404
    asked = quality.questions(rows, limits).get(made.pk, [])
    form = Review(request.POST if request.method == "POST" else None)
    if form.is_valid() and _reviewed(made, form, ",".join(asked), request.user, at):
        messages.success(request, _("Noted."))
        return redirect("console:spot_questions")
    beside = [each for each in rows if each.sameness == made.sameness and each.pk != made.pk][:10]
    context = {"record": made, "asked": asked, "beside": beside, "form": form}
    return render(request, "console/mediation/spot_review.html", context, status=422 if form.is_bound else 200)


def _reviewed(made: SpotRecord, form: Review, asked: str, by: User, at: datetime) -> bool:
    """Write it down; a refusal stands on the form."""
    finding = SpotReview.Finding(form.cleaned_data["finding"])
    try:
        spot.review(made, finding, form.cleaned_data["words"], questions=asked, by=by, at=at)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _rows(ids: list[UUID]) -> QuerySet[SpotRecord]:
    """Fetch the rows of one page, once its keys are found by the index."""
    return SpotRecord.objects.filter(pk__in=ids).select_related("unit", "mediator", "region")


def _find(user: User, record: UUID, at: datetime) -> SpotRecord:
    """Fetch a record that this user sees; any other does not exist."""
    rows = SpotRecord.objects.visible_to(user, at).select_related("unit", "mediator", "region__parent", "by")
    return get_object_or_404(rows, pk=record)
