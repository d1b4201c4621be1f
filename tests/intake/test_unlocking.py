from datetime import timedelta

import pytest

from fengqiao.intake.transitions import unlocking
from fengqiao.intake.transitions.receiving import Receipt
from fengqiao.intake.transitions.unlocking import WrongSecret
from fengqiao.kit.verdict import Refused
from tests import acts
from tests.cast import MONDAY_9AM, QingCounty


@pytest.fixture
def receipt(qing: QingCounty) -> Receipt:
    """The leak, with the secret its bearer holds."""
    return acts.receive(qing)


def wrong(receipt: Receipt) -> str:
    """Make a secret that does not fit."""
    return "111111" if receipt.secret != "111111" else "222222"


def test_the_secret_proves_the_resident(receipt: Receipt) -> None:
    assert unlocking.unlock(receipt.report, receipt.secret, at=MONDAY_9AM).report == receipt.report.pk


def test_a_wrong_secret_tells_how_many_tries_are_left(receipt: Receipt) -> None:
    with pytest.raises(WrongSecret, match="4"):
        unlocking.unlock(receipt.report, wrong(receipt), at=MONDAY_9AM)


def test_five_wrong_tries_bring_a_pause_that_even_the_right_secret_waits_out(receipt: Receipt) -> None:
    for _ in range(5):
        with pytest.raises(WrongSecret):
            unlocking.unlock(receipt.report, wrong(receipt), at=MONDAY_9AM)

    with pytest.raises(WrongSecret, match="quarter"):
        unlocking.unlock(receipt.report, receipt.secret, at=MONDAY_9AM + timedelta(minutes=14))
    assert unlocking.unlock(receipt.report, receipt.secret, at=MONDAY_9AM + timedelta(minutes=15))


def test_the_right_secret_wipes_the_slate(receipt: Receipt) -> None:
    for _ in range(2):
        for _ in range(4):
            with pytest.raises(WrongSecret):
                unlocking.unlock(receipt.report, wrong(receipt), at=MONDAY_9AM)
        unlocking.unlock(receipt.report, receipt.secret, at=MONDAY_9AM)


def test_the_secret_of_one_report_does_not_open_another(qing: QingCounty, receipt: Receipt) -> None:
    other = acts.receive(qing).report
    other.secret_digest = receipt.report.secret_digest
    other.save()

    with pytest.raises(WrongSecret):
        unlocking.unlock(other, receipt.secret, at=MONDAY_9AM)


def test_a_clerk_gives_a_new_secret_and_the_old_one_is_void(qing: QingCounty, receipt: Receipt) -> None:
    new = unlocking.reissue_secret(receipt.report, by=qing.ma_clerks, at=MONDAY_9AM)

    assert unlocking.unlock(receipt.report, new, at=MONDAY_9AM)
    if new != receipt.secret:
        with pytest.raises(WrongSecret):
            unlocking.unlock(receipt.report, receipt.secret, at=MONDAY_9AM)


def test_nobody_but_a_clerk_gives_a_new_secret(qing: QingCounty, receipt: Receipt) -> None:
    with pytest.raises(Refused):
        unlocking.reissue_secret(receipt.report, by=qing.liu_handles_water, at=MONDAY_9AM)
