"""The audit administrator's page: what was done, by whom, to whom, and which sensitive things were looked at."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from fengqiao.cases.models import Case
from fengqiao.people.models import StaffLog
from fengqiao.people.transitions import accounts
from fengqiao.people.transitions.logging import write
from fengqiao.rights.models import AccessLog
from fengqiao.rights.transitions import record_look
from tests.cast import QING, QingCounty
from tests.web.console.conftest import SignIn

Act = StaffLog.Act


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
    write(Act.FAILED_TO_SIGN_IN, by=None, at=today - timedelta(days=1), facts={"username": "root"})

    assert acts(desk) == ["failed_to_sign_in", "deactivated", "reset_password"]
    assert acts(desk, who="马晓兰") == ["reset_password"]
    assert acts(desk, who="feng_") == ["deactivated", "reset_password"]
    assert acts(desk, who="root") == ["failed_to_sign_in"]
    assert acts(desk, kind="deactivated") == ["deactivated"]
    assert acts(desk, day=localdate(today - timedelta(days=3)).isoformat()) == ["reset_password"]


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


def test_another_countys_lines_are_not_shown(qing: QingCounty, desk: Client, today: datetime) -> None:
    write(Act.SIGNED_IN, by=qing.ma_clerks, at=today)
    StaffLog.objects.update(county="629902")

    assert acts(desk) == []
