"""The rows of a bulk run as their page shows them; what has left one's sight keeps its outcome and loses its title."""

from dataclasses import dataclass
from datetime import datetime

from fengqiao.cases.models import Case
from fengqiao.cases.queries import for_row
from fengqiao.desk.models import BulkRow, BulkRun
from fengqiao.intake.models import Report
from fengqiao.intake.queries import for_row as for_report_row
from fengqiao.people.models import User
from fengqiao.web.console.picking import Picked


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row: the case or report if it can still be seen, and what came of it."""

    field: str  # case or report
    thing: Case | Report | None
    outcome: str
    label: str
    reason: str


def picked_of(row: BulkRow, user: User, at: datetime) -> Picked | None:
    """Fetch what a row is about, within the sight of its user now."""
    thing: Case | Report | None
    if row.case_id:
        thing = for_row(Case.objects.visible_to(user, at)).filter(pk=row.case_id).first()
    else:
        thing = for_report_row(Report.objects.visible_to(user, at)).filter(pk__in=[row.report_id]).first()
    return Picked(thing, row.seen) if thing else None


def shown_rows(run: BulkRun, user: User, at: datetime) -> list[ShownRow]:
    """List the rows of a run in their order."""
    rows = list(run.rows.order_by("place"))
    cases = for_row(Case.objects.visible_to(user, at)).in_bulk([row.case_id for row in rows if row.case_id])
    codes = [row.report_id for row in rows if row.report_id]
    reports = for_report_row(Report.objects.visible_to(user, at)).in_bulk(codes)
    return [
        ShownRow(
            "case" if row.case_id else "report",
            cases.get(row.case_id) if row.case_id else reports.get(row.report_id),
            row.outcome,
            row.get_outcome_display(),
            row.reason,
        )
        for row in rows
    ]
