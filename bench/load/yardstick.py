"""The yardstick of P3. FROZEN: figures of different days are compared by it, so it must not be changed.

The rows of one lifecycle, in four commits, by prepared statements from one client, with nothing in between: no page,
no sign-in, no rule, no seal. They are copies of a lifecycle that the program wrote, so that they are as wide as real
ones; the order and number of the writes are those below. Indexes, keys and constraints are at work; what was written
is deleted again.
"""

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.types.json import Jsonb

from bench.kept import database

Row = dict[str, Any]
Connection = psycopg.Connection[tuple[Any, ...]]

# Which rows a lifecycle consists of, beside the case: table, the column that points at what, and the order among them.
PARTS = {
    "intake_report": ("case_id", "received_at"),
    "intake_decision": ("case_id", "at"),
    "cases_caseclock": ("case_id", "started_at, stage"),
    "cases_caselog": ("case_id", "line"),
}
READ = (
    "SELECT * FROM cases_case WHERE county = %s AND number = %s",
    "SELECT * FROM cases_caselog WHERE case_id = %s ORDER BY line",
    "SELECT * FROM cases_caseclock WHERE case_id = %s ORDER BY started_at",
    "SELECT * FROM intake_report WHERE case_id = %s",
)
MEET = "UPDATE cases_caseclock SET met_at = now(), alert_at = NULL WHERE id = %s"
OWE = "INSERT INTO cases_unfollowed (line_id, county, retry_at, failures) VALUES (%s, %s, now() + interval '1 day', 0)"
SEND = "UPDATE cases_case SET status = %s, lead_id = %s, due_at = %s, line_count = %s WHERE id = %s"
END = "UPDATE cases_case SET outcome = %s, public_reply = %s, concluded_at = %s, archived_at = NULL WHERE id = %s"


@dataclass(frozen=True, slots=True)
class Sample:
    """One lifecycle as the program wrote it."""

    case: Row
    parts: dict[str, list[Row]]
    triage: Row


def measure(acknowledged: list[tuple[str, str]], seconds: float) -> dict[str, Any]:
    """Write copies of one of these lifecycles for so long; give how many a second, and the rows of each."""
    with database.connect() as connection:
        connection.autocommit = True
        connection.execute("SET synchronous_commit = on")
        sample = _read(connection, *acknowledged[-1])
        written: list[UUID] = []
        until = (begun := time.monotonic()) + seconds
        try:
            while time.monotonic() < until:
                written.append(_live(connection, sample))
            taken = time.monotonic() - begun
        finally:
            _delete(connection, written)
    rows = {table: len(found) for table, found in sample.parts.items()} | {"cases_case": 1, "intake_reportclock": 1}
    rows["cases_unfollowed"] = rows["cases_caselog"]
    return {"yardstick": round(len(written) / taken, 1), "yardstick_rows": rows}


class Copy:
    """One lifecycle to be written like the sample: its own ids, everything else the same."""

    def __init__(self, connection: Connection, sample: Sample) -> None:
        self.connection, self.sample = connection, sample
        self.id, self.report, self.number = uuid4(), uuid4(), f"Y{uuid4().hex[:18]}"
        own = {"case_id": self.id, "met_at": None, "stopped_at": None}
        self.clocks = {row["stage"]: {**row, **own, "id": uuid4()} for row in sample.parts["cases_caseclock"]}
        self.lines = [{**row, "id": uuid4(), "case_id": self.id} for row in sample.parts["cases_caselog"]]

    def register(self) -> None:
        """Write the report, the case, what triage said, the first clock and line."""
        sample, ids = self.sample, {"case_id": self.id}
        self._insert("cases_case", {**sample.case, "id": self.id, "number": self.number, "status": "opened"})
        own = {"id": self.report, "submission": self.report, "code": uuid4().hex[:11], **ids}
        self._insert("intake_report", {**sample.parts["intake_report"][0], **own})
        self._insert("intake_reportclock", {**sample.triage, "id": uuid4(), "report_id": self.report})
        self._insert("cases_caseclock", self.clocks["dispatch"])
        self._line(0)
        own = {"id": uuid4(), "report_id": self.report, **ids}
        self._insert("intake_decision", {**sample.parts["intake_decision"][0], **own})

    def dispatch(self) -> None:
        """Write the unit, two clocks and the line."""
        self._do(MEET, self.clocks["dispatch"]["id"])
        self._insert("cases_caseclock", self.clocks["accept"])
        self._insert("cases_caseclock", self.clocks["handle"])
        self._line(1)
        self._do(SEND, "dispatched", self.sample.case["lead_id"], self.sample.case["due_at"], 2, self.id)

    def conclude(self) -> None:
        """Write acceptance and conclusion, two clocks and two lines."""
        case = self.sample.case
        self._do(MEET, self.clocks["accept"]["id"])
        self._line(2)
        self._do(SEND, "handling", case["lead_id"], case["due_at"], 3, self.id)
        self._do(MEET, self.clocks["handle"]["id"])
        self._insert("cases_caseclock", self.clocks["evaluate"])
        self._insert("cases_caseclock", self.clocks["reopen"])
        self._line(3)
        self._do(END, "solved", case["public_reply"], case["concluded_at"], self.id)

    def look_up(self) -> None:
        """Read it all."""
        self._do(READ[0], self.sample.case["county"], self.number)
        for asked in READ[1:]:
            self._do(asked, self.id)

    def _line(self, at: int) -> None:
        self._insert("cases_caselog", self.lines[at])
        self._do(OWE, self.lines[at]["id"], self.lines[at]["county"])

    def _insert(self, table: str, row: Row) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        self._do(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(row))})", *row.values())

    def _do(self, statement: str, *values: Any) -> None:
        answer = self.connection.execute(statement, values, prepare=True)
        if answer.description:
            answer.fetchall()


def _live(connection: Connection, sample: Sample) -> UUID:
    """Write one lifecycle in four commits."""
    copy = Copy(connection, sample)
    for act in (copy.register, copy.dispatch, copy.conclude, copy.look_up):
        with connection.transaction():
            act()
    return copy.id


def _read(connection: Connection, county: str, number: str) -> Sample:
    case = _rows(connection, "cases_case", "county = %s AND number = %s", "id", county, number)[0]
    parts = {name: _rows(connection, name, f"{by} = %s", order, case["id"]) for name, (by, order) in PARTS.items()}
    report = parts["intake_report"][0]
    return Sample(case, parts, _rows(connection, "intake_reportclock", "report_id = %s", "id", report["id"])[0])


def _rows(connection: Connection, table: str, where: str, order: str, *values: Any) -> list[Row]:
    answer = connection.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY {order}", values)
    names = [column.name for column in answer.description or ()]
    kept = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return [{name: _fit(value) for name, value in row.items() if name != "search"} for row in kept]


def _fit(value: Any) -> Any:
    """Turn what JSON became back into JSON."""
    return Jsonb(value) if isinstance(value, dict | list) else value


def _delete(connection: Connection, cases: list[UUID]) -> None:
    """Take the copies away again: they are no matters, and their seals do not hold."""
    for statement in (
        "DELETE FROM cases_unfollowed WHERE line_id IN (SELECT id FROM cases_caselog WHERE case_id = ANY(%s))",
        "DELETE FROM intake_decision WHERE case_id = ANY(%s)",
        "DELETE FROM intake_reportclock WHERE report_id IN (SELECT id FROM intake_report WHERE case_id = ANY(%s))",
        "DELETE FROM intake_report WHERE case_id = ANY(%s)",
        "DELETE FROM cases_caseclock WHERE case_id = ANY(%s)",
        "DELETE FROM cases_caselog WHERE case_id = ANY(%s)",
        "DELETE FROM cases_case WHERE id = ANY(%s)",
    ):
        connection.execute(statement, [cases])
