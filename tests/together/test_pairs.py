"""Some random meetings; `./run bench pairs --pairs 10000 --seed 1` does ten thousand."""

import json

import pytest

from bench import pairs
from fengqiao.cases.workflow import MAY_BE_TAKEN_BACK, STEPS
from fengqiao.followups import FOLLOW_UPS
from tests.together.deeds import ON_A_CASE

PAIRS, SEED = 80, 20
MUST_NOT_BE = ("deadlocks", "lock_timeouts", "unexpected", "broken")


def test_every_step_of_the_table_is_drawn() -> None:
    assert set(ON_A_CASE) == set(STEPS) - {"open"}


def test_the_worker_takes_no_step_while_it_holds_what_a_note_owes() -> None:
    """Who takes a note back waits for that row with the case in hand: the worker must not wait for the case then."""
    assert not MAY_BE_TAKEN_BACK & set(FOLLOW_UPS)


@pytest.mark.django_db(transaction=True)
def test_whatever_two_do_at_once_all_stays_whole(capsys: pytest.CaptureFixture[str]) -> None:
    pairs.main(["--pairs", str(PAIRS), "--seed", str(SEED)])

    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert {kind: told[kind] for kind in MUST_NOT_BE} == dict.fromkeys(MUST_NOT_BE, 0), printed.err
    assert told["both_won"] and told["one_refused"]
    assert told["both_won"] + told["one_refused"] + told["both_refused"] == PAIRS
