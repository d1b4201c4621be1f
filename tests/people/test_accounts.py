"""Accounts are made, closed and opened by the security administrator alone, and each act leaves a line."""

from datetime import timedelta

import pytest

from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Role, StaffLog, User
from fengqiao.people.transitions import accounts
from tests.cast import MONDAY_9AM, QING, QingCounty, hold, user

Act = StaffLog.Act


def lines(about: User) -> list[tuple[str, User | None]]:
    return [(line.act, line.by) for line in StaffLog.objects.filter(about=about).order_by("at", "pk")]


def test_a_new_account_has_a_one_time_password_and_no_post(qing: QingCounty) -> None:
    made = accounts.make_account(name="新来", username="xin.lai", by=qing.feng_secures, at=MONDAY_9AM)

    assert made.user.check_password(made.password)
    assert made.user.must_change_password
    assert (made.user.county, made.user.posts.count()) == (QING, 0)
    assert lines(made.user) == [(Act.MADE_ACCOUNT, qing.feng_secures)]


def test_a_name_is_taken_whatever_its_letters(qing: QingCounty) -> None:
    with pytest.raises(Refused):
        accounts.make_account(name="马二", username="MA_clerks", by=qing.feng_secures, at=MONDAY_9AM)


@pytest.mark.parametrize("who", ["shi_runs_the_system", "bai_audits", "wu_supervises", "deng_is_a_stranger"])
def test_nobody_else_makes_or_changes_accounts(qing: QingCounty, who: str) -> None:
    by = getattr(qing, who)
    for act in (accounts.reset_password, accounts.deactivate, accounts.reactivate):
        with pytest.raises(Refused, match="安全管理员"):
            act(qing.ma_clerks, by=by, at=MONDAY_9AM)
    with pytest.raises(Refused, match="安全管理员"):
        accounts.make_account(name="新来", username="xin.lai", by=by, at=MONDAY_9AM)

    assert not StaffLog.objects.exists()


def test_a_post_that_has_ended_gives_no_right(qing: QingCounty) -> None:
    qing.feng_secures.posts.update(ends_on=MONDAY_9AM.date())

    with pytest.raises(Refused):
        accounts.reset_password(qing.ma_clerks, by=qing.feng_secures, at=MONDAY_9AM)


def test_nobody_changes_their_own_account(qing: QingCounty) -> None:
    for act in (accounts.reset_password, accounts.deactivate):
        with pytest.raises(Refused):
            act(qing.feng_secures, by=qing.feng_secures, at=MONDAY_9AM)


def test_another_countys_account_is_out_of_reach(qing: QingCounty) -> None:
    User.objects.filter(pk=qing.ma_clerks.pk).update(county="629902")

    with pytest.raises(Refused):
        accounts.reset_password(qing.ma_clerks, by=qing.feng_secures, at=MONDAY_9AM)


def test_a_one_time_password_replaces_the_old_one_until_they_choose(qing: QingCounty) -> None:
    told = accounts.reset_password(qing.ma_clerks, by=qing.feng_secures, at=MONDAY_9AM)
    ma = User.objects.get(pk=qing.ma_clerks.pk)
    assert ma.check_password(told) and ma.must_change_password

    accounts.choose_password(ma, "a stony mountain road", at=MONDAY_9AM + timedelta(minutes=1))

    assert ma.check_password("a stony mountain road") and not ma.must_change_password
    assert lines(ma) == [(Act.RESET_PASSWORD, qing.feng_secures), (Act.CHOSE_PASSWORD, ma)]
    assert told not in str(list(StaffLog.objects.values()))


def test_one_time_passwords_are_long_and_never_alike() -> None:
    drawn = {accounts.draw_password() for _ in range(200)}

    assert len(drawn) == 200
    assert {len(one) for one in drawn} == {19}
    assert not set("".join(drawn)) & set("01ilo")


def test_closing_keeps_the_posts_and_opening_brings_them_back(qing: QingCounty) -> None:
    accounts.deactivate(qing.ma_clerks, by=qing.feng_secures, at=MONDAY_9AM)
    closed = User.objects.get(pk=qing.ma_clerks.pk)
    assert (closed.is_active, closed.posts.count()) == (False, 1)
    with pytest.raises(Refused):
        accounts.deactivate(closed, by=qing.feng_secures, at=MONDAY_9AM)

    accounts.reactivate(closed, by=qing.feng_secures, at=MONDAY_9AM + timedelta(minutes=1))

    assert lines(closed) == [(Act.DEACTIVATED, qing.feng_secures), (Act.REACTIVATED, qing.feng_secures)]
    with pytest.raises(Refused):
        accounts.reactivate(closed, by=qing.feng_secures, at=MONDAY_9AM)


def test_the_only_auditor_cannot_be_closed_out(qing: QingCounty) -> None:
    with pytest.raises(Refused, match="审计管理员"):
        accounts.deactivate(qing.bai_audits, by=qing.feng_secures, at=MONDAY_9AM)

    hold(user("second", "鉴二"), Role.AUDIT_ADMIN, qing.root, qing.centre)
    accounts.deactivate(qing.bai_audits, by=qing.feng_secures, at=MONDAY_9AM)
