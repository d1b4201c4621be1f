"""After the conclusion: the resident's answer, the archive, the revisit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.models import Case, Evaluation, Revisit, Stage
from fengqiao.cases.tiers import centre_outside
from fengqiao.cases.transitions.reopening import request_reopening
from fengqiao.cases.transitions.taking import Fact, Words, taking
from fengqiao.cases.vocabulary import AnswerChannel, Satisfied, Solved
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Actor, Machine
from fengqiao.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a resident says of a concluded case."""

    solved: Solved
    satisfied: Satisfied | None = None
    contacted: bool | None = None
    words: str = ""
    channel: AnswerChannel = AnswerChannel.CODE
    report: UUID | None = None


def evaluate(case: Case, answer: Answer, *, by: Actor, at: datetime) -> Case:
    """Record the resident's answer; "not solved" asks for reopening, which the dispatcher decides."""
    facts: dict[str, Fact] = {
        "channel": str(answer.channel),
        "contacted": answer.contacted,
        "solved": str(answer.solved),
        "satisfied": str(answer.satisfied or ""),
    }
    with taking("evaluate", case, by=by, at=at, words=Words(note=answer.words, facts=facts)) as case:
        _must_be_within_window(case, at)
        if case.evaluations.filter(round=case.round, report=answer.report).exists():
            raise Refused(_("This case has been evaluated already; thank you."))
        Evaluation.objects.create(
            county=case.county,
            case=case,
            round=case.round,
            report=answer.report,
            channel=answer.channel,
            contacted=answer.contacted,
            solved=answer.solved,
            satisfied=answer.satisfied or "",
            words=answer.words,
            by=by if isinstance(by, User) else None,
            at=at,
        )
        deadlines.meet(case, Stage.EVALUATE, at)
        if answer.solved == Solved.NO:
            request_reopening(case, words=answer.words, at=at)
    return case


def archive(case: Case, *, by: Actor, at: datetime) -> Case:
    """File a concluded case: once the resident has answered, or when the window is over."""
    words = Words()
    with taking("archive", case, by=by, at=at, words=words) as case:
        _must_be_free_to_file(case, at)
        last = case.evaluations.filter(round=case.round).order_by("-at").first()
        words.facts = {"solved": last.solved if last else ""}
        case.archived_at = at
        deadlines.stop(case, Stage.EVALUATE, at=at)
    return case


def plan_revisit(case: Case, *, by: Machine, at: datetime) -> Case:
    """Put an archived case down for a revisit; its clock runs from the archiving."""
    with taking("plan_revisit", case, by=by, at=at) as case:
        if deadlines.running(case, Stage.REVISIT) is not None:
            raise Refused(_("A revisit is planned already."))
        if centre_outside(case, {case.lead_id}, at) is None:
            raise Refused(_("No centre stands above the one that handled this case, so nobody outside it can call."))
        deadlines.start(case, Stage.REVISIT, case.archived_at or at)
    return case


def revisit(case: Case, *, solved: Solved, channel: AnswerChannel, words: str, by: User, at: datetime) -> Case:
    """Record what was heard some time after archiving; "not solved" asks for reopening."""
    facts: dict[str, Fact] = {"solved": str(solved), "channel": str(channel)}
    with taking("revisit", case, by=by, at=at, words=Words(note=words, facts=facts)) as case:
        Revisit.objects.create(
            county=case.county, case=case, round=case.round, channel=channel, solved=solved, words=words, by=by, at=at
        )
        deadlines.meet(case, Stage.REVISIT, at)
        if solved == Solved.NO:
            request_reopening(case, words=words, at=at)
    return case


def _must_be_free_to_file(case: Case, at: datetime) -> None:
    """Refuse to file a case while a request to reopen waits, or while the resident may still answer."""
    if case.reopen_requests.filter(decided_at__isnull=True).exists():
        raise Refused(_("The resident asks to reopen this case: decide on that first."))
    window = deadlines.running(case, Stage.EVALUATE)
    if window is not None and window.due_at > at:
        until = localtime(window.due_at).strftime("%Y-%m-%d %H:%M")
        raise Refused(
            _("The resident may still answer until %(until)s; then the case can be archived.") % {"until": until}
        )


def _must_be_within_window(case: Case, at: datetime) -> None:
    """Refuse an answer after the evaluation window, as the stored clock has it."""
    window = case.clocks.filter(round=case.round, stage=Stage.EVALUATE).order_by("-started_at").first()
    if window is None or window.due_at < at:
        raise Refused(_("The time to evaluate this case is over."))
