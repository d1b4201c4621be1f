"""Several prepared queries asked in one statement, so that they cost one wait."""

from collections.abc import Hashable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from fengqiao.kit.prepared import Nothing, Plan, Prepared, Value


class Joined:
    """Queries of which each but the last finds one row at most; the last may find several."""

    def __init__(self, *queries: Prepared[Any]) -> None:
        self._queries = queries
        self._sql: dict[Hashable, str] = {}

    def __call__(self, *values: Sequence[Value]) -> list[list[Any]]:
        """Fetch the rows of each query for its values."""
        plans = [query.plan(each) for query, each in zip(self._queries, values, strict=True)]
        asked = [(plan, each) for plan, each in zip(plans, values, strict=True) if not isinstance(plan, Nothing)]
        params = [param for plan, each in asked for param in plan.params(each)]
        rows = self._fetch([plan for plan, _each in asked], params)
        found: list[list[Any]] = []
        begins = 1
        for plan in plans:
            if isinstance(plan, Nothing):
                found.append([])
                continue
            ends = begins + plan.width
            there = [row[begins:ends] for row in rows if any(value is not None for value in row[begins:ends])]
            found.append(plan.objects(there if plan is plans[-1] else there[:1]))
            begins = ends
        return found

    def _fetch(self, plans: Sequence[Plan[Any]], params: Sequence[Any]) -> list[Any]:
        if not plans:
            return []
        link: Any = connections[DEFAULT_DB_ALIAS]
        key = tuple([plan.sql for plan in plans])
        if key not in self._sql:
            self._sql[key] = _joined(plans)
        link.send_waiting()
        return list(link.ask(self._sql[key], params).fetchall())


def _joined(plans: Sequence[Plan[Any]]) -> str:
    """Put queries beside each other; one that finds nothing leaves its columns empty."""
    sides = []
    for number, plan in enumerate(plans):
        columns = ", ".join(f"c{number}_{column}" for column in range(plan.width))
        sides.append(f"LEFT JOIN ({plan.sql}) AS q{number} ({columns}) ON TRUE")
    return f"SELECT * FROM (SELECT TRUE) AS one {' '.join(sides)}"
