"""Steps taken on several things at once: which there are, what each asks, and taking one on one thing.

The steps are those of `steps.py:ACTS` without the ones that must be weighed one by one; a new step is here by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from django.forms import Form
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.cases.models import Case
from fengqiao.cases.policy import BY_RESIDENT, NOT_FOR_ONES_OWN_UNIT, takeable
from fengqiao.cases.transitions.taking import as_seen
from fengqiao.cases.workflow import ENDED, OPEN, STEPS
from fengqiao.intake import queries as intake
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User
from fengqiao.web.console.forms.base import Setting
from fengqiao.web.console.forms.triage import Desk, JoinCase
from fengqiao.web.console.picking import Picked
from fengqiao.web.console.steps import ACTS, take

# Words of one resident, a decision for or against one of them, its end, or facts of one matter: never for many.
ONE_BY_ONE = (
    BY_RESIDENT
    | NOT_FOR_ONES_OWN_UNIT
    | {verb for verb, step in STEPS.items() if step.reaches in ENDED and step.leaves.intersection(OPEN)}
    | {"object", "designate", "name_viewer", "unname_viewer", "ask_extension", "ask_pause"}
)
Answers: TypeAlias = QueryDict
Told: TypeAlias = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class BulkStep:
    """A step as it is taken on many: its form for one of them, and the call it makes."""

    verb: str
    label: Any
    icon: str
    draw: Callable[[Any, User, datetime, Answers | None], Form]
    take: Callable[[Picked, Form], object]


@dataclass(frozen=True, slots=True)
class Offer:
    """A step, and on how many of the chosen things it seems to be theirs to take."""

    step: BulkStep
    count: int


def step_of(field: str, verb: str) -> BulkStep | None:
    """Find a step by its name, among those that can be taken on many of this field: case or report."""
    if field == "report":
        return _JOIN if verb == _JOIN.verb else None
    return _of_case(verb) if verb in ACTS and verb not in ONE_BY_ONE else None


def offers(picked: Sequence[Picked], user: User, at: datetime) -> list[Offer]:
    """Count for each step on how many of these it can be taken, as far as state and post tell."""
    cases = [each.thing for each in picked if isinstance(each.thing, Case)]
    reports = [each.thing for each in picked if isinstance(each.thing, Report)]
    counts = [(_of_case(verb), count) for verb, count in _fitting(cases, user, at).items()]
    waiting = intake.to_triage(user, at).reports().filter(pk__in=[one.pk for one in reports])
    counts.append((_JOIN, len(reports) and waiting.count()))
    return [Offer(step, count) for step, count in counts if count]


def act(step: BulkStep, picked: Picked, answers: Answers, *, by: User, at: datetime) -> object:
    """Take a step on one thing with the answers given for all; what the form says of this one is the refusal."""
    form = step.draw(picked.thing, by, at, answers)
    if not form.is_valid():
        raise Refused(" ".join(str(fault) for faults in form.errors.values() for fault in faults))
    return step.take(picked, form)


def told(form: Form) -> Told:
    """Say in words what was filled in, for the page that asks for the last yes."""
    said = [(_label(form, name), _said(form, name, value)) for name, value in form.cleaned_data.items()]
    return [(label, words) for label, words in said if words]


def answers_of(form: Form, typed: QueryDict) -> Answers:
    """Give the answers as they are sent for every row; a case that was chosen goes by its number."""
    sent = QueryDict(mutable=True)
    for name, value in form.cleaned_data.items():
        if isinstance(value, Case):
            sent["number"] = value.number
        else:
            sent.setlist(name, typed.getlist(name))
    return sent


def _fitting(cases: Sequence[Case], user: User, at: datetime) -> dict[str, int]:
    """Count the cases that each step leaves where they stand, and that are theirs to take it on."""
    verbs = [verb for verb in ACTS if verb not in ONE_BY_ONE]
    may = takeable(user, verbs, cases, at) if cases else {}
    return {verb: sum(verb in may[case.pk] and case.status in STEPS[verb].leaves for case in cases) for verb in verbs}


def _of_case(verb: str) -> BulkStep:
    def draw(case: Case, user: User, at: datetime, answers: Answers | None) -> Form:
        return ACTS[verb].form(answers, setting=Setting(case, user, at))

    def take_as_seen(picked: Picked, form: Any) -> None:
        case = form.setting.case
        try:
            with as_seen(case, picked.seen):
                take(verb, case, form)
        except Refused as refusal:
            raise _moved_on(picked) or refusal from None

    return BulkStep(verb, STEPS[verb].label, ACTS[verb].icon, draw, take_as_seen)


def _moved_on(picked: Picked) -> Refused | None:
    """Say that a case has changed since it was chosen, if that is what stands in the way."""
    if Case.objects.filter(pk=picked.thing.pk, line_count=picked.seen).exists():
        return None
    return Refused(_("It changed after you chose it: open it and read what is new first."))


def _take_join(picked: Picked, form: Any) -> None:
    triaging.join(form.desk.report, **form.facts(), by=form.desk.user, at=form.desk.at)


_JOIN = BulkStep(
    "join",
    gettext_lazy("Join to a case"),
    "link",
    lambda report, user, at, answers: JoinCase(answers, desk=Desk(report, user, at)),
    _take_join,
)


def _label(form: Form, name: str) -> str:
    return str(form.fields[name].label) if name in form.fields else _("Case")


def _said(form: Form, name: str, value: Any) -> str:
    if isinstance(value, Case):
        return f"{value.number} {value.title}"
    if value is True or not value:
        return _("Yes") if value else ""
    if isinstance(value, str):
        choices = dict(getattr(form.fields.get(name), "choices", ()))
        return str(choices.get(value, value))
    return _(", ").join(str(each) for each in value) if hasattr(value, "__iter__") else str(value)
