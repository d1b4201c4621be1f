"""Finding cases and reports by words: each word must stand in the case, or in a report that belongs to it."""

from django.db.models import Exists, F, OuterRef, Q

from fengqiao.cases.models import Case
from fengqiao.cases.queries import Cases
from fengqiao.cases.searching import said_in_case, says
from fengqiao.intake.models import Report
from fengqiao.intake.models.report import SAID_IN_REPORT
from fengqiao.intake.scope import ReportQuerySet
from fengqiao.kit.bigrams import words_of

MOST = 1000  # counted exactly up to here; beyond, “more than”


def search_cases(cases: Cases, typed: str) -> Cases:
    """Narrow cases to those in which every word stands: in number, title, public reply, or one of the reports."""
    for spellings in words_of(typed):
        cases = cases.filter(_walked(spellings) if _is_common(spellings) else _gathered(spellings))
    return cases


def search_reports(reports: ReportQuerySet[Report], typed: str) -> ReportQuerySet[Report]:
    """Narrow reports to those in which every word stands: in code, title, text or place."""
    for spellings in words_of(typed):
        reports = reports.filter(said_in_report(spellings))
    return reports


def said_in_report(spellings: tuple[str, ...]) -> Q:
    """Match the reports whose code, title, text or place has a word."""
    return says(spellings, SAID_IN_REPORT)


def _gathered(spellings: tuple[str, ...]) -> Q:
    """Find a rare word: gather by the two indexes, then fetch those cases."""
    cases = Case.objects.filter(said_in_case(spellings)).values("pk")
    reports = Report.objects.filter(said_in_report(spellings), case__isnull=False).values(pk=F("case"))
    return Q(pk__in=cases.union(reports))


def _walked(spellings: tuple[str, ...]) -> Q:
    """Find a common word: walk the list in its order and look at each case; a page is soon full."""
    reports = Report.objects.filter(said_in_report(spellings), case=OuterRef("pk"))
    return said_in_case(spellings) | Q(Exists(reports))


def _is_common(spellings: tuple[str, ...]) -> bool:
    return Report.objects.filter(said_in_report(spellings))[: MOST + 1].count() > MOST
