"""The rows of a bulk run as their page shows them; what has left one's sight keeps its outcome and loses its title."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from fengqiao.cases.models import Case
from fengqiao.cases.queries import for_row
from fengqiao.desk.models import BulkRow, BulkRun
from fengqiao.intake.models import Report
from fengqiao.intake.queries import for_row as for_report_row
from fengqiao.people.models import User
from fengqiao.web.console.picking import Picked

SHOWN = 50  # a month of them is kept


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row: the case or report if it can still be seen, and what came of it."""

    field: str  # case or report
    thing: Case | Report | None
    outcome: str
    label: str
    reason: str


def runs_of(user: User) -> list[BulkRun]:
    """List the runs a person made, the newest first, each with its rows counted by what came of them."""
    counts = {outcome.value: Count("rows", filter=Q(rows__outcome=outcome)) for outcome in BulkRow.Outcome}
    return list(BulkRun.objects.filter(by=user).annotate(**counts).order_by("-at", "id")[:SHOWN])


def picked_of(run: BulkRun, user: User, at: datetime) -> dict[UUID, Picked]:
    """Fetch what the rows of a run are about, as far as this user can see it now; by row."""
    rows = list(run.rows.all())
    cases = for_row(Case.objects.visible_to(user, at)).in_bulk([row.case_id for row in rows if row.case_id])
    codes = [row.report_id for row in rows if row.report_id]
    reports = for_report_row(Report.objects.visible_to(user, at)).in_bulk(codes)
    things: dict[UUID | None, Case | Report] = {**cases, **reports}
    about = {row.pk: (things.get(row.case_id or row.report_id), row.seen) for row in rows}
    return {pk: Picked(thing, seen) for pk, (thing, seen) in about.items() if thing}


def shown_rows(run: BulkRun, user: User, at: datetime) -> list[ShownRow]:
    """List the rows of a run in their order."""
    seen = picked_of(run, user, at)
    return [_shown(row, seen.get(row.pk)) for row in run.rows.order_by("place")]


def _shown(row: BulkRow, picked: Picked | None) -> ShownRow:
    field = "case" if row.case_id else "report"
    return ShownRow(field, picked.thing if picked else None, row.outcome, row.get_outcome_display(), row.reason)
