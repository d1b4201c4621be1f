"""What the database says about the imported messages, in plain SQL, to stand beside what the import counted."""

from dataclasses import dataclass

from django.db import connection

from fengqiao.places.models import County

SQL = """
SELECT count(*),
       count(*) - count(DISTINCT source_number),
       count(case_id),
       count(*) FILTER (WHERE status = 'received')
  FROM intake_report
 WHERE county = %s AND source = %s
"""
LATE_SQL = """
SELECT count(*), count(*) FILTER (WHERE clock.met_at > clock.due_at)
  FROM cases_caseclock AS clock
 WHERE clock.county = %s AND clock.stage = 'handle' AND clock.met_at IS NOT NULL
   AND EXISTS (SELECT 1 FROM intake_report WHERE case_id = clock.case_id AND source = %s)
"""


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over the rows of the database."""

    reports: int
    twice: int
    in_cases: int
    waiting: int
    handled: int
    late: int

    @property
    def late_percent(self) -> float:
        """The share of handled cases that were late."""
        return 100 * self.late / self.handled if self.handled else 0.0


def count(county: County, source: str) -> Totals:
    """Count what was imported from a source."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, [county.code, source])
        reports = cursor.fetchone()
        cursor.execute(LATE_SQL, [county.code, source])
        handled = cursor.fetchone()
    return Totals(*reports, *handled)
