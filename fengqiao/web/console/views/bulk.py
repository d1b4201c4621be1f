"""Acting on several cases or reports at once: choose the step, fill it in, check row by row, confirm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fengqiao.cases.workflow import STEPS
from fengqiao.desk.models import BulkRow, BulkRun
from fengqiao.desk.rehearsal import rehearse
from fengqiao.desk.transitions.bulk import Chosen, Order, begin, carry_out
from fengqiao.kit.ids import new_id
from fengqiao.kit.verdict import Refused, Verdict
from fengqiao.people.models import User
from fengqiao.web.console import bulk as steps
from fengqiao.web.console.bulk import BulkStep
from fengqiao.web.console.bulkrows import picked_of, runs_of, shown_rows
from fengqiao.web.console.picking import Picked, picked
from fengqiao.web.shared.access import StaffRequest, staff_view


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing and whether the step can be taken on it, with these answers, at this moment."""

    picked: Picked
    verdict: Verdict


@staff_view
@require_safe
def choose(request: StaffRequest) -> HttpResponse:
    """Show what was chosen, the steps that can be taken on it, and the form of one of them."""
    return _choose(request, picked(request.GET, request.user, now()), request.GET.get("verb", ""))


@staff_view
@require_POST
def check(request: StaffRequest) -> HttpResponse:
    """Try the step out on every row and show what would happen; nothing is done yet."""
    at = now()
    chosen = [*picked(request.POST, request.user, at), *_left(request, at)]
    step = _step(chosen, request.POST.get("verb", ""))
    form = _filled(step, chosen, request, at)
    if not form.is_valid() or "change" in request.POST:
        return _choose(request, chosen, step.verb, form=form)
    answers = steps.answers_of(form, request.POST)
    checked = [_checked(step, each, answers, request.user, at) for each in chosen]
    context = {
        "step": step,
        "told": steps.told(form),
        "answers": answers.lists(),
        "can": [each for each in checked if each.verdict],
        "cannot": [each for each in checked if not each.verdict],
        "submission": new_id(),
    }
    return render(request, "console/bulk/check.html", context)


@staff_view
@require_POST
def confirm(request: StaffRequest) -> HttpResponse:
    """Take the step on every row that passed the check, and lead to what came of it."""
    at = now()
    chosen = picked(request.POST, request.user, at)
    step = _step(chosen, request.POST.get("verb", ""))
    form = _filled(step, chosen, request, at)
    if not form.is_valid():
        return _choose(request, chosen, step.verb, form=form)
    answers = steps.answers_of(form, request.POST)
    order = Order(step.verb, answers.urlencode(), _submission(request.POST))
    out = [_left_out(step, each, answers, request.user, at) for each in _left(request, at)]
    run = begin(order, [*(Chosen(each.thing, each.seen) for each in chosen), *out], by=request.user, at=at)
    _go_on(run, step, request.user, at)
    return redirect("console:bulk_run", run.pk)


@staff_view
@require_safe
def runs(request: StaffRequest) -> HttpResponse:
    """List what one did to many at once in the last month, to find it again."""
    found = [(each, STEPS[each.verb].label) for each in runs_of(request.user) if each.verb in STEPS]
    return render(request, "console/bulk/runs.html", {"runs": found})


@staff_view
def run(request: StaffRequest, run: UUID) -> HttpResponse:
    """Show what came of a bulk run, row by row; a run that was broken off is taken up again."""
    found = get_object_or_404(BulkRun, pk=run, by=request.user)
    at = now()
    rows = shown_rows(found, request.user, at)
    step = steps.step_of(rows[0].field, found.verb) if rows else None
    if step is None:
        raise Http404
    if request.method == "POST":
        _go_on(found, step, request.user, at)
        return redirect("console:bulk_run", found.pk)
    by_outcome = {outcome: [row for row in rows if row.outcome == outcome] for outcome in BulkRow.Outcome}
    context = {"run": found, "step": step, "rows": rows, **{key.value: value for key, value in by_outcome.items()}}
    return render(request, "console/bulk/run.html", context)


def _choose(request: StaffRequest, chosen: Sequence[Picked], verb: str, *, form: Form | None = None) -> HttpResponse:
    """Show the page of choosing; 422 while the form is refused."""
    at = now()
    offers = steps.offers(chosen, request.user, at)
    offer = next((each for each in offers if each.step.verb == verb), offers[0] if len(offers) == 1 else None)
    if form is None and offer:
        form = offer.step.draw(chosen[0].thing, request.user, at, None)
    context = {"chosen": chosen, "offers": offers, "offer": offer, "form": form if offer else None}
    status = 422 if form is not None and form.errors else 200
    return render(request, "console/bulk/choose.html", context, status=status)


def _left(request: StaffRequest, at: datetime) -> list[Picked]:
    """Fetch what the check page left out."""
    return picked(request.POST, request.user, at, cases="left_case", reports="left_report")


def _step(chosen: Sequence[Picked], verb: str) -> BulkStep:
    """Find the step that was asked for; nothing chosen, or no such step, is no page."""
    step = steps.step_of(chosen[0].field, verb) if chosen else None
    if step is None:
        raise Http404
    return step


def _filled(step: BulkStep, chosen: Sequence[Picked], request: StaffRequest, at: datetime) -> Form:
    """Judge the answers by the first row they fit; if they fit none, show what is wrong with them for the first."""
    first = step.draw(chosen[0].thing, request.user, at, request.POST)
    others = (step.draw(each.thing, request.user, at, request.POST) for each in chosen[1:])
    return next((form for form in chain([first], others) if form.is_valid()), first)


def _checked(step: BulkStep, one: Picked, answers: QueryDict, user: User, at: datetime) -> Checked:
    return Checked(one, rehearse(partial(steps.act, step, one, answers, by=user, at=at)))


def _left_out(step: BulkStep, one: Picked, answers: QueryDict, user: User, at: datetime) -> Chosen:
    """Keep in the list what did not pass the check, with the reason as it is now."""
    verdict = _checked(step, one, answers, user, at).verdict
    return Chosen(one.thing, one.seen, verdict.reason or _("It did not pass the check and was left out."))


def _go_on(run: BulkRun, step: BulkStep, user: User, at: datetime) -> None:
    """Take the step on what has not had its turn."""
    answers, seen = QueryDict(run.answers), picked_of(run, user, at)

    def act(row: BulkRow) -> object:
        if row.pk not in seen:
            raise Refused(_("You can no longer see this."))
        return steps.act(step, seen[row.pk], answers, by=user, at=at)

    carry_out(run, act, at=at)


def _submission(sent: QueryDict) -> UUID:
    """Read from which check page this comes; a form without one stands for itself."""
    try:
        return UUID(sent.get("submission", ""))
    except ValueError:
        return new_id()
