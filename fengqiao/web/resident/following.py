"""What the bearer of a code sees: a little by the code alone, the words once the secret was given."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from fengqiao.cases.models import RUNNING, Case, CaseLog, Clock, Stage
from fengqiao.cases.workflow import ENDED, Status
from fengqiao.intake.models import Report
from fengqiao.intake.policy import may_give_up
from fengqiao.intake.workflow import Channel, Outcome
from fengqiao.intake.workflow import Status as ReportStatus
from fengqiao.people.actors import Resident
from fengqiao.web.resident.counter import Counter
from fengqiao.web.resident.enclosed import files_by_thing
from fengqiao.web.resident.moves import legs_before
from fengqiao.web.shared import parts
from fengqiao.web.shared.standing import strip_of_case, strip_of_report

# The clock that keeps a promise to the resident, the one that matters most first.
PROMISES = (Stage.HANDLE, Stage.MEDIATE, Stage.DECIDE, Stage.DISPATCH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What the resident can do now, each with the moment until which, or nothing."""

    evaluate: datetime | None = None
    reopen: datetime | None = None
    review: bool = False
    give_up: bool = False


def only_received(report: Report) -> bool:
    """Test if the code alone must say no more than "received": an accusation, or a restricted case."""
    return report.is_confidential or (report.case is not None and report.case.is_restricted)


def strip_of(report: Report, counter: Counter) -> parts.Strip:
    """Show where a report stands: as its case does, or waiting at the counter."""
    if report.case is None:
        clock = report.clocks.filter(RUNNING).first()
        return strip_of_report(holder=counter.centre, clock=clock)
    return strip_of_case(report.case, clock=_promise(report.case))


def sealed_strip(counter: Counter) -> parts.Strip:
    """Show a confidential report: received, and not a word more."""
    return strip_of_report(holder=counter.centre)


def words_of(report: Report) -> list[parts.Entry]:
    """List what was said and answered, newest first: the words, every public reply, and triage's reasons."""
    files = files_by_thing(report)
    entries = [
        *_told(report, files),
        *_decisions(report),
        *(_replies(report.case, files) if report.case else []),
        *_given_up(report),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _told(report: Report, files: dict[UUID, tuple[parts.Attached, ...]]) -> list[parts.Entry]:
    """Give what the resident told; a party that was handed its code told nothing here."""
    if report.channel == Channel.PARTY:
        return []
    return [parts.Entry(at=report.received_at, title=_("You told us"), text=report.text, files=files[report.pk])]


def doors(report: Report, at: datetime) -> Doors:
    """Say what the resident can do about this report now."""
    if report.case is None:
        return Doors(review=_may_ask_review(report))
    case = report.case
    return Doors(
        evaluate=_until(case, Stage.EVALUATE, at, _may_evaluate(report, case)),
        reopen=_may_reopen(case, at),
        give_up=bool(may_give_up(report, Resident(report.pk, case.pk))),
    )


def _promise(case: Case) -> Clock | None:
    running = {clock.stage: clock for clock in case.clocks.filter(RUNNING)}
    return next((running[stage] for stage in PROMISES if stage in running), None)


def _replies(case: Case, files: dict[UUID, tuple[parts.Attached, ...]]) -> list[parts.Entry]:
    legs = [*legs_before(case), case]
    lines = CaseLog.objects.public().filter(case__in=legs).select_related("unit").order_by("at", "line")
    titles = {
        "conclude": _("Concluding answer"),
        "settle": _("Concluding answer"),
        "refuse_reopen": _("Answer to your request to reopen"),
        "hand_on": _("Not ours to decide, handed on; the reason"),
        "raise_up": _("Passed one level up; the reason"),
        "approve_delay": _("Handling takes longer; the reason"),
    }
    return [
        parts.Entry(
            at=line.at,
            title=titles.get(line.verb, _("Reply")),
            who=line.unit.name if line.unit else "",
            text=line.public,
            files=files[line.pk],
        )
        for line in lines
    ]


def _given_up(report: Report) -> list[parts.Entry]:
    lines = report.case.log.filter(verb="ask_withdraw", facts__report=report.code) if report.case else ()
    return [parts.Entry(at=line.at, title=_("You asked to withdraw it"), text=line.note) for line in lines]


def _decisions(report: Report) -> list[parts.Entry]:
    declined = report.decisions.filter(outcome__in=[Outcome.DECLINED, Outcome.UPHELD]).order_by("at")
    titles = {Outcome.DECLINED: _("Not accepted"), Outcome.UPHELD: _("Looked at by another clerk: still not accepted")}
    return [
        parts.Entry(
            at=each.at,
            title=titles[Outcome(each.outcome)],
            text="\n".join(part for part in (each.get_reason_display(), each.route) if part),
        )
        for each in declined
    ]


def _may_evaluate(report: Report, case: Case) -> bool:
    answered = case.evaluations.filter(round=case.round, report=report.pk)
    return case.status == Status.CONCLUDED and not answered.exists()


def _may_reopen(case: Case, at: datetime) -> datetime | None:
    waits = case.reopen_requests.filter(decided_at__isnull=True)
    return _until(case, Stage.REOPEN, at, case.status in ENDED and not waits.exists())


def _until(case: Case, stage: Stage, at: datetime, is_open: bool) -> datetime | None:
    if not is_open:
        return None
    window = case.clocks.filter(round=case.round, stage=stage, due_at__gte=at).order_by("-started_at").first()
    return window.due_at if window else None


def _may_ask_review(report: Report) -> bool:
    reviewed = report.decisions.filter(outcome__in=[Outcome.UPHELD, Outcome.OVERTURNED])
    return report.status == ReportStatus.DECLINED and not reviewed.exists()
