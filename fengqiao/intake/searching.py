"""Finding cases and reports by words: each word must stand in the case, or in a report that belongs to it."""

from collections.abc import Iterable, Sequence

from django.db.models import Exists, F, OuterRef, Q

from fengqiao.cases.models import Case
from fengqiao.cases.queries import Cases
from fengqiao.cases.searching import (
    PARTS_OF_A_COUNTY,
    Gathering,
    Word,
    as_if_common,
    as_words,
    said_in_case,
    says,
)
from fengqiao.intake.models import Report
from fengqiao.intake.models.report import SAID_IN_REPORT
from fengqiao.intake.scope import ReportQuerySet
from fengqiao.kit.bigrams import words_of
from fengqiao.places.models import Region

MOST = 1000  # counted exactly up to here; beyond, “more than”


def search_cases(cases: Cases, typed: str, area: Region | None = None) -> Cases:
    """Narrow cases to those in which every word stands: in number, title, public reply, or one of the reports.

    With an area in which all of them lie, they are gathered by the index; without one, each is looked at.
    """
    gathered = gathering_in(area) if area else None
    for spellings in words_of(typed):
        words = as_words(spellings, gathered)
        cases = cases.filter(_gathered(words) if gathered else walked(words))
    return cases


def search_reports(reports: ReportQuerySet[Report], typed: str, area: Region | None = None) -> ReportQuerySet[Report]:
    """Narrow reports to those in which every word stands: in code, title, text or place."""
    gathered = gathering_in(area) if area else None
    for spellings in words_of(typed):
        said = said_in_report(as_words(spellings, gathered))
        reports = reports.filter(said if gathered else as_if_common(said))
    return reports


def said_in_report(words: Iterable[Word]) -> Q:
    """Match the reports whose code, title, text or place has a word in some spelling."""
    return says(words, SAID_IN_REPORT)


def gathering_in(area: Region, *, is_cut: bool = False) -> Gathering:
    """Tell how what an area says is gathered by the index; if only what is as new as a moment, too."""
    return Gathering(area, _counties(area), is_cut)


def _counties(area: Region) -> tuple[str, ...]:
    """Name the county an area lies in, or those it holds, by their part of a path; what lies in none has none."""
    parts = area.path.split(".")
    if len(parts) >= PARTS_OF_A_COUNTY:
        return (parts[PARTS_OF_A_COUNTY - 1],)
    above = "__".join(["parent"] * (PARTS_OF_A_COUNTY - len(parts)))
    held = Region.objects.filter(**{f"{above}__path": area.path}).values_list("path", flat=True)
    return ("", *dict.fromkeys(path.rpartition(".")[2] for path in held))


def _gathered(words: Sequence[Word]) -> Q:
    """Gather by the two indexes what an area says, then fetch those cases."""
    cases = Case.objects.filter(said_in_case(words)).values("pk")
    reports = Report.objects.filter(said_in_report(words), case__isnull=False).values(pk=F("case"))
    return Q(pk__in=cases.union(reports, all=True))


def walked(words: Sequence[Word]) -> Q:
    """Walk the list in its order and look at each case: of a common word a page is soon full."""
    reports = Report.objects.filter(said_in_report(words), case=OuterRef("pk"))
    return as_if_common(said_in_case(words) | Q(Exists(reports)))
