"""What was acknowledged must be there: every lifecycle concluded, its chain whole; and what rows it consists of."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Model

from fengqiao.cases.models import Case, CaseClock, CaseLog
from fengqiao.cases.workflow import Status
from fengqiao.intake.models import Decision, Report, ReportClock
from fengqiao.jobs.doctor.chains import first_break
from fengqiao.oversight.models import Notice

VERBS = ["open", "dispatch", "accept", "conclude"]
PARTS: tuple[tuple[type[Model], str], ...] = (
    (Case, "pk__in"), (Report, "case__in"), (Decision, "case__in"), (ReportClock, "report__case__in"),
    (CaseLog, "case__in"), (CaseClock, "case__in"), (Notice, "case__in"),
)  # fmt: skip
BATCH = 500

Acknowledged = list[tuple[str, str]]  # county and number


def missing(acknowledged: Acknowledged) -> list[str]:
    """List the acknowledged lifecycles that the database does not hold whole."""
    return [number for batch in _batches(acknowledged) for number in _not_whole(batch)]


def rows_of(acknowledged: Acknowledged) -> dict[str, float]:
    """Count the rows one lifecycle consists of, by table; the notices are the worker's."""
    counted: Counter[str] = Counter()
    for batch in _batches(acknowledged):
        ids = [case.pk for case in _cases(batch)]
        for table, within in PARTS:
            counted[table._meta.db_table] += table._default_manager.filter(**{within: ids}).count()
    return {name: round(count / max(1, len(acknowledged)), 2) for name, count in counted.items()}


def _not_whole(batch: Acknowledged) -> list[str]:
    found = {(case.county, case.number): case for case in _cases(batch)}
    return [number for county, number in batch if not _is_whole(found.get((county, number)))]


def _is_whole(case: Case | None) -> bool:
    if case is None or case.status != Status.CONCLUDED:
        return False
    lines = list(case.log.order_by("line"))
    return [line.verb for line in lines] == VERBS and first_break(case, lines) is None


def _cases(batch: Acknowledged) -> Iterable[Case]:
    wanted = set(batch)
    found = Case.objects.filter(number__in=[number for _county, number in batch])
    return [case for case in found if (case.county, case.number) in wanted]


def _batches(acknowledged: Acknowledged) -> Iterable[Acknowledged]:
    return (acknowledged[at : at + BATCH] for at in range(0, len(acknowledged), BATCH))
