"""The resident's own steps: evaluate, ask to reopen, ask for a second look at a refusal."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import closing, reopening, withdrawing
from fengqiao.cases.transitions.closing import Answer
from fengqiao.intake.models import Report
from fengqiao.intake.policy import may_give_up
from fengqiao.intake.transitions import triaging
from fengqiao.kit.verdict import Refused, require
from fengqiao.people.actors import Resident
from fengqiao.web.resident import tickets
from fengqiao.web.resident.counter import counter_for
from fengqiao.web.resident.forms.tracking import AskReopen, Evaluate, GiveUp, Secret
from fengqiao.web.resident.promises import decided_within
from fengqiao.web.resident.views.tracking import of_a_code, report_with, try_secret
from fengqiao.web.shared.access import public_view

either = require_http_methods(["GET", "HEAD", "POST"])


@public_view
@never_cache
@of_a_code
@either
def evaluate(request: HttpRequest, code: str) -> HttpResponse:
    """Take the resident's answer about a concluded case."""

    def act(report: Report, by: Resident, form: Form) -> str:
        answer = Answer(**form.cleaned_data, report=report.pk)
        closing.evaluate(_case_of(report), answer, by=by, at=now())
        return _("Thank you. Your answer is on record, and the unit cannot change it.")

    return _answer(request, code, "evaluate", Evaluate, act)


@public_view
@never_cache
@of_a_code
@either
def ask_reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Take the resident's request to take the case up again."""

    def act(report: Report, by: Resident, form: Form) -> str:
        at = now()
        reopening.ask_reopen(_case_of(report), words=form.cleaned_data["words"], by=by, at=at)
        within = decided_within(report, at)
        return _("Your request is on record. The centre, not the unit, decides within %(within)s.") % {"within": within}

    return _answer(request, code, "reopen", AskReopen, act)


@public_view
@never_cache
@of_a_code
@either
def ask_review(request: HttpRequest, code: str) -> HttpResponse:
    """Take the resident's request that another clerk look at a refusal."""

    def act(report: Report, by: Resident, form: Form) -> str:
        triaging.ask_review(report, by=by, at=now())
        return _("Another clerk will look at it and answer you here.")

    return _answer(request, code, "review", Form, act)


@public_view
@never_cache
@of_a_code
@either
def give_up(request: HttpRequest, code: str) -> HttpResponse:
    """Take the resident's wish that their matter be ended; whoever has it concludes."""

    def act(report: Report, by: Resident, form: Form) -> str:
        require(may_give_up(report, by))
        words = form.cleaned_data["words"]
        withdrawing.ask_withdraw(_case_of(report), report=report.code, words=words, by=by, at=now())
        return _("Your wish is on record. Whoever has the matter ends it with a word to you.")

    return _answer(request, code, "give_up", GiveUp, act)


def _answer(
    request: HttpRequest, code: str, page: str, kind: type[Form], act: Callable[[Report, Resident, Form], str]
) -> HttpResponse:
    """Ask, judge, act once, say so; a refusal is shown above the form and what was typed stays."""
    report = report_with(code)
    form = kind(request.POST if request.method == "POST" else None)
    proof = None if tickets.is_opened(request, report) else Secret(request.POST if "secret" in request.POST else None)
    if proof and request.method != "POST":
        messages.info(request, _("Please enter the secret first; it keeps others from answering for you."))
        return redirect("resident:track", code)
    if is_proved(report, proof) and form.is_valid():
        try:
            messages.success(request, act(report, Resident(report.pk, report.case_id), form))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("resident:track", code)
    status = 422 if form.is_bound else 200
    context = {"report": report, "form": form, "proof": proof, "counter": counter_for(report.county, localdate())}
    context["within"] = decided_within(report, now())
    return render(request, f"resident/track/{page}.html", context, status=status)


def is_proved(report: Report, proof: Secret | None) -> bool:
    """Test if this answer comes from the bearer: by the half-hour's proof, or by the secret sent along with it."""
    if proof is None:
        return True
    return proof.is_valid() and try_secret(report, proof)


def _case_of(report: Report) -> Case:
    if report.case is None:
        raise Http404
    return report.case
