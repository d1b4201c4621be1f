"""Which words an area says so often that they are walked for: a guess from its newest reports."""

from datetime import datetime, timedelta
from time import monotonic

import pytest

from fengqiao.intake import common
from fengqiao.intake.models import Report
from fengqiao.kit import remembered
from fengqiao.places.models import Region
from tests import acts
from tests.architecture.test_restricted_doors import ASKED, MATTERS
from tests.cast import MONDAY_9AM, QingCounty

HALF = 0.5


@pytest.fixture(autouse=True)
def _few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "LOOKED_AT", 4)


def tell(qing: QingCounty, *said: str, at: datetime = MONDAY_9AM) -> None:
    """Receive reports about Willow Village, one a minute."""
    for number, text in enumerate(said):
        acts.receive(qing, text=text, at=at + timedelta(minutes=number))


def test_a_word_is_common_where_that_many_of_the_newest_texts_hold_it(qing: QingCounty) -> None:
    tell(qing, "停水三天", "路灯不亮", "停水一周", "昨夜停水", "水管爆了", "又停水了")

    assert common.are_common("停水", [qing.root], 0.75)
    assert not common.are_common("停水", [qing.root], 1)
    assert common.are_common("又停 水了", [qing.root], 0.25)
    assert not common.are_common("停水 路灯", [qing.root], 0.25)  # the lamps are not among the newest
    assert common.are_common("停水", [qing.root, None], HALF)


def test_nothing_is_common_where_little_was_said_or_no_area_is_known(qing: QingCounty) -> None:
    tell(qing, "停水三天", "停水一周", "昨夜停水")

    assert not common.are_common("停水", [qing.root], HALF)
    assert not common.are_common("停水", [None], HALF)
    assert not common.are_common("停水", [], HALF)


def test_every_area_that_is_asked_must_say_it(qing: QingCounty) -> None:
    tell(qing, "停水三天", "停水一周", "昨夜停水", "停水了")

    assert common.are_common("停水", [qing.root, qing.east], HALF)
    assert not common.are_common("停水", [qing.east, qing.west], HALF)


def since(typed: str, areas: list[Region | None], most: int, **more: int) -> datetime | None:
    """Guess, where an area is known, and give the moment."""
    guess = common.guess(typed, areas, most, **more)
    assert guess is not None
    return guess.since


def test_it_is_guessed_since_when_so_many_texts_hold_a_word(qing: QingCounty) -> None:
    tell(qing, "停水三天", "停水一周", "昨夜停水", "路灯不亮", "停水了")  # the newest four within three minutes
    last = MONDAY_9AM + timedelta(minutes=4)

    often = common.guess("停水", [qing.root, qing.east, None], 3)

    assert often is not None
    assert often.is_walked
    assert often.since == last - timedelta(minutes=3 * 2)
    assert since("路灯", [qing.root], 3) == last - timedelta(minutes=3 * 2 * 3)
    assert since("煤气", [qing.root], 3) is None
    assert since("煤气", [qing.root], 3, at_least=1) == since("路灯", [qing.root], 3)
    assert since("停水", [qing.root, qing.west], 3) is None
    assert common.guess("停水", [None], 3) is None


def test_a_guess_is_bettered_by_what_was_found_since_then(qing: QingCounty) -> None:
    tell(qing, "很早的事", at=MONDAY_9AM - timedelta(days=30))
    tell(qing, "停水三天", "停水一周", "昨夜停水", "停水了")
    guess = common.guess("停水", [qing.root], 8)

    assert guess is not None
    assert guess.since == MONDAY_9AM + timedelta(minutes=3 - 3 * 2 * 2)
    assert guess.again(4, 8).since == MONDAY_9AM + timedelta(minutes=3 - 3 * 2 * 2 * 2 * 2)
    assert guess.again(1, 8) == common.Guess()


def test_no_guess_looks_back_over_too_many_texts_or_a_hundred_years(
    qing: QingCounty, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(qing, "停水三天", "停水一周", "路灯不亮", "路灯又不亮")
    Report.objects.filter(text__contains="停水").update(received_at=MONDAY_9AM - timedelta(days=9000))

    assert since("停水", [qing.root], 5) == MONDAY_9AM + timedelta(minutes=3) - common.LONGEST
    monkeypatch.setattr(common, "WIDEST", 19)
    assert since("停水", [qing.root], 5) is None


def test_no_guess_is_made_where_all_texts_with_the_word_are_found_as_soon(qing: QingCounty) -> None:
    tell(qing, "停水三天", "停水一周", "昨夜停水", "停水了")
    assert since("停水", [qing.root], 8) is not None  # sixteen of an index against sixteen texts
    assert since("停水", [qing.root], 80) is None  # a hundred and sixty against four

    common.forget()
    tell(qing, "早先的事", at=MONDAY_9AM - timedelta(days=30))

    assert since("停水", [qing.root], 80) is not None


def test_what_is_remembered_is_read_again_after_a_while(qing: QingCounty, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(qing, "停水三天", "停水一周", "昨夜停水", "停水了")
    assert common.are_common("停水", [qing.root], HALF)
    tell(qing, *["路灯不亮"] * 4, at=MONDAY_9AM + acts.HOUR)
    assert common.are_common("停水", [qing.root], HALF)

    later = monotonic() + common.TEN_MINUTES
    monkeypatch.setattr(remembered, "monotonic", lambda: later)

    assert not common.are_common("停水", [qing.root], HALF)


@pytest.mark.parametrize("kind", MATTERS)
def test_a_matter_that_few_may_see_makes_nothing_common(qing: QingCounty, kind: str) -> None:
    tell(qing, *["路灯不亮"] * 4)
    MATTERS[kind](qing, MONDAY_9AM + acts.HOUR)

    assert not common.are_common(ASKED, [qing.root], 0.25)
