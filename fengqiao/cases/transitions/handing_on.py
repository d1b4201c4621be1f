"""The matter lies in another county: it ends here as not ours and goes on there, one leg after the other."""

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.models import Case, Category, Stage
from fengqiao.cases.numbering import drawn_anew
from fengqiao.cases.policy import standing
from fengqiao.cases.tiers import centre_of
from fengqiao.cases.transitions.opening import Opening, begin, unsaved
from fengqiao.cases.transitions.taking import Act, Words, taking, write_line
from fengqiao.cases.vocabulary import Kind, Nature, Outcome, Urgency
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Unit, User
from fengqiao.places.models import County


def hand_on(case: Case, *, to: County, reason: str, codes: list[str], by: User, at: datetime) -> Case:
    """Conclude a case as not ours and open the one that goes on in another county; give the new one.

    `codes` are those of the reports that go along. Called by intake, which holds the reports.
    """
    if not reason.strip():
        raise Refused(_("Give the reason."))
    words = Words(public=reason)
    with taking("hand_on", case, by=by, at=at, words=words) as case:
        _must_be_free_to_go(case, to)
        leg = _go_on(case, to, _centre(to, at), codes, by=by, at=at)
        words.facts = {"outcome": str(Outcome.NOT_OURS), "handed_to": to.name, "number_there": leg.number}
        case.lead = case.lead or case.centre
        case.outcome, case.public_reply = Outcome.NOT_OURS, reason
        case.concluded_at = case.archived_at = at
        for stage in (Stage.DISPATCH, Stage.HANDLE):
            deadlines.meet(case, stage, at)
    return leg


@drawn_anew
def _go_on(case: Case, to: County, centre: Unit, codes: list[str], *, by: User, at: datetime) -> Case:
    """Open the leg in the other county; its clocks follow the rules of that county and start there."""
    leg = unsaved(_as_it_was(case, to, centre), at)
    leg.continues = case
    post, _verdict = standing(by, "hand_on", case, at)
    first, *others = codes or [""]
    begin(leg, Act("open", by, post, at, leg.round), {"report": first, "handed_from": case.centre.name})
    for code in others:
        write_line(Act("join", by, post, at, leg.round), leg, Words(facts={"report": code}))
    leg.save()
    return leg


def _as_it_was(case: Case, to: County, centre: Unit) -> Opening:
    """Take over what the case was described by; the county there corrects what it knows better."""
    subject = Category.objects.filter(county=to.code, code=case.category.code, valid_to=None) if case.category else None
    return Opening(
        title=case.title,
        kind=Kind(case.kind),
        nature=Nature(case.nature),
        region=to.region,
        centre=centre,
        category=subject.first() if subject is not None else None,
        urgency=Urgency(case.urgency),
    )


def _centre(to: County, at: datetime) -> Unit:
    """Find the centre that takes it there, or refuse with what to do instead."""
    centre = centre_of(to, at)
    if centre is None or to.region.closed_note(localdate(at)):
        said = _(
            "%(county)s takes no cases on this platform. Conclude as “not ours” and tell the resident where to turn."
        )
        raise Refused(said % {"county": to.name})
    return centre


def _must_be_free_to_go(case: Case, to: County) -> None:
    """Refuse to hand on to where it is or came from, and what only named people may see."""
    if to.code == case.county:
        raise Refused(_("It lies in this county already: dispatch it."))
    if case.is_restricted:
        said = _(
            "A restricted case is not handed on. "
            "Nobody there is named on it: conclude as “not ours” and tell the resident where to turn."
        )
        raise Refused(said)
    earlier = case.continues
    while earlier is not None:
        if earlier.county == to.code:
            said = _("%(county)s handed it on itself. Raise it to the tier above, which decides between the two.")
            raise Refused(said % {"county": to.name})
        earlier = earlier.continues
