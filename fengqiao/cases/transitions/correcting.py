"""What a case was opened as is set right, before and after to be read in its log. No due time moves."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.models import Case, Category, Stage
from fengqiao.cases.policy import standing
from fengqiao.cases.transitions.taking import Fact, Words, taking
from fengqiao.cases.vocabulary import Kind, Nature, Urgency
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User
from fengqiao.places.models import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What sort of matter it is, how urgent and where."""

    kind: Kind
    urgency: Urgency
    category: Category | None
    region: Region


def correct(case: Case, what: Description, *, reason: str, by: User, at: datetime) -> Case:
    """Set right what a case was opened as; whoever reads the log sees what stood there before, and why it changed."""
    if not reason.strip():
        raise Refused(_("Give the reason."))
    words = Words(note=reason)
    with taking("correct", case, by=by, at=at, words=words) as case:
        words.facts = changes(case, what)
        if not words.facts:
            raise Refused(_("Nothing of it differs from what stands there."))
        _must_be_correctable(case, what)
        if what.region.pk != case.region_id:
            _must_lie_in_reach(case, what.region, by, at)
            _move(case, what.region)
        case.kind, case.urgency, case.category = what.kind, what.urgency, what.category
    return case


def changes(case: Case, what: Description) -> dict[str, Fact]:
    """Say what differs, each as it was and as it is now."""
    pairs: dict[str, tuple[str, str]] = {
        "kind": (case.kind, str(what.kind)),
        "urgency": (case.urgency, str(what.urgency)),
        "category": (str(case.category or ""), str(what.category or "")),
        "place": (_named(case.region), _named(what.region)),
    }
    found: dict[str, Fact] = {}
    for name, (before, now) in pairs.items():
        if before != now:
            found |= {f"{name}_was": before, name: now}
    return found


def _named(region: Region) -> str:
    """Name a place with what it is part of, so that two villages of one name differ."""
    return f"{region.parent.name} {region.name}" if region.parent else region.name


def _must_be_correctable(case: Case, what: Description) -> None:
    """Refuse to move a promise by a word, and to make an accusation anything else."""
    if what.urgency != case.urgency and deadlines.running(case, Stage.HANDLE):
        raise Refused(_("The handling time runs already: only an approved extension or pause moves it."))
    if case.nature == Nature.ACCUSATION and what.kind != case.kind:
        raise Refused(_("An accusation stays a restricted lead."))


def _must_lie_in_reach(case: Case, region: Region, by: User, at: datetime) -> None:
    """Refuse a place in another county, one that is no more, and one for which somebody else answers."""
    if region.county != case.county:
        raise Refused(_("It lies in another county: hand it on."))
    if note := region.closed_note(localdate(at)):
        raise Refused(note)
    post, _verdict = standing(by, "correct", case, at)
    if post is not None and not post.region.covers(region):
        raise Refused(_("That place is outside the area you answer for: ask the county’s centre to set it right."))


def _move(case: Case, region: Region) -> None:
    """Let the case lie in another place, with all columns that lists are cut by."""
    _county, case.township, case.village, case.grid = region.ancestor_codes()
    case.region, case.path = region, region.path
