"""The audit administrator's page: what was done, by whom, to whom, and which sensitive things were looked at."""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from fengqiao.cases.models import Case
from fengqiao.people.models import FailedSignIn, StaffLog
from fengqiao.people.transitions import accounts
from fengqiao.people.transitions.attempts import record_failure
from fengqiao.people.transitions.logging import write
from fengqiao.rights.models import AccessLog
from fengqiao.rights.transitions import record_look
from fengqiao.web.console.forms.audit import LOGS
from tests import acts as acts_of
from tests.cast import QING, QingCounty
from tests.web.console.conftest import SignIn

Act = StaffLog.Act
MaxQueries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def desk(qing: QingCounty, sign_in: SignIn) -> Client:
    """The audit administrator's browser."""
    return sign_in(qing.bai_audits)


def acts(client: Client, **query: str) -> list[str]:
    page = client.get(reverse("console:audit"), query)
    assert page.status_code == 200
    return [line.act for line in page.context["page"].rows]


def test_lines_are_found_by_person_day_and_kind(qing: QingCounty, desk: Client, today: datetime) -> None:
    accounts.reset_password(qing.ma_clerks, by=qing.feng_secures, at=today - timedelta(days=3))
    accounts.deactivate(qing.gao_leads, by=qing.feng_secures, at=today - timedelta(days=2))
    write(Act.SIGNED_IN, by=qing.zhou_clerks, at=today - timedelta(days=1))

    assert acts(desk) == ["signed_in", "deactivated", "reset_password"]
    assert acts(desk, who="马晓兰") == ["reset_password"]
    assert acts(desk, who="feng_") == ["deactivated", "reset_password"]
    assert acts(desk, kind="deactivated") == ["deactivated"]
    third, second = (localdate(today - timedelta(days=days)).isoformat() for days in (3, 2))
    assert acts(desk, since=third, until=third) == ["reset_password"]
    assert acts(desk, until=second) == ["deactivated", "reset_password"]
    assert acts(desk, since="0001-01-01", until="9999-12-31", who="feng_") == ["deactivated", "reset_password"]
    assert acts(desk, since=second, who="feng_") == ["deactivated"]
    assert acts(desk, since="nonsense", kind="nonsense", who="feng_") == ["deactivated", "reset_password"]


def test_looks_carry_the_number_and_not_the_matter(qing: QingCounty, desk: Client, leak: Case, today: datetime) -> None:
    record_look(
        AccessLog.Look.RESTRICTED,
        county=QING,
        kind="case",
        thing=leak.pk,
        user=qing.wu_supervises,
        at=today,
        reason="核",
    )
    page = desk.get(reverse("console:audit"), {"log": "looks"})

    assert [(look.line.user, look.number) for look in page.context["looks"]] == [(qing.wu_supervises, leak.number)]
    assert leak.title not in page.content.decode()
    nobody = desk.get(reverse("console:audit"), {"log": "looks", "who": "马晓兰"})
    assert nobody.context["page"].total == 0
    other = desk.get(reverse("console:audit"), {"log": "looks", "kind": "secret"})
    assert other.context["page"].total == 0


def test_reading_is_a_line_but_turning_the_page_is_not(qing: QingCounty, desk: Client, today: datetime) -> None:
    for minute in range(60):
        write(Act.SIGNED_IN, by=qing.ma_clerks, at=today - timedelta(minutes=minute + 1))

    first = desk.get(reverse("console:audit"), {"who": "ma_clerks"})
    second = desk.get(reverse("console:audit") + first.context["page"].older)

    assert (len(first.context["page"].rows), len(second.context["page"].rows)) == (50, 10)
    line = StaffLog.objects.get(act=Act.READ_LOG)
    assert (line.by, line.facts) == (qing.bai_audits, {"who": "ma_clerks"})


def test_what_a_log_was_narrowed_by_is_said_in_words(desk: Client) -> None:
    for query in ({"log": "looks", "kind": "secret"}, {"kind": "signed_in"}):
        desk.get(reverse("console:audit"), query)
    page = desk.get(reverse("console:audit")).content.decode()

    words = (str(dict(LOGS)["looks"]), AccessLog.Look.SECRET.label, Act.SIGNED_IN.label)
    assert f"<td>{words[0]} · {words[1]}</td>" in page and f"<td>{words[2]}</td>" in page


@pytest.mark.parametrize(
    "moment", ["2026-01-01T00:00:00+23:59", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
@pytest.mark.parametrize("way", ["after", "before"])
def test_a_page_is_asked_for_from_a_moment_that_no_clock_shows(desk: Client, way: str, moment: str) -> None:
    assert acts(desk, **{way: f"{moment}_01970000-0000-7000-8000-000000000000"}) in ([], acts(desk))


def test_another_countys_lines_are_not_shown(qing: QingCounty, desk: Client, today: datetime) -> None:
    write(Act.SIGNED_IN, by=qing.ma_clerks, at=today)
    StaffLog.objects.update(county="629902")

    assert acts(desk) == []


def test_looks_are_found_by_the_number_of_a_case_and_of_its_reports(
    qing: QingCounty, desk: Client, leak: Case, today: datetime
) -> None:
    report = leak.reports.get()
    other = acts_of.receive(qing, text="路灯不亮。").report
    for kind, thing in (("case", leak.pk), ("report", report.pk), ("report", other.pk)):
        record_look(AccessLog.Look.CONTACT, county=QING, kind=kind, thing=thing, user=qing.ma_clerks, at=today)

    def found(number: str) -> list[str]:
        page = desk.get(reverse("console:audit"), {"log": "looks", "number": number})
        return sorted(look.number for look in page.context["looks"])

    assert found(f" {leak.number.lower()} ") == sorted([leak.number, report.spoken_code])
    assert found(report.spoken_code) == [report.spoken_code]
    assert found(other.code) == [other.spoken_code]
    assert found("没有这个") == []


def test_failed_sign_ins_are_read_with_their_count(qing: QingCounty, desk: Client, today: datetime) -> None:
    for _time in range(7):
        record_failure("ma_clerks", FailedSignIn.Proof.PASSWORD, address="10.0.0.7", at=today)
    record_failure("root", FailedSignIn.Proof.CODE, address="203.0.113.9", at=today)
    page = desk.get(reverse("console:audit"), {"log": "failed"})
    shown = page.content.decode()

    assert [(line.name, line.count) for line in page.context["page"].rows] == [("root", 1), ("ma_clerks", 7)]
    assert "<td>7</td>" in shown and "203.0.113.9" in shown
    for query in ({"who": "马晓兰"}, {"who": "10.0.0"}, {"kind": "password"}):
        rows = desk.get(reverse("console:audit"), {"log": "failed", **query}).context["page"].rows
        assert [line.name for line in rows] == ["ma_clerks"], query


def test_a_log_is_taken_away_as_asked_for_and_that_is_a_line(qing: QingCounty, desk: Client, today: datetime) -> None:
    write(Act.SIGNED_IN, by=qing.zhou_clerks, at=today)
    write(Act.SIGNED_IN, by=qing.ma_clerks, at=today, facts={"address": "=cmd|'/c calc'!A1"})

    answer = desk.post(reverse("console:take_log") + "?who=ma_clerks")
    table = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]

    assert len(table) == 2 and table[1][1] == "马晓兰 (ma_clerks)"
    assert table[1][4] == "'=cmd|'/c calc'!A1"
    assert "attachment" in answer["Content-Disposition"]
    line = StaffLog.objects.get(act=Act.EXPORTED_LOG)
    assert (line.by, line.facts) == (qing.bai_audits, {"who": "ma_clerks"})


@pytest.mark.parametrize(
    ("act", "last"),
    [
        ("gave_post", "2026年12月31日起不再任职"),
        ("ended_post", "2026年12月31日起不再任职"),
        ("changed_presence", "2026年12月31日起不再入驻"),
        ("changed_mediator", "2026年12月31日起撤销"),
        ("changed_rota", "至2026年12月31日"),
        ("exported_log", "至2026年12月31日"),
    ],
)
def test_a_last_day_and_the_first_day_after_it_are_said_in_different_words(
    qing: QingCounty, desk: Client, today: datetime, act: str, last: str
) -> None:
    first = "since" if act == "exported_log" else "from"
    write(Act(act), by=qing.feng_secures, at=today, facts={first: "2026-12-01", "until": "2026-12-31"})

    assert f"<td>自2026年12月1日起 · {last}</td>" in desk.get(reverse("console:audit")).content.decode()


@pytest.mark.parametrize("log", ["staff", "looks", "failed"])
def test_each_log_is_taken_away_whole_in_as_many_questions_as_it_has_parts(
    qing: QingCounty, desk: Client, leak: Case, today: datetime, log: str, django_assert_max_num_queries: MaxQueries
) -> None:
    for number in range(60):
        write(Act.SIGNED_IN, by=qing.ma_clerks, at=today)
        record_failure("ma_clerks", FailedSignIn.Proof.CODE, address=f"10.0.0.{number}", at=today)
        record_look(AccessLog.Look.CONTACT, county=QING, kind="case", thing=leak.pk, user=qing.ma_clerks, at=today)

    with django_assert_max_num_queries(25):
        answer = desk.post(reverse("console:take_log") + f"?log={log}&who=ma_clerks")
        table = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert table.count("\r\n") == 61
