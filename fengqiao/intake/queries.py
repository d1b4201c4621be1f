"""Read models for pages: the reports that wait, the first words of a case, and cases that sound alike."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Left
from django.utils.timezone import localdate

from fengqiao.cases.models import Assist, Case
from fengqiao.cases.queries import Cases
from fengqiao.cases.scope import NOTHING, held_posts
from fengqiao.cases.workflow import OPEN
from fengqiao.files.models import Attachment
from fengqiao.files.vocabulary import Parent
from fengqiao.intake.models import Decision, Paper, Report
from fengqiao.intake.policy import TAKES
from fengqiao.intake.scope import Reading, ReportQuerySet, reading_of
from fengqiao.intake.workflow import Outcome, Status
from fengqiao.kit.keys import Keys, Where, all_of, same
from fengqiao.kit.prepared import Prepared, filled
from fengqiao.people.models import Unit, User
from fengqiao.places.models import Region
from fengqiao.places.models.region import Level
from fengqiao.places.scope import Place, inside, place_of, within

ONE_LINE = 120
FIRST = 5  # of what waits
COMPARED = 400  # characters of each text; what a matter is about is said early
CANDIDATES = 200
SHORTEST = 2
TITLE_LENGTH = 30
ALIKE = 12  # two shared words of two and three signs are chance; four signs in a row, or several words, are not


@dataclass(frozen=True, slots=True)
class WaitingReports:
    """How many reports wait for one decision, and the first of them."""

    count: int
    rows: Sequence[Report]


@dataclass(frozen=True, slots=True)
class Owed:
    """Which reports wait for a decision: those someone reads, in the areas of the posts that decide, that meet this."""

    reading: Reading
    areas: tuple[Place, ...]
    where: Where

    def reports(self) -> ReportQuerySet[Report]:
        """Narrow to them."""
        read = reduce(or_, self.reading.grounds())
        theirs = reduce(or_, [inside("read_path", area) for area in self.areas], NOTHING)
        return Report.objects.filter(read).filter(theirs).filter(all_of([self.where]))


@dataclass(frozen=True, slots=True)
class Alike:
    """An open case that sounds like a text, and the words they share."""

    case: Case
    shared: tuple[str, ...]


def brought(case: Case) -> list[Report]:
    """Find the reports of a case in their order, those that went on with it to another county included.

    Nearly all are in this case, and lie where it lies: what was read with it is not read again with each of them.
    """
    found = _BROUGHT(case.pk)
    cases = {case.pk: case} | Case.objects.in_bulk({each.case_id for each in found if each.case_id} - {case.pk})
    places = {case.region_id: case.region} if Case.region.is_cached(case) else {}
    elsewhere = {each.region_id for each in found} - places.keys()
    if elsewhere:
        places |= Region.objects.select_related("parent__parent").in_bulk(elsewhere)
    for each in found:
        each.case, each.region = cases.get(each.case_id), places[each.region_id]
    return found


def _brought(_shape: object, case: UUID) -> QuerySet[Report]:
    held = Report.objects.filter(case=case).values("pk")
    decided = Decision.objects.filter(case=case).values("report")
    found = Report.objects.filter(pk__in=held.union(decided)).order_by("received_at", "id")
    found = found.annotate(
        has_helpers=Exists(Assist.objects.filter(case=OuterRef("case"))),
        has_files=Exists(Attachment.objects.filter(kind=Parent.REPORT, thing=OuterRef("pk"))),
    )
    return found.select_related("entered_by", "errand")


_BROUGHT: Prepared[Report] = Prepared(_brought)


def to_triage(user: User, at: datetime) -> Owed:
    """Tell which reports wait for this user's first decision."""
    return _owed(user, "triage", at, Where(same("status"), (Status.RECEIVED,)))


def to_review(user: User, at: datetime) -> Owed:
    """Tell which declined reports this user may look at again: not one's own decisions."""
    return _owed(user, "review", at, Where(_declined_by_another, (user.pk,)))


def waiting(*owed: Owed) -> list[WaitingReports]:
    """Count what waits for each of these decisions and find the first due; one query each, one for all rows."""
    found = [_FIRST(each) for each in owed]
    ids = [pk for keys in found for pk, _total in keys]
    rows = {report.pk: report for report in _ROWS(*filled(ids))} if ids else {}
    return [WaitingReports(keys[0][1] if keys else 0, [rows[pk] for pk, _total in keys]) for keys in found]


def _first(owed: Owed) -> QuerySet[Any, Any]:
    counted = owed.reports().annotate(total=Window(Count("pk"))).order_by("due_at", "id")
    return counted.values_list("pk", "total")[:FIRST]


def _rows(_shape: object, *ids: UUID) -> ReportQuerySet[Report]:
    return for_row(Report.objects.filter(pk__in=ids))


_FIRST: Keys[Owed] = Keys(_first, spares_values=True)
_ROWS: Prepared[Report] = Prepared(_rows)


def _declined_by_another(user: UUID) -> Q:
    own = Decision.objects.filter(outcome=Outcome.DECLINED, by=user).values("report")
    return Q(status=Status.IN_REVIEW) & ~Q(pk__in=own)


def for_row(reports: ReportQuerySet[Report]) -> ReportQuerySet[Report]:
    """Fetch with each report what a row of a list shows of it."""
    return reports.select_related("region__parent__parent", "case").defer("search", "case__search")


def with_first_words(cases: Cases) -> Cases:
    """Fetch with each case the beginning of what was first said about it."""
    first = Report.objects.filter(case=OuterRef("pk")).order_by("received_at").values("text")[:1]
    return cases.annotate(first_words=Left(Subquery(first), ONE_LINE))


def add_first_words(cases: list[Case]) -> None:
    """Give cases already fetched the beginning of what was first said about each."""
    words = dict(_FIRST_WORDS(tuple(filled([case.pk for case in cases])))) if cases else {}
    for case in cases:
        case.first_words = words.get(case.pk, "")  # type: ignore[attr-defined]


def _first_words(cases: tuple[UUID, ...]) -> QuerySet[Any, Any]:
    reports = Report.objects.filter(case__in=cases).order_by("case", "received_at").distinct("case")
    return reports.values_list("case", Left("text", ONE_LINE))


_FIRST_WORDS: Keys[tuple[UUID, ...]] = Keys(_first_words, keeps_plan=True)


def alike(text: str, region: Region, user: User, at: datetime, *, most: int = 4) -> list[Alike]:
    """Find the open cases of the same township that share words with a text; each says which."""
    if len(text.strip()) < SHORTEST:
        return []
    nearby = Case.objects.visible_to(user, at).filter(within("path", township_of(region)), status__in=OPEN)
    return ranked(text, with_first_words(nearby).order_by("-opened_at")[:CANDIDATES], _words_of, most=most)


def ranked(text: str, cases: Iterable[Case], words_of: Callable[[Case], str], *, most: int) -> list[Alike]:
    """Pick the cases whose words share enough with a text, those that share most first."""
    found = [(shared, case) for case in cases if _weight(shared := _shared(text, words_of(case))) >= ALIKE]
    found.sort(key=lambda pair: _weight(pair[0]), reverse=True)
    return [Alike(case, tuple(shared[:3])) for shared, case in found[:most]]


def said_same(report: Report, user: User, at: datetime) -> Case | None:
    """Find the open case that the resident says theirs is the same as, if this user can see it."""
    if report.same_as_id is None:
        return None
    return Case.objects.visible_to(user, at).filter(pk=report.same_as_id, status__in=OPEN).first()


def papers_out(case: Case) -> int:
    """Count the papers handed over for an errand in this case that are not back with their owner."""
    return Paper.objects.filter(errand__report__case=case, returned_at=None).count()


def centre_for(user: User, county: str, at: datetime) -> Unit | None:
    """Find the centre at which this user triages a county's reports: that of their post, else the county's own."""
    posts = [post for post in held_posts(user, at) if post.role in TAKES["triage"]]
    own = next((post.unit for post in posts if post.unit.kind == Unit.Kind.CENTRE), None)
    if own is not None:
        return own
    centres = Unit.objects.current(localdate(at)).filter(county=county, kind=Unit.Kind.CENTRE)
    return centres.filter(region__level=Level.COUNTY).order_by("code").first()


def _owed(user: User, verb: str, at: datetime, where: Where) -> Owed:
    posts = held_posts(user, at)
    areas = tuple(place_of(post.region) for post in posts if post.role in TAKES[verb])
    return Owed(reading_of(user, posts), areas, where)


def first_title(report: Report) -> str:
    """Give a report's title, or the beginning of what was said where it has none."""
    if report.title:
        return report.title
    sentence = re.split(r"[。！？!?；;\n]", report.text.strip(), maxsplit=1)[0]
    return sentence if len(sentence) <= TITLE_LENGTH else sentence[: TITLE_LENGTH - 1] + "…"


def township_of(region: Region) -> Region:
    """Climb to the township, or stay where the region stands above it."""
    while region.level in (Level.VILLAGE, Level.GROUP, Level.GRID) and region.parent is not None:
        region = region.parent
    return region


def _words_of(case: Case) -> str:
    return f"{case.title} {getattr(case, 'first_words', None) or ''}"


def _weight(shared: list[str]) -> int:
    """Weigh shared words: a long one says more than two short ones."""
    return sum(len(word) ** 2 for word in shared if len(word) > SHORTEST)


def _shared(one: str, other: str) -> list[str]:
    """List the longest runs of signs that both texts have, longest first."""
    one = one[:COMPARED]
    runs: list[str] = []
    start = 0
    while start < len(one):
        end = start
        while end < len(one) and one[end].isalnum() and one[start : end + 1] in other:
            end += 1
        if end - start >= SHORTEST and one[start:end] not in runs:
            runs.append(one[start:end])
        start = max(end, start + 1)
    return sorted(runs, key=len, reverse=True)
