"""How long each stage may take: a changed rule is a new row from its own day; what runs keeps its promise."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases import rules
from fengqiao.cases.models import ClockRule, SpanUnit, Stage
from fengqiao.cases.vocabulary import Urgency
from fengqiao.kit.verdict import Refused, require
from fengqiao.kit.workdays import SHANGHAI
from fengqiao.people import policy
from fengqiao.people.models import StaffLog, User
from fengqiao.people.transitions.logging import write

MOST = 365  # of any unit: longer is no promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How long a stage may take, and how far a supervisor may move it."""

    amount: int
    unit: str
    extendable_by: int | None = None
    pausable_days: int = 30


@dataclass(frozen=True, slots=True)
class Rules:
    """The rule of one stage and urgency: the one in force, and those that follow on a later day."""

    now: ClockRule
    later: tuple[ClockRule, ...]


def rules_of(county: str, at: datetime) -> list[Rules]:
    """List a county's rules in the order of the stages; a stage without a rule in force is left out."""
    found: dict[tuple[str, str], list[ClockRule]] = {}
    for rule in ClockRule.objects.filter(county=county).order_by("valid_from"):
        found.setdefault((rule.stage, rule.urgency), []).append(rule)
    listed = []
    for key in sorted(found, key=_place):
        holding = [rule for rule in found[key] if rule.valid_from <= at]
        if holding:
            listed.append(Rules(holding[-1], tuple(rule for rule in found[key] if rule.valid_from > at)))
    return listed


@transaction.atomic
def change_rule(rule: ClockRule, span: Span, *, on: date, by: User, at: datetime) -> ClockRule:
    """Replace a rule from a day on; today means from this moment. Clocks that run keep the old one.

    Raises Refused for a day in the past, for a span of nothing or of more than a year, and where nothing changes.
    """
    require(policy.may(by, "rules", at))
    if rule.county != by.county:
        raise Refused(_("This rule belongs to another county."))
    today = localdate(at)
    _must_make_sense(rule, span, on, today)
    begins = at if on == today else datetime.combine(on, time(0), SHANGHAI)
    new = ClockRule.objects.create(
        county=rule.county,
        stage=rule.stage,
        urgency=rule.urgency,
        version=_free_version(rule, on),
        valid_from=begins,
        amount=span.amount,
        unit=span.unit,
        extendable_by=span.extendable_by,
        pausable_days=span.pausable_days,
    )
    rules.forget()
    words = {"rule": _name(rule), "from": on.isoformat(), "span": f"{in_words(rule)} → {in_words(new)}"}
    write(StaffLog.Act.CHANGED_RULE, by=by, at=at, facts=words)
    return new


def in_words(rule: ClockRule) -> str:
    """Say a rule's span: 5 working days."""
    return f"{rule.amount} {SpanUnit(rule.unit).label}"


def _name(rule: ClockRule) -> str:
    stage = str(Stage(rule.stage).label)
    return f"{stage} · {Urgency(rule.urgency).label}" if rule.urgency else stage


def _must_make_sense(rule: ClockRule, span: Span, on: date, today: date) -> None:
    if on < today:
        raise Refused(_("A rule changes today at the earliest: nobody is measured by what they could not know."))
    if not 0 < span.amount <= MOST:
        raise Refused(_("A span is at least 1 and at most %(most)d.") % {"most": MOST})
    same = all(getattr(rule, name) == getattr(span, name) for name in Span.__dataclass_fields__)
    if same:
        raise Refused(_("Nothing was changed."))


def _free_version(rule: ClockRule, on: date) -> str:
    """Name the version by its day; a second one of the same day gets a number."""
    known = ClockRule.objects.filter(county=rule.county, stage=rule.stage, urgency=rule.urgency)
    taken = set(known.values_list("version", flat=True))
    names = (f"{on:%Y-%m-%d}" + (f"-{number}" if number > 1 else "") for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _place(key: tuple[str, str]) -> tuple[int, int]:
    stage, urgency = key
    return Stage.values.index(stage), ["", *Urgency.values].index(urgency)
