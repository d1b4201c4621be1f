"""The record: every case's log, sealed line by line, computed again from the beginning."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.cases.models import Case, CaseLog
from fengqiao.jobs.doctor.findings import Finding, fault, good
from fengqiao.kit.sealing import START

BATCH = 500  # cases whose lines are held in memory together


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold, and the sentence that says how."""

    line: int
    why: str


def chains(at: datetime) -> Iterator[Finding]:
    """Examine every log; name the case and the first line that does not hold."""
    cases = broken = 0
    for case, found in _all():
        cases += 1
        if found is not None and (found := _again(case.pk)):
            broken += 1
            yield fault(
                found.why % {"case": case.number, "line": found.line},
                _("The record was changed outside the program. Keep the disk as it is and compare with a backup."),
            )
    if not broken:
        yield good(_("The logs of all %(count)s cases are whole.") % {"count": cases})


def first_break(case: Case, lines: Iterable[CaseLog]) -> Break | None:
    """Compute a case's chain again and find the first line that does not hold."""
    previous, count = START, 0
    for line in lines:
        count += 1
        if line.line != count:
            return Break(count, _missing())
        if line.digest != line.sealed(previous):
            return Break(count, _("Case %(case)s: line %(line)s of its log was changed."))
        previous = line.digest
    if count < case.line_count:
        return Break(count + 1, _missing())
    if count > case.line_count or previous != case.last_digest:
        return Break(count, _("Case %(case)s: line %(line)s of its log is not the one it ended with."))
    return None


def _missing() -> str:
    return _("Case %(case)s: line %(line)s of its log is missing.")


def _all() -> Iterator[tuple[Case, Break | None]]:
    """Walk all cases by id, a batch of them with their lines at a time."""
    heads = Case.objects.order_by("pk").only("pk", "number", "line_count", "last_digest")
    batch = list(heads[:BATCH])
    while batch:
        lines = _lines([case.pk for case in batch])
        for case in batch:
            yield case, first_break(case, lines[case.pk])
        batch = list(heads.filter(pk__gt=batch[-1].pk)[:BATCH])


def _lines(cases: list[UUID]) -> dict[UUID, list[CaseLog]]:
    lines: dict[UUID, list[CaseLog]] = defaultdict(list)
    for line in CaseLog.objects.filter(case__in=cases).order_by("case", "line").iterator():
        lines[line.case_id].append(line)
    return lines


def _again(case: UUID) -> Break | None:
    """Look once more with the case held: a step taken between our two readings is no break."""
    with transaction.atomic():
        held = Case.objects.select_for_update().get(pk=case)
        return first_break(held, held.log.order_by("line"))
