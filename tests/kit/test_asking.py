"""What is asked past the driver's cursor finds, writes and fails as it would through it."""

from typing import Any, cast

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, NotSupportedError, OperationalError, connection, transaction

from fengqiao.kit.database import asking

LINK = cast(Any, connection)
KEPT = "SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'asked_%'"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def table(transactional_db: None) -> Any:
    connection.close()
    LINK.ask("DROP TABLE IF EXISTS wells", [])
    LINK.ask("CREATE TABLE wells (name text PRIMARY KEY, deep int)", [])
    yield
    connection.close()
    LINK.ask("DROP TABLE wells", [])


def found(sql: str, *values: object, keeps_plan: bool = True) -> list[Any]:
    return list(LINK.ask(sql, values, keeps_plan=keeps_plan).fetchall())


def dig(name: str, deep: int | None) -> int:
    return int(LINK.ask("INSERT INTO wells VALUES (%s, %s)", [name, deep]).rowcount)


def test_places_of_values_are_numbered() -> None:
    assert asking.numbered("a = %s AND b LIKE '%%x' AND c = %s") == b"a = $1 AND b LIKE '%x' AND c = $2"


@pytest.mark.parametrize("keeps_plan", [True, False])
def test_rows_come_as_the_cursor_gives_them(keeps_plan: bool) -> None:
    assert [dig("老井", 12), dig("新井", None)] == [1, 1]
    wanted = "SELECT name, deep FROM wells WHERE name <> %s ORDER BY name"
    with connection.cursor() as cursor:
        cursor.execute(wanted, ["x"])
        rows = cursor.fetchall()

    assert found(wanted, "x", keeps_plan=keeps_plan) == rows
    assert len(rows) == 2
    assert found("SELECT 1 WHERE false", keeps_plan=keeps_plan) == []
    assert LINK.ask("UPDATE wells SET deep = %s", [3]).rowcount == 2


def test_what_the_database_refuses_is_raised_by_its_name() -> None:
    dig("老井", 12)
    with pytest.raises(IntegrityError) as refused:
        dig("老井", 13)
    assert cast(Any, refused.value.__cause__).diag.constraint_name == "wells_pkey"
    with pytest.raises(DatabaseError, match="nowhere"):
        found("SELECT * FROM nowhere")

    assert found("SELECT deep FROM wells") == [(12,)]


def test_what_is_broken_off_was_not_written() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        dig("老井", 12)
        raise ZeroDivisionError

    assert found("SELECT name FROM wells") == []


def test_a_server_that_went_away_is_told_from_a_fault() -> None:
    [[pid]] = found("SELECT pg_backend_pid()")
    with psycopg.connect(**LINK.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    with pytest.raises(OperationalError):
        found("SELECT 1")


def test_a_table_that_has_changed_is_planned_anew() -> None:
    dig("老井", 12)
    assert found("SELECT * FROM wells") == [("老井", 12)]
    LINK.ask("ALTER TABLE wells ADD COLUMN dry bool", [])

    with pytest.raises(NotSupportedError):  # as the server wants it, once
        found("SELECT * FROM wells")
    assert found("SELECT * FROM wells") == [("老井", 12, None)]


def test_the_server_keeps_so_many_plans_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_KEPT", 4)
    for number in range(9):
        assert found(f"SELECT {number}") == [(number,)]
    [[kept]] = found(KEPT, keeps_plan=False)

    assert kept == 4
    assert found("SELECT 0") == [(0,)]


def test_what_is_asked_again_and_again_keeps_its_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_KEPT", 4)
    for number in range(1, 9):
        found("SELECT 0")
        found(f"SELECT {number}")
    planned = found("SELECT statement FROM pg_prepared_statements ORDER BY prepare_time", keeps_plan=False)

    assert [statement for (statement,) in planned] == ["SELECT 0", "SELECT 6", "SELECT 7", "SELECT 8"]


def test_nobody_keeps_plans_where_connections_are_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setitem(LINK.settings_dict["OPTIONS"], "prepare_threshold", None)

    found("SELECT name FROM wells")
    assert found(KEPT, keeps_plan=False) == [(0,)]


def test_breaking_off_forgets_no_plan() -> None:
    found("SELECT name FROM wells")
    psycopg.Cursor(LINK.connection).execute("SELECT %s", [1])  # the driver would let go of its plan with ours
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        found("SELECT name FROM wells")
        raise ZeroDivisionError

    [[kept]] = found(KEPT, keeps_plan=False)
    assert kept >= 1
    assert found("SELECT name FROM wells") == []
