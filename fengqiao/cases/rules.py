"""The clock rules of each county, kept in memory: every step asks for some, and they change a few times a year."""

from datetime import datetime
from time import monotonic

from fengqiao.cases.models import ClockRule

# A rule mostly begins on a day to come (ADR 0050) and is known everywhere long before it counts. One that begins at
# once is known at once where it was entered (`forget`) and within a minute elsewhere; each clock names the version it
# was counted by.
FRESH_SECONDS = 60.0
_kept: dict[str, tuple[float, list[ClockRule]]] = {}


class NoRuleError(LookupError):
    """A county has no clock rule for a stage: its playbook was not loaded."""


def rule_for(county: str, stage: str, urgency: str, at: datetime) -> ClockRule:
    """Find the rule in force for a stage, the one for this urgency before the one for any."""
    fitting = [
        rule
        for rule in _rules_of(county)
        if rule.stage == stage and rule.urgency in (urgency, "") and rule.valid_from <= at
    ]
    if not fitting:
        raise NoRuleError(f"no clock rule for {stage}/{urgency} in {county} at {at:%Y-%m-%d}")
    return max(fitting, key=lambda rule: (rule.urgency, rule.valid_from))


def forget() -> None:
    """Drop what is remembered: whoever writes rules calls this."""
    _kept.clear()


def _rules_of(county: str) -> list[ClockRule]:
    kept = _kept.get(county)
    if kept is not None and monotonic() - kept[0] < FRESH_SECONDS:
        return kept[1]
    rules = list(ClockRule.objects.filter(county=county))
    if rules:  # a county that is only being set up is asked again
        _kept[county] = (monotonic(), rules)
    return rules
