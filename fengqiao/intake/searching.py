"""Finding cases and reports by words: each word must stand in the case, or in a report that belongs to it."""

from django.db.models import Exists, F, OuterRef, Q

from fengqiao.cases.models import Case
from fengqiao.cases.queries import Cases
from fengqiao.cases.searching import PARTS_OF_A_COUNTY, Gathering, as_if_common, said_in_case, says
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
        cases = cases.filter(_gathered(spellings, gathered) if gathered else _walked(spellings))
    return cases


def search_reports(
    reports: ReportQuerySet[Report], typed: str, area: Region | None = None, *, is_cut: bool = False
) -> ReportQuerySet[Report]:
    """Narrow reports to those in which every word stands: in code, title, text or place."""
    gathered = gathering_in(area, is_cut=is_cut) if area else None
    for spellings in words_of(typed):
        said = said_in_report(spellings, gathered)
        reports = reports.filter(said if gathered else as_if_common(said))
    return reports


def said_in_report(spellings: tuple[str, ...], gathered: Gathering | None = None) -> Q:
    """Match the reports whose code, title, text or place has a word."""
    return says(spellings, SAID_IN_REPORT, gathered)


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


def _gathered(spellings: tuple[str, ...], gathered: Gathering) -> Q:
    """Gather by the two indexes what an area says, then fetch those cases."""
    cases = Case.objects.filter(said_in_case(spellings, gathered)).values("pk")
    reports = Report.objects.filter(said_in_report(spellings, gathered), case__isnull=False).values(pk=F("case"))
    return Q(pk__in=cases.union(reports, all=True))


def _walked(spellings: tuple[str, ...]) -> Q:
    """Walk the list in its order and look at each case: of a common word a page is soon full."""
    reports = Report.objects.filter(said_in_report(spellings), case=OuterRef("pk"))
    return as_if_common(said_in_case(spellings) | Q(Exists(reports)))
