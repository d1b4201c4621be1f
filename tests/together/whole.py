"""What must hold of a case, its reports and the worker's books, whatever hands met there."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from fengqiao.cases.models import RUNNING, Case, CaseLog, Stage, Unfollowed
from fengqiao.cases.workflow import STEPS, Status
from fengqiao.intake.models import Report
from fengqiao.intake.workflow import Outcome
from fengqiao.intake.workflow import Status as ReportStatus
from fengqiao.jobs.doctor.chains import first_break
from fengqiao.oversight.models import Fault, Notice

WINDOWS: set[str] = {Stage.REOPEN, Stage.DECIDE}
# Which clocks must run in a state, and which may run besides.
MUST_RUN: dict[str, set[str]] = {
    Status.OPENED: {Stage.DISPATCH},
    Status.DISPATCHED: {Stage.ACCEPT, Stage.HANDLE},
    Status.OBJECTED: {Stage.DESIGNATE, Stage.HANDLE},
    Status.HANDLING: {Stage.HANDLE},
    Status.MEDIATING: {Stage.MEDIATE},
}
MAY_RUN: dict[str, set[str]] = {
    Status.OPENED: {Stage.HANDLE},  # raised in the midst of handling
    Status.CONCLUDED: {Stage.EVALUATE, *WINDOWS},
    Status.ARCHIVED: {Stage.REVISIT, *WINDOWS},
    Status.REVISITED: WINDOWS,
}

# The rows that a step leaves beside its line.
ROWS_OF = {"evaluations": "evaluate", "objections": "object", "revisits": "revisit"}
TO_THE_TIER_ABOVE = ("raise_up", "escalate")  # a dispute may be sent back, and go up again in the same round
ONCE_A_ROUND = {"plan_revisit", "conclude", "object"}


def faults_of(case: Case) -> list[str]:
    """List what does not hold of a case."""
    case = Case.objects.get(pk=case.pk)
    lines = list(case.log.order_by("line"))
    return [*_of_the_log(case, lines), *_of_the_clocks(case), *_of_the_rows(case, lines), *_of_the_reports(case, lines)]


def faults_of_the_log(case: Case) -> list[str]:
    """List what its lines alone show: gaps, a broken chain, a state that no step of the table leads to."""
    case = Case.objects.get(pk=case.pk)
    return list(_of_the_log(case, list(case.log.order_by("line"))))


def faults_of_the_worker() -> list[str]:
    """List what the worker could not do, or did twice."""
    put_aside = [f"put aside: {fault.kind} {fault.error}" for fault in Fault.objects.all()]
    set_back = [f"set back: {mark.pk}" for mark in Unfollowed.objects.filter(failures__gt=0)]
    told = Notice.objects.filter(line__isnull=False).values("line", "kind", "unit").annotate(times=Count("id"))
    return put_aside + set_back + [f"told twice: {each}" for each in told.filter(times__gt=1)]


def _of_the_log(case: Case, lines: list[CaseLog]) -> Iterator[str]:
    """Walk the lines through the table of steps: each leaves the state the one before reached."""
    if found := first_break(case, lines):
        yield found.why % {"case": case.number, "line": found.line}
    status = ""
    for line in lines:
        step = STEPS[line.verb]
        if step.leaves and status not in step.leaves:
            yield f"{case.number} #{line.line}: {line.verb} does not leave {status}"
        status = step.reaches or status
    if status != case.status:
        yield f"{case.number}: the lines lead to {status}, the case stands at {case.status}"


def _of_the_clocks(case: Case) -> Iterator[str]:
    stages = list(case.clocks.filter(RUNNING).values_list("stage", flat=True))
    must = MUST_RUN.get(case.status, set())
    may = must | MAY_RUN.get(case.status, set())
    if missing := must - set(stages):
        yield f"{case.number} {case.status}: no clock runs for {sorted(missing)}"
    if left := set(stages) - may:
        yield f"{case.number} {case.status}: a clock still runs for {sorted(left)}"
    waiting = case.reopen_requests.filter(decided_at__isnull=True).count()
    if waiting != (Stage.DECIDE in stages):
        yield f"{case.number}: {waiting} requests to reopen wait, and {stages} run"


def _of_the_rows(case: Case, lines: list[CaseLog]) -> Iterator[str]:
    """Compare the rows beside the log with its lines: nothing is half applied."""
    verbs = Counter(line.verb for line in lines)
    asked = {"delays": verbs["ask_extension"] + verbs["ask_pause"]}
    asked |= {name: verbs[verb] for name, verb in ROWS_OF.items()}
    asked["raises"] = sum(verbs[verb] for verb in TO_THE_TIER_ABOVE)
    rows = Case.objects.filter(pk=case.pk).values_list(*(_rows(name) for name in asked))[0]
    for (name, times), count in zip(asked.items(), rows, strict=True):
        if count != times:
            yield f"{case.number}: the log has {times} steps for {name}, there are {count} rows"
    if case.round - 1 != verbs["reopen"]:
        yield f"{case.number}: reopened {verbs['reopen']} times, and in round {case.round}"
    yield from _twice(case, lines)
    if case.lead_id and case.assists.filter(unit=case.lead_id, round=case.round, done_at__isnull=True).exists():
        yield f"{case.number}: its lead assists itself"


def _rows(name: str) -> Coalesce:
    """Count the rows of a case, in the statement that reads it."""
    of_case = (
        getattr(Case, name).rel.related_model._default_manager.filter(case=OuterRef("pk")).order_by().values("case")
    )
    return Coalesce(Subquery(of_case.annotate(times=Count("pk")).values("times")), 0)


def _twice(case: Case, lines: list[CaseLog]) -> Iterator[str]:
    for (verb, round), times in Counter((line.verb, line.round) for line in lines).items():
        if verb in ONCE_A_ROUND and times > 1:
            yield f"{case.number}: {verb} {times} times in round {round}"


def _of_the_reports(case: Case, lines: list[CaseLog]) -> Iterator[str]:
    """Compare the codes in the log with the reports that lie here, or in the legs where the matter went on."""
    said = [str(line.facts["report"]) for line in lines if line.verb in ("open", "join") and line.facts.get("report")]
    if len(said) != len(set(said)):
        yield f"{case.number}: a report joined twice: {sorted(said)}"
    here = set(Report.objects.filter(case=case).values_list("code", flat=True))
    if here - set(said):
        yield f"{case.number}: reports lie here that the log does not know: {sorted(here - set(said))}"
    legs = _legs_of(case)
    if legs and here:
        yield f"{case.number}: was handed on, and reports stayed behind: {sorted(here)}"
    if lost := set(said) - set(Report.objects.filter(case__in=[case, *legs]).values_list("code", flat=True)):
        yield f"{case.number}: reports of the log lie elsewhere: {sorted(lost)}"


def _legs_of(case: Case) -> list[Case]:
    leg, legs = Case.objects.filter(continues=case).first(), []
    while leg is not None:
        legs.append(leg)
        leg = Case.objects.filter(continues=leg).first()
    return legs


def faults_of_reports(reports: Iterable[Report]) -> list[str]:
    """List what does not hold of reports: one decision a triage, one clock while one waits, none afterwards."""
    return [fault for report in reports for fault in _of_a_report(Report.objects.get(pk=report.pk))]


def _of_a_report(report: Report) -> Iterator[str]:
    running = report.clocks.filter(RUNNING).count()
    waits = report.status in (ReportStatus.RECEIVED, ReportStatus.IN_REVIEW)
    if running != waits or waits != (report.due_at is not None):
        yield f"{report.code} {report.status}: {running} clocks run, due {report.due_at}"
    if (report.status == ReportStatus.IN_CASE) != (report.case_id is not None):
        yield f"{report.code} {report.status}: its case is {report.case_id}"
    taken_up = report.decisions.filter(outcome__in=(Outcome.OPENED, Outcome.JOINED)).count()
    if taken_up != (report.status == ReportStatus.IN_CASE):
        yield f"{report.code} {report.status}: taken up {taken_up} times"
