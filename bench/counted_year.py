"""The figures of a year of mediation, by plain SQL: what the page says must say the same, number by number."""

from typing import Any

from django.db import connection

from fengqiao.insight.mediated import Year

OURS = """WITH ours AS (
    SELECT d.* FROM mediation_dossier d WHERE d.county = %(county)s
       AND extract(year FROM d.opened_at AT TIME ZONE 'Asia/Shanghai') = %(year)s
)
"""
# One statement for each part of the page; each gives rows of text and numbers.
STATEMENTS = {
    "stands": """SELECT count(*), count(*) FILTER (WHERE stand = 'agreed'),
        count(*) FILTER (WHERE stand NOT IN ('agreed', 'ended')) FROM ours""",
    "grounds": "SELECT ground, count(*) FROM ours WHERE stand = 'ended' GROUP BY ground",
    "types": "SELECT type, count(*), count(*) FILTER (WHERE stand = 'agreed') FROM ours GROUP BY type",
    "tiers": """SELECT t."order", t.level, count(*),
        sum((r.result = 'agreed')::int), sum((r.result = 'escalated')::int),
        sum((r.result = 'sent_back')::int), sum((r.result = 'ended')::int)
        FROM mediation_tierround r JOIN mediation_tier t ON t.id = r.tier_id JOIN ours ON ours.id = r.dossier_id
        GROUP BY t."order", t.level""",
    "clocks": """SELECT coalesce(sum((c.met_at <= c.due_at)::int), 0), coalesce(sum((c.met_at > c.due_at)::int), 0)
        FROM cases_caseclock c WHERE c.stage = 'mediate' AND c.met_at IS NOT NULL
         AND c.case_id IN (SELECT case_id FROM ours)""",
    "items": """SELECT count(*), count(i.done_at), count(i.broken_at), coalesce(sum(i.recovered), 0)
        FROM mediation_item i JOIN mediation_agreement a ON a.id = i.agreement_id
        WHERE a.effective_at IS NOT NULL AND a.dossier_id IN (SELECT id FROM ours)""",
}


def by_sql(county: str, year: int) -> dict[str, list[list[Any]]]:
    """Count the year without a word of the program's own."""
    found = {}
    with connection.cursor() as cursor:
        for name, statement in STATEMENTS.items():
            cursor.execute(OURS + statement, {"county": county, "year": year})
            found[name] = sorted([_plain(value) for value in row] for row in cursor.fetchall())
    return found


def shown(year: Year) -> dict[str, list[list[Any]]]:
    """Give what the page shows in the same order."""
    tiers = [
        [tier.order, tier.name, tier.came, tier.agreed, tier.escalated, tier.sent_back, tier.ended]
        for tier in year.tiers
    ]
    kept = year.kept
    parts: dict[str, list[list[Any]]] = {
        "stands": [[year.opened, year.agreed, year.running]],
        "grounds": [list(each) for each in year.grounds],
        "types": [list(each) for each in year.types],
        "tiers": tiers,
        "clocks": [[year.in_time, year.late]],
        "items": [[kept.items, kept.done, kept.broken, kept.recovered]],
    }
    return {name: sorted([_plain(value) for value in row] for row in rows) for name, rows in parts.items()}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else float(value)
