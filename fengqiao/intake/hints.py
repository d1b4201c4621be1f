"""What residents are shown before filing: open matters of public things nearby that may be the same as theirs.

Bare facts only: the subject as the list of subjects names it, the village, the day, where it stands. Never a title,
a text, a name, a unit or a number. What is compared is the title and the subject, not what others told us, so that
nobody can find out by trying what somebody else has said.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from fengqiao.cases.models import Case
from fengqiao.intake.queries import CANDIDATES, ranked, township_of
from fengqiao.places.models import Region
from fengqiao.places.models.region import Level
from fengqiao.places.scope import within

MOST = 3
LOCAL = (Level.TOWNSHIP, Level.VILLAGE, Level.GROUP, Level.GRID)


@dataclass(frozen=True, slots=True)
class Hint:
    """One open matter, as anyone may be told of it."""

    case: UUID
    subject: str
    place: str
    since: date
    stands: str


def hints(text: str, region: Region) -> list[Hint]:
    """Find up to three open matters of the same township that sound like a text; none where the place is not known."""
    if region.level not in LOCAL:
        return []
    nearby = Case.objects.told_to_anyone().filter(within("path", township_of(region)))
    cases = nearby.select_related("category__parent", "region__parent__parent").order_by("-opened_at")[:CANDIDATES]
    return [hint_of(each.case) for each in ranked(text, cases, _neutral_words, most=MOST)]


def tellable(county: str, case: UUID) -> Case | None:
    """Find a matter again that a resident chose, if it may still be told."""
    told = Case.objects.told_to_anyone().filter(county=county, pk=case)
    return told.select_related("category", "region__parent").first()


def hint_of(case: Case) -> Hint:
    """Say the bare facts of a matter that may be told."""
    return Hint(case.pk, str(case.category), _place(case), localdate(case.opened_at), str(case.get_status_display()))


def _place(case: Case) -> str:
    """Name the village, or what is above it: never a finer place."""
    region = case.region
    while region.level in (Level.GROUP, Level.GRID) and region.parent is not None:
        region = region.parent
    return region.place_name


def _neutral_words(case: Case) -> str:
    """Give the title without the names of the place, which every matter there shares, and the subject's names."""
    title, region = case.title, case.region
    names: list[str] = []
    for above in (region, region.parent, region.parent.parent if region.parent else None):
        names += [above.place_name, above.name] if above is not None else []
    for name in sorted(names, key=len, reverse=True):
        title = title.replace(name, " ")
    category = case.category
    subjects = [category.name, category.parent.name] if category and category.parent else []
    return " ".join([title, *subjects])
