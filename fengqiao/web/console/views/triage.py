"""One report, and what becomes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fengqiao.cases.models import Case
from fengqiao.cases.scope import Shape, held_posts, shape_of, stand_in, values_of
from fengqiao.intake.models import Report
from fengqiao.intake.policy import may
from fengqiao.intake.queries import said_same
from fengqiao.intake.transitions import triaging
from fengqiao.intake.workflow import Outcome, Status
from fengqiao.kit.codes import tidy
from fengqiao.kit.prepared import Prepared
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User
from fengqiao.reception.queries import talks_about
from fengqiao.rights.models import AccessLog
from fengqiao.rights.transitions import record_look
from fengqiao.web.console.forms import triage as forms
from fengqiao.web.console.looking import ask_why, reason_of
from fengqiao.web.console.opening import centre_of, opening_from
from fengqiao.web.console.said import said
from fengqiao.web.shared.access import StaffRequest, staff_view
from fengqiao.web.shared.standing import clock_in_words


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can become of a report: its form, its call, the state it leaves, what it decides."""

    label: Any
    icon: str
    form: type[forms.TriageForm]
    take: Callable[..., object]
    verb: str
    leaves: Status
    outcome: Outcome


def _open(report: Report, *, by: User, at: datetime, **answers: Any) -> Case:
    centre = centre_of(by, report.county, at)
    return triaging.open_case(report, opening_from(answers, centre), by=by, at=at)


CHOICES: dict[str, Choice] = {
    "open": Choice(
        gettext_lazy("Open a case"), "file-text", forms.OpenCase, _open, "triage", Status.RECEIVED, Outcome.OPENED
    ),
    "join": Choice(
        gettext_lazy("Join to a case"), "link", forms.JoinCase, triaging.join, "triage", Status.RECEIVED, Outcome.JOINED
    ),
    "decline": Choice(
        gettext_lazy("Do not accept"),
        "route",
        forms.Decline,
        triaging.decline,
        "triage",
        Status.RECEIVED,
        Outcome.DECLINED,
    ),
    "overturn": Choice(
        gettext_lazy("Take it up after all"),
        "refresh",
        forms.TriageForm,
        triaging.overturn,
        "review",
        Status.IN_REVIEW,
        Outcome.OVERTURNED,
    ),
    "uphold": Choice(
        gettext_lazy("Uphold the refusal"),
        "check",
        forms.Uphold,
        triaging.uphold,
        "review",
        Status.IN_REVIEW,
        Outcome.UPHELD,
    ),
}


@staff_view
@require_safe
def report(request: StaffRequest, code: str) -> HttpResponse:
    """Show a report; `?step=` opens the form of one decision."""
    found = find(request.user, code)
    if asked := ask_why(request, found.case):
        return asked
    return _page(request, found, chosen=request.GET.get("step", ""))


@staff_view
@require_POST
def decide(request: StaffRequest, code: str, verb: str) -> HttpResponse:
    """Decide on a report; a refusal is shown beside the form, which keeps what was typed."""
    if verb not in CHOICES:
        raise Http404
    choice, found, at = CHOICES[verb], find(request.user, code), now()
    form = choice.form(request.POST, desk=forms.Desk(found, request.user, at))
    if not form.is_valid():
        return _page(request, found, chosen=verb, form=form)
    try:
        choice.take(found, **form.facts(), by=request.user, at=at)
    except Refused as refusal:
        if not _decided_so(found, choice, request.user):
            form.add_error(None, str(refusal))
            return _page(request, find(request.user, code), chosen=verb, form=form)
    messages.success(request, _("Done: %(step)s.") % {"step": choice.label})
    return _onward(request.user, found)


def record_reading(request: StaffRequest, report: Report, at: datetime) -> None:
    """Write down who reads an accusation, or a report of a restricted case, and why."""
    case = report.case if report.case is not None and report.case.is_restricted else None
    if report.is_confidential or case:
        look, user = AccessLog.Look.RESTRICTED, request.user
        why = (reason_of(request, case, at) if case else "") or _("To decide on the report")
        record_look(look, county=report.county, kind="report", thing=report.pk, user=user, at=at, reason=why)


def find(user: User, code: str) -> Report:
    """Fetch a report that this user can read, with whether they see its case, too; any other does not exist."""
    posts = held_posts(user, now())
    found = _FOUND(tidy(code), *values_of(user, posts), shape=shape_of(posts))
    if not found:
        raise Http404
    return found[0]


def sees_case(report: Report) -> bool:
    """Tell if the person for whom this report was found can see the case it is in."""
    sees: bool = cast(Any, report).sees_case
    return sees


def _found(shape: Shape, code: str, *held: UUID | str) -> QuerySet[Report]:
    user, posts = stand_in(shape, held)
    visible = Report.objects.reached_by(user, posts).filter(code=code)
    found = visible.select_related("region__parent__parent", "case", "entered_by", "errand")
    return found.annotate(sees_case=Exists(Case.objects.reached_by(user, posts).filter(pk=OuterRef("case"))))


_FOUND: Prepared[Report] = Prepared(_found, spares_values=True)


def _decided_so(report: Report, choice: Choice, user: User) -> bool:
    """Test if this person has just decided the same: the button was pressed twice."""
    last = report.decisions.order_by("-at").first()
    return last is not None and last.by_id == user.pk and last.outcome == choice.outcome


def _onward(user: User, report: Report) -> HttpResponse:
    """Go to the case if there is one to see, else on to the next report."""
    report.refresh_from_db(fields=["case", "status"])
    case = Case.objects.visible_to(user, now()).filter(reports=report).first()
    if case is not None:
        return redirect("console:case", case.number)
    return redirect("console:report", report.code) if report.status == Status.RECEIVED else redirect("console:reports")


def _page(
    request: StaffRequest, report: Report, *, chosen: str = "", form: forms.TriageForm | None = None
) -> HttpResponse:
    """Show the report with the form of one decision; 422 while it is refused."""
    at = now()
    record_reading(request, report, at)
    fitting = {verb: choice for verb, choice in CHOICES.items() if choice.leaves == report.status}
    verdict = may(request.user, next(iter(fitting.values())).verb, report, at) if fitting else None
    same = said_same(report, request.user, at)
    first = "join" if same and "join" in fitting else next(iter(fitting), "")
    opened = chosen if form or chosen in fitting else first
    if form is None and verdict and opened:
        form = CHOICES[opened].form(desk=forms.Desk(report, request.user, at))
        status = 200
    else:
        status = 422 if form else 200
    clock = report.clocks.order_by("-started_at").first()
    context = {
        "report": report,
        "same": same,
        "talks": talks_about(report),
        "said": said([report], request.user, at),
        "clock": clock_in_words(clock) if clock and clock.is_running() else None,
        "decisions": report.decisions.select_related("by", "case").order_by("at"),
        "choices": fitting if verdict else {},
        "verdict": verdict,
        "opened": opened,
        "choice": CHOICES.get(opened),
        "form": form,
        "may_reissue": may(request.user, "reissue_secret", report, at),
        "case_is_visible": sees_case(report),
    }
    return render(request, "console/reports/report.html", context, status=status)
