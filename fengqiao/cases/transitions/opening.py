"""A case begins, and further reports of the same matter join it. Called by intake, which holds the reports."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.models import Case, Category, NamedViewer, Stage
from fengqiao.cases.numbering import new_number
from fengqiao.cases.policy import standing
from fengqiao.cases.scope import held_posts
from fengqiao.cases.transitions.naming import refuse_who_would_see_nothing
from fengqiao.cases.transitions.taking import Act, Fact, Words, next_line, seal, store, taking
from fengqiao.cases.vocabulary import Kind, Nature, Urgency
from fengqiao.kit.rows import new
from fengqiao.kit.verdict import Refused, require
from fengqiao.kit.writing import insert, together
from fengqiao.people.models import Unit, User
from fengqiao.places.models import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a clerk decides when opening a case."""

    title: str
    kind: Kind
    nature: Nature
    region: Region
    centre: Unit
    category: Category | None = None
    urgency: Urgency = Urgency.ORDINARY
    is_restricted: bool = False
    complained_unit: Unit | None = None


def open_case(opening: Opening, *, report_code: str, by: User, at: datetime) -> Case:
    """Open a case for a report, whose transaction this is a part of; its dispatch clock runs from here."""
    with together():
        case = unsaved(opening, at)
        post, verdict = standing(by, "open", _as_if_open_to_all(case, opening, at), at)
        require(verdict)
        _refuse_own_unit(case, by, at)
        _refuse_closed(opening.region, at)
        begin(case, Act("open", by, post, at, case.round), {"report": report_code})
        if case.is_restricted:
            _name(case, by, reason=_("Opened the case"), by=by, at=at)
    return case


def begin(case: Case, act: Act, facts: dict[str, Fact]) -> None:
    """Write a new case down: its dispatch clock runs from here, and its first line says where it came from."""
    clock = deadlines.ahead(case, Stage.DISPATCH, act.at)
    case.due_at, case.due_stage = clock.due_at, clock.stage
    line = next_line(act, case, Words(facts=facts))
    seal(line, case)
    insert(case)
    insert(clock)
    store(line, act)


def join(case: Case, *, report_code: str, by: User, at: datetime) -> Case:
    """Add a further report of the same matter to a case."""
    with taking("join", case, by=by, at=at, words=Words(facts={"report": report_code})) as case:
        pass
    return case


def name_viewer(case: Case, person: User, *, reason: str, by: User, at: datetime) -> Case:
    """Name a person on a restricted case, so that it exists for them."""
    words = Words(facts={"person": str(person.pk), "name": str(person), "reason": reason})
    with taking("name_viewer", case, by=by, at=at, words=words) as case:
        if not case.is_restricted:
            raise Refused(_("Only a restricted case names the people who may see it."))
        _refuse_own_unit(case, person, at)
        refuse_who_would_see_nothing(person, at)
        if case.named.filter(user=person).exists():
            raise Refused(_("%(person)s is named already.") % {"person": person})
        _name(case, person, reason=reason, by=by, at=at)
    return case


def unsaved(opening: Opening, at: datetime) -> Case:
    """Fill in the row of a new case."""
    region = opening.region
    _county, township, village, grid = region.ancestor_codes()
    return new(
        Case,
        county=opening.centre.county,
        number=new_number(at),
        kind=opening.kind,
        nature=opening.nature,
        title=opening.title,
        category=opening.category,
        urgency=opening.urgency,
        region=region,
        path=region.path,
        township=township,
        village=village,
        grid=grid,
        centre=opening.centre,
        is_restricted=opening.is_restricted,
        complained_unit=opening.complained_unit,
        opened_at=at,
    )


def _as_if_open_to_all(case: Case, opening: Opening, at: datetime) -> Case:
    """Give the case without its restriction: the opener cannot be named on it before it exists."""
    return unsaved(replace(opening, is_restricted=False), at) if case.is_restricted else case


def _refuse_closed(region: Region, at: datetime) -> None:
    """Refuse a region that is no more, or not yet."""
    if note := region.closed_note(localdate(at)):
        raise Refused(note)


def _refuse_own_unit(case: Case, person: User, at: datetime) -> None:
    """Refuse anyone with a post in the unit complained of (信访工作条例 art. 30)."""
    if case.complained_unit_id in {post.unit_id for post in held_posts(person, at)}:
        raise Refused(_("%(person)s serves in the unit complained of.") % {"person": person})


def _name(case: Case, person: User, *, reason: str, by: User, at: datetime) -> None:
    """Write down that a person is named, why and by whom."""
    NamedViewer.objects.create(county=case.county, case=case, user=person, reason=reason, named_by=by, named_at=at)
