"""What pages promise by the rules in force, in words: an administrator may change them from any day on."""

from datetime import datetime

from fengqiao.cases.models import Stage
from fengqiao.cases.rules import NoRuleError, rule_for
from fengqiao.intake.models import Report
from fengqiao.web.resident.counter import Counter
from fengqiao.web.shared.standing import budget


def promised(county: str, stage: Stage, at: datetime, *, urgency: str = "") -> str:
    """Say within what a county does a thing: 2 working hours; nothing where it has no rule for it yet."""
    try:
        rule = rule_for(county, stage, urgency, at)
    except NoRuleError:
        return ""
    return budget(rule.amount, rule.unit)


def promised_here(counter: Counter | None, stage: Stage, at: datetime) -> str:
    """Say it for whoever has brought nothing yet; nothing where it is still open which county they turn to."""
    return promised(counter.county.code, stage, at) if counter else ""


def decided_within(report: Report, at: datetime) -> str:
    """Say within what it is decided whether the case of a report is taken up again, also before there is one."""
    return promised(report.county, Stage.DECIDE, at, urgency=report.case.urgency if report.case else "")
