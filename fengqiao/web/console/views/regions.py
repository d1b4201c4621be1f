"""Places, for the system administrator: the tree, one place with its history, and what is done to it from a day on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Post, Unit
from fengqiao.places.drawing import drawing_of
from fengqiao.places.models import Level, Region
from fengqiao.playbooks.redrawing import acts
from fengqiao.playbooks.redrawing.acts import Change
from fengqiao.playbooks.redrawing.preview import Preview, look
from fengqiao.web.console.forms import regions as forms
from fengqiao.web.shared.access import StaffRequest, duty_view

FOUND_AT_MOST = 100


@dataclass(frozen=True)
class Act:
    """One thing that is done to a place: its form, its words, and what it calls."""

    form: type[forms.RegionForm]
    title: Any
    button: Any
    take: Callable[[Region, dict[str, Any], Change], object]
    closing: Callable[[Region, dict[str, Any]], tuple[list[Region], Region]] | None = (
        None  # looked at before it is done
    )


ACTS = {
    "rename": Act(
        forms.Rename, gettext_lazy("Rename"), gettext_lazy("Give it this name"),
        lambda region, said, change: acts.rename(region, said["name"], change),
    ),
    "move": Act(
        forms.Move, gettext_lazy("Move under another"), gettext_lazy("Move it"),
        lambda region, said, change: acts.move(region, said["under"], change),
    ),
    "close": Act(
        forms.Close, pgettext_lazy("place", "Close"), pgettext_lazy("place", "Close it"),
        lambda region, said, change: acts.close([region], said["into"], change),
        lambda region, said: ([region], said["into"]),
    ),
    "merge": Act(
        forms.TakeOver, gettext_lazy("Take others over"), gettext_lazy("Close them for this place"),
        lambda region, said, change: acts.close(list(said["regions"]), region, change),
        lambda region, said: (list(said["regions"]), region),
    ),
    "add": Act(
        forms.Found, gettext_lazy("Add a place below"), gettext_lazy("Add it"),
        lambda region, said, change: acts.found(region, acts.About(**said), change),
    ),
}  # fmt: skip


@duty_view("places")
@require_safe
def regions(request: StaffRequest) -> HttpResponse:
    """Show the county's townships, or the places that were looked for."""
    today = localdate(now())
    form = forms.RegionsFilter(request.GET)
    wanted = form.wanted()
    root = get_object_or_404(Region, county=request.user.county, level=Level.COUNTY)
    found = _narrowed(wanted, root.county) if wanted else Region.objects.current(today).children(root)
    rows = list(found.select_related("parent__parent")[: FOUND_AT_MOST + 1])
    context = {
        "form": form,
        "root": root,
        "rows": rows[:FOUND_AT_MOST],
        "is_cut": len(rows) > FOUND_AT_MOST,
        "narrowed": bool(wanted),
        "counts": _counts(root.county),
        "today": today,
    }
    return render(request, "console/setup/regions.html", context)


@duty_view("places")
@require_safe
def region(request: StaffRequest, region: str) -> HttpResponse:
    """Show one place: what is said about it, what lies below, who is at home there, what became of it."""
    found, today = _find(request, region), localdate(now())
    below = (
        Region.objects.current(today).children(found).annotate(inside=Count("below", filter=Q(below__valid_to=None)))
    )
    context = {
        "region": found,
        "above": _above(found),
        "below": below,
        "centre": found.centres.filter(valid_to=None).first(),
        "posts": Post.objects.held_on(today).filter(region=found).select_related("user", "unit").order_by("role", "pk"),
        "units": Unit.objects.filter(region=found, valid_to=None).order_by("kind", "code"),
        "changes": found.changes.order_by("-on", "-noted_at"),
        "drawing": drawing_of(found, today),
        "predecessors": found.predecessors.order_by("sort_key"),
        "is_open": found.valid_to is None and found.level != Level.COUNTY,
        "can_hold_more": found.valid_to is None and found.level != Level.PREFECTURE,
        "today": today,
    }
    return render(request, "console/setup/region.html", context)


@duty_view("places")
@require_http_methods(["GET", "HEAD", "POST"])
def change_region(request: StaffRequest, region: str, act: str) -> HttpResponse:
    """Change a place; a closing is shown with its counts first."""
    found, at = _find(request, region), now()
    if act not in ACTS:
        raise Http404
    wanted = ACTS[act]
    form = wanted.form(request.POST or None, region=found, today=localdate(at))
    preview: Preview | None = None
    if form.is_bound and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "on"}
        on = form.cleaned_data["on"]
        preview = look(*wanted.closing(found, said), on) if wanted.closing else None
        if (preview is None or "sure" in request.POST) and _taken(form, wanted, said, Change(on, request.user, at)):
            messages.success(request, _("The change is written down."))
            return redirect("console:region", found.code)
    context = {"region": found, "act": act, "wanted": wanted, "form": form, "preview": preview}
    context["is_looked_at"] = wanted.closing is not None
    return render(request, "console/setup/change_region.html", context, status=422 if form.errors else 200)


def _taken(form: forms.RegionForm, wanted: Act, said: dict[str, Any], change: Change) -> bool:
    """Do it; a refusal is shown above the form."""
    try:
        wanted.take(form.region, said, change)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _narrowed(wanted: dict[str, str], county: str) -> QuerySet[Region]:
    """Narrow the places of a county to those asked for; a name of earlier times finds them too."""
    found = Region.objects.filter(county=county, valid_to__isnull=wanted.get("state") != "closed")
    if level := wanted.get("level"):
        found = found.filter(level=level)
    if words := wanted.get("q"):
        former = Q(pk__in=Region.objects.filter(changes__was__icontains=words, changes__act="renamed").values("pk"))
        found = found.filter(Q(name__icontains=words) | Q(code__startswith=words) | former)
    return found.order_by("path")


def _counts(county: str) -> dict[str, int]:
    """Count the open places of each level."""
    rows = Region.objects.filter(county=county, valid_to=None).values_list("level").annotate(count=Count("pk"))
    return {Level(level).value: count for level, count in rows}


def _above(region: Region) -> list[Region]:
    """List the places above, the county first."""
    parts = region.path.split(".")
    paths = [".".join(parts[:length]) for length in range(1, len(parts))]
    return list(Region.objects.filter(county=region.county, path__in=paths).order_by("path"))


def _find(request: StaffRequest, code: str) -> Region:
    """Fetch a place of the own county; others do not exist."""
    found = Region.objects.select_related("parent__parent", "successor")
    return get_object_or_404(found, code=code, county=request.user.county)
