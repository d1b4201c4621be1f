"""A flood of failed sign-ins is counted in a few rows, and drowns nothing that matters."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest import MonkeyPatch

from fengqiao.people.models import FailedSignIn, StaffLog
from fengqiao.people.transitions import attempts
from fengqiao.people.transitions.attempts import record_failure
from tests.cast import MONDAY_9AM, QING, QingCounty

PASSWORD = FailedSignIn.Proof.PASSWORD


def rows() -> list[tuple[str, str, int]]:
    return sorted(FailedSignIn.objects.values_list("name", "address", "count"))


def test_one_name_from_one_address_is_one_row_an_hour(qing: QingCounty) -> None:
    for minute in range(0, 120, 2):
        record_failure("ma_clerks", PASSWORD, address="10.0.0.7", at=MONDAY_9AM + timedelta(minutes=minute))

    assert rows() == [("ma_clerks", "10.0.0.7", 30), ("ma_clerks", "10.0.0.7", 30)]
    last = FailedSignIn.objects.latest("at")
    assert (last.county, last.about, last.at) == (QING, qing.ma_clerks, MONDAY_9AM + timedelta(minutes=118))


def test_more_made_up_names_than_rows_share_a_few_rows_and_hide_no_account(qing: QingCounty) -> None:
    knocks = attempts.MOST_ROWS + 100
    for number in range(knocks):
        record_failure(f"admin{number}", PASSWORD, address="203.0.113.9", at=MONDAY_9AM)
    record_failure("ma_clerks", PASSWORD, address="203.0.113.9", at=MONDAY_9AM)

    assert len(rows()) == attempts.MOST_NAMES + 2
    assert rows()[0] == ("", "203.0.113.9", knocks - attempts.MOST_NAMES)
    assert ("ma_clerks", "203.0.113.9", 1) in rows()
    assert FailedSignIn.objects.filter(about=None).exclude(county="").count() == 0


def test_a_thousand_addresses_end_in_one_row_and_an_account_keeps_its_name(
    qing: QingCounty, monkeypatch: MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "MOST_ROWS", 50)
    for number in range(400):
        record_failure(f"root{number}", PASSWORD, address=f"198.51.100.{number}", at=MONDAY_9AM)
        record_failure("ma_clerks", PASSWORD, address=f"198.51.101.{number}", at=MONDAY_9AM)

    assert len(rows()) == 52
    assert {count for name, address, count in rows() if not address} == {375}
    assert sum(count for _name, _address, count in rows()) == 800
    later = record_failure("root1", PASSWORD, address="198.51.100.1", at=MONDAY_9AM + timedelta(hours=1))
    assert (later.name, later.address) == ("root1", "198.51.100.1")


@pytest.mark.parametrize("name", ["x" * 5000, "\x00root", "'; drop table", "𠮷"])
def test_any_name_is_counted(db: None, name: str) -> None:
    record_failure(name, PASSWORD, address="2001:db8::" + "f" * 90, at=MONDAY_9AM)

    assert FailedSignIn.objects.get().count == 1


def test_real_sign_ins_that_fail_are_counted_and_write_nothing_else(qing: QingCounty, client: Client) -> None:
    for number in range(12):
        name = "ma_clerks" if number % 2 else "nobody_here"
        client.post(reverse("account_login"), {"login": name, "password": "wrong"}, REMOTE_ADDR="10.1.2.3")

    counted = {name: (address, count) for name, address, count in rows()}
    assert counted == {"ma_clerks": ("10.1.2.3", 6), "nobody_here": ("10.1.2.3", 6)}
    assert StaffLog.objects.count() == 0
