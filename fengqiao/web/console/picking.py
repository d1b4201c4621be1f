"""What was chosen in a list, read from the address or a form: always within sight, each as it was seen."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from fengqiao.cases.models import Case
from fengqiao.cases.queries import for_row
from fengqiao.intake.models import Report
from fengqiao.intake.queries import for_row as for_report_row
from fengqiao.kit.codes import tidy
from fengqiao.people.models import User

MOST = 50  # a page of a list


@dataclass(frozen=True, slots=True)
class Picked:
    """One case or report that was chosen, and the last line of its log then (a report has none)."""

    thing: Case | Report
    seen: int = 0

    @property
    def field(self) -> str:
        """Name the field in which it travels."""
        return "case" if isinstance(self.thing, Case) else "report"

    @property
    def mark(self) -> str:
        """Write it as it travels through the pages."""
        return f"{self.thing.number}.{self.seen}" if isinstance(self.thing, Case) else self.thing.code


def picked(asked: QueryDict, user: User, at: datetime, *, cases: str = "case", reports: str = "report") -> list[Picked]:
    """Fetch what was chosen and this user can see, in its order; anything else does not exist."""
    return _cases(asked.getlist(cases), user, at) or _reports(asked.getlist(reports), user, at)


def _cases(marks: list[str], user: User, at: datetime) -> list[Picked]:
    seen = {number.upper(): line for number, line in map(_parted, marks[:MOST]) if "\x00" not in number}
    if not seen:
        return []
    rows = for_row(Case.objects.visible_to(user, at).filter(number__in=seen)).select_related("centre__region")
    found = {case.number: case for case in rows}
    return [Picked(found[number], line) for number, line in seen.items() if number in found]


def _reports(marks: list[str], user: User, at: datetime) -> list[Picked]:
    codes = list(dict.fromkeys(tidy(mark) for mark in marks[:MOST]))
    if not codes:
        return []
    visible = for_report_row(Report.objects.visible_to(user, at).filter(code__in=codes))
    found = {report.code: report for report in visible}
    return [Picked(found[code]) for code in codes if code in found]


def _parted(mark: str) -> tuple[str, int]:
    """Part a number from the line it was seen at; nonsense counts as never seen."""
    number, _dot, line = mark.partition(".")
    return number, int(line) if line.isdecimal() and len(line) < 9 else -1
