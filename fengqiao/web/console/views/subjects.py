"""The list of subjects, for the system administrator."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from fengqiao.cases.models import Category
from fengqiao.kit.verdict import Refused
from fengqiao.playbooks.rulebook import subjects as acts
from fengqiao.web.console.forms.rules import SubjectName, SubjectsFilter
from fengqiao.web.shared.access import StaffRequest, duty_view

TOLD = {
    "rename": gettext_lazy("The subject has its new name."),
    "close": gettext_lazy("The subject is no longer offered; cases sorted by it keep it."),
    "open": gettext_lazy("The subject is offered again."),
}


@duty_view("rules")
@require_http_methods(["GET", "HEAD", "POST"])
def subjects(request: StaffRequest) -> HttpResponse:
    """Show the whole list, or what fits some words; a new heading is added here."""
    form, refusal = SubjectName(request.POST or None), ""
    if form.is_bound and form.is_valid():
        try:
            return redirect("console:subject", acts.add_subject(None, form.called(), by=request.user, at=now()).code)
        except Refused as refused:
            refusal = str(refused)
    words = SubjectsFilter(request.GET).words()
    rows = Category.objects.filter(county=request.user.county).select_related("parent__parent").order_by("code")
    found = rows.filter(name__icontains=words) if words else rows.none()
    tree = [] if words else _tree(list(rows))
    context = {"form": form, "refusal": refusal, "q": words, "found": found, "tree": tree}
    return render(request, "console/setup/subjects.html", context, status=422 if form.is_bound else 200)


@duty_view("rules")
@require_safe
def subject(request: StaffRequest, subject: str) -> HttpResponse:
    """Show one subject: its name, what is below it."""
    found = find(request, subject)
    return _page(request, found, SubjectName(initial={"name": found.name}), SubjectName(prefix="new"))


@duty_view("rules")
@require_http_methods(["POST"])
def change_subject(request: StaffRequest, subject: str, act: str) -> HttpResponse:
    """Add below, rename, close or open a subject."""
    found = find(request, subject)
    names = SubjectName(request.POST if act == "rename" else None, initial={"name": found.name})
    new = SubjectName(request.POST if act == "add" else None, prefix="new")
    form = new if act == "add" else names
    step = _step(request, found, act, form)
    if form.is_bound and not form.is_valid():
        return _page(request, found, names, new)
    try:
        step()
    except Refused as refusal:
        return _page(request, found, names, new, str(refusal))
    messages.success(request, str(TOLD.get(act, _("The subject is added."))))
    return redirect("console:subject", found.code)


def find(request: StaffRequest, code: str) -> Category:
    """Fetch a subject of the own county; others do not exist."""
    return get_object_or_404(Category.objects.select_related("parent__parent"), code=code, county=request.user.county)


def _step(request: StaffRequest, found: Category, act: str, form: SubjectName) -> Callable[[], Category]:
    by, at = request.user, now()
    steps: dict[str, Callable[[], Category]] = {
        "add": lambda: acts.add_subject(found, form.called(), by=by, at=at),
        "rename": lambda: acts.rename_subject(found, form.called(), by=by, at=at),
        "close": lambda: acts.close_subject(found, by=by, at=at),
        "open": lambda: acts.open_subject(found, by=by, at=at),
    }
    if act not in steps:
        raise Http404
    return steps[act]


def _page(
    request: StaffRequest, found: Category, names: SubjectName, new: SubjectName, refusal: str = ""
) -> HttpResponse:
    context = {
        "refusal": refusal,
        "subject": found,
        "names": names,
        "new": new,
        "below": found.children.order_by("code"),
        "may_add": found.level < acts.LEVELS and found.valid_to is None,
    }
    return render(
        request, "console/setup/subject.html", context, status=422 if refusal or names.errors or new.errors else 200
    )


def _tree(rows: list[Category]) -> list[tuple[Category, list[tuple[Category, list[Category]]]]]:
    """Arrange the rows: headings with the subjects below them, and those below these."""
    below: dict[object, list[Category]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    return [
        (heading, [(second, below.get(second.pk, [])) for second in below.get(heading.pk, [])])
        for heading in below.get(None, [])
    ]
