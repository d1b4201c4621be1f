"""What the unit does: accept, add progress, conclude. And what others may write beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.models import Case, Stage
from fengqiao.cases.policy import standing
from fengqiao.cases.transitions.taking import Fact, Words, held, taking
from fengqiao.cases.vocabulary import Outcome
from fengqiao.cases.withdrawals import still_wanted
from fengqiao.cases.workflow import Status
from fengqiao.files.transitions.keeping import Enclosed
from fengqiao.kit.codes import grouped
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Actor
from fengqiao.people.models import User


def accept(case: Case, *, by: Actor, at: datetime) -> Case:
    """Acknowledge a dispatched case; the handling clock has been running since dispatch."""
    with taking("accept", case, by=by, at=at) as case:
        deadlines.meet(case, Stage.ACCEPT, at)
    return case


def add_progress(
    case: Case, *, note: str = "", public: str = "", enclosed: Enclosed | None = None, by: User, at: datetime
) -> Case:
    """Write down what was done; the public words are for the resident, the note is for staff."""
    _must_say_something(note, public)
    words = Words(note, public, enclosed=enclosed)
    with taking("add_progress", case, by=by, at=at, words=words) as case:
        if _assists(case, by, at):
            words.facts["assisting"] = True
    return case


def add_note(case: Case, *, note: str, enclosed: Enclosed | None = None, by: User, at: datetime) -> Case:
    """Write an internal note; the resident never sees it."""
    _must_say_something(note)
    with taking("add_note", case, by=by, at=at, words=Words(note=note, enclosed=enclosed)) as case:
        pass
    return case


def supervise(case: Case, *, note: str, by: User, at: datetime) -> Case:
    """Send the lead unit a supervision notice; the case's state does not change."""
    _must_say_something(note)
    with taking("supervise", case, by=by, at=at, words=Words(note=note)) as case:
        pass
    return case


def conclude(
    case: Case,
    *,
    outcome: Outcome,
    public_reply: str,
    further: str = "",
    enclosed: Enclosed | None = None,
    by: User,
    at: datetime,
) -> Case:
    """Record what the unit claims and tells the resident; the evaluation and reopening windows open.

    `further` is the plan (cannot now), the right route (not ours) or the other remedies (not settled).
    A case not yet accepted is accepted by the same act, and the log says both.
    """
    _must_be_complete(outcome, public_reply, further)
    facts: dict[str, Fact] = {"outcome": str(outcome), "further": further}
    public = f"{public_reply}\n\n{further}" if further else public_reply
    words = Words(public=public, facts=facts, enclosed=enclosed)
    with _accepted(case, by, at) as case, taking("conclude", case, by=by, at=at, words=words) as case:
        _must_be_given_up_by_all(case, outcome)
        case.outcome = outcome
        case.public_reply = public
        case.concluded_at = at
        deadlines.meet(case, Stage.HANDLE, at)
        deadlines.start(case, Stage.EVALUATE, at)
        deadlines.start(case, Stage.REOPEN, at)
    return case


@contextmanager
def _accepted(case: Case, by: User, at: datetime) -> Iterator[Case]:
    """Hold the case so that what follows is one act with its acceptance, if that was still owed."""
    with held(case) as case, deadlines.at_hand(case):
        yield accept(case, by=by, at=at) if case.status == Status.DISPATCHED else case


def _assists(case: Case, by: User, at: datetime) -> bool:
    """Test if somebody writes for a unit that assists; whoever is at work has accepted."""
    post, _verdict = standing(by, "add_progress", case, at)
    asked = case.assists.filter(unit=post.unit_id, round=case.round) if post else case.assists.none()
    asked.filter(accepted_at__isnull=True).update(accepted_at=at)
    return asked.exists()


def _must_say_something(*texts: str) -> None:
    """Refuse a line without words."""
    if not any(text.strip() for text in texts):
        raise Refused(_("Write what was done before sending it."))


def _must_be_given_up_by_all(case: Case, outcome: Outcome) -> None:
    """Refuse to end as withdrawn a matter that others brought too and still want; a lone resident may say it aloud."""
    left = still_wanted(case) if outcome == Outcome.WITHDRAWN else []
    if left and case.log.filter(verb="join").exists():
        said = _("Others brought this matter too and have not withdrawn it: %(codes)s. Answer them.")
        raise Refused(said % {"codes": ", ".join(map(grouped, left))})


FURTHER_NEEDED = {
    Outcome.CANNOT_NOW: "plan",
    Outcome.NOT_OURS: "route",
    Outcome.NOT_SETTLED: "remedies",
}


def _must_be_complete(outcome: Outcome, public_reply: str, further: str) -> None:
    """Refuse a conclusion that leaves the resident without an answer or without the next road."""
    if not public_reply.strip():
        raise Refused(_("A conclusion needs a reply the resident can read."))
    if further.strip() or outcome not in FURTHER_NEEDED:
        return
    missing = {
        "plan": _("Say what is planned and by when."),
        "route": _("Say who decides this and how to reach them."),
        "remedies": _("Say which other remedies are open: arbitration, review, court."),
    }
    raise Refused(missing[FURTHER_NEEDED[outcome]])
