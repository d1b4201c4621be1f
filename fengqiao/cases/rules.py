"""The clock rules of each county, kept in memory: every step asks for some, and they change a few times a year."""

from datetime import datetime

from fengqiao.cases.models import ClockRule
from fengqiao.kit.remembered import Remembered


class NoRuleError(LookupError):
    """A county has no clock rule for a stage: its playbook was not loaded."""


def rule_for(county: str, stage: str, urgency: str, at: datetime) -> ClockRule:
    """Find the rule in force for a stage, the one for this urgency before the one for any."""
    fitting = [
        rule
        for rule in _RULES(county)
        if rule.stage == stage and rule.urgency in (urgency, "") and rule.valid_from <= at
    ]
    if not fitting:
        raise NoRuleError(f"no clock rule for {stage}/{urgency} in {county} at {at:%Y-%m-%d}")
    return max(fitting, key=lambda rule: (rule.urgency, rule.valid_from))


def forget() -> None:
    """Drop what is remembered: whoever writes rules calls this."""
    _RULES.forget()


def _read(county: str) -> list[ClockRule]:
    return list(ClockRule.objects.filter(county=county))


# A rule mostly begins on a day to come (ADR 0050) and is known everywhere long before it counts. One that begins at
# once is known within a minute at the latest; each clock names the version it was counted by.
_RULES = Remembered(_read)
