"""Who no longer wants a case, report by report. It stands in the log alone: no second book is kept."""

from collections.abc import Iterable

from fengqiao.cases.models import Case, CaseLog

SPEAK_OF_REPORTS = ("open", "join", "ask_withdraw")


def wishes(case: Case, lines: Iterable[CaseLog]) -> list[CaseLog]:
    """Pick the requests to withdraw made in this round out of the log's lines."""
    return [line for line in lines if line.verb == "ask_withdraw" and line.round == case.round]


def still_wanted(case: Case, lines: Iterable[CaseLog] | None = None) -> list[str]:
    """List the codes of the reports in this case whose residents have not asked to withdraw, in their order."""
    lines = list(case.log.filter(verb__in=SPEAK_OF_REPORTS).order_by("line") if lines is None else lines)
    brought = _codes(line for line in lines if line.verb in ("open", "join"))
    given_up = set(_codes(wishes(case, lines)))
    return [code for code in dict.fromkeys(brought) if code not in given_up]


def _codes(lines: Iterable[CaseLog]) -> list[str]:
    return [str(line.facts["report"]) for line in lines if line.facts.get("report")]
